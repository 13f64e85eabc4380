package dev.moorage.action;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as callers read them: UTC, disks to the second, instances to the minute; what did not happen is empty. */
final class Timestamps {
    private static final int SECONDS_LENGTH = ":05Z".length();
    private static final DateTimeFormatter EITHER = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss]'Z'")
            .withZone(ZoneOffset.UTC)
            .withResolverStyle(ResolverStyle.STRICT);
    static final String NEVER_EXPIRES = "2999-09-08T16:00Z";

    private Timestamps() {}

    static String seconds(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A time as callers write it, to the second or to the minute; nothing if it is none. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(EITHER.parse(text, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static String minutes(@Nullable Instant time) {
        if (time == null) return "";
        String text = seconds(time);
        return text.substring(0, text.length() - SECONDS_LENGTH) + 'Z';
    }
}
