package dev.moorage.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How times are said to people. */
public final class Times {
    private static final DateTimeFormatter ALIGNED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /** As exact as is of use at that length: {@code 250 ms}, {@code 60.0 s}, {@code 4 min 12 s}, {@code 3 h 4 min}. */
    public static String duration(Duration duration) {
        if (duration.isNegative()) return "-" + duration(duration.negated());
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) return duration.toMillis() + " ms";
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
        }
        if (duration.compareTo(Duration.ofHours(2)) < 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        if (duration.compareTo(Duration.ofDays(2)) < 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }

    /** With its date, in UTC, to the millisecond. */
    public static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** The same for tables: always as long. */
    public static String aligned(Instant at) {
        return ALIGNED.format(at);
    }

    /** In UTC, to the millisecond. */
    public static String timeOfDay(Instant at) {
        return TIME_OF_DAY.format(at);
    }
}
