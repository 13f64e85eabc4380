package dev.moorage.replay;

import dev.moorage.journal.Recorded;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A moment of a journal, named by an offset, by a simulated time or by a request: the state after that event, after the
 * last event up to that time, or after the last event of that request.
 */
record Point(String text) {
    private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");
    private static final Pattern REQUEST = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final String EXPECTED =
            "a point is an offset (1234), a time in UTC (2026-11-23T14:34:12Z, or 14:34:12 for the journal's last day)"
                    + " or a RequestId";

    /**
     * The offset of the last event that belongs to this point, or -1 if all events come later.
     *
     * @throws BadInput if the text names no point, or no event of the request is there
     */
    long offsetIn(History history) {
        if (OFFSET.matcher(text).matches()) return Long.parseLong(text);
        if (REQUEST.matcher(text).matches()) return ofRequest(history);
        var time = time(history);
        return last(history, recorded -> !recorded.event().story().at().isAfter(time));
    }

    /**
     * The simulated time that it names; empty if it names an event.
     *
     * @throws BadInput if the text names no point
     */
    Optional<Instant> timeIn(History history) {
        boolean isEvent =
                OFFSET.matcher(text).matches() || REQUEST.matcher(text).matches();
        return isEvent ? Optional.empty() : Optional.of(time(history));
    }

    private long ofRequest(History history) {
        long offset =
                last(history, recorded -> recorded.event().story().requestId().equalsIgnoreCase(text));
        if (offset < 0) throw new BadInput("No event in " + history.description() + " belongs to the request " + text);
        return offset;
    }

    private Instant time(History history) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException noDate) {
            try {
                return LocalTime.parse(text).atDate(lastDay(history)).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException noTime) {
                throw new BadInput(EXPECTED + ", not " + text);
            }
        }
    }

    private static LocalDate lastDay(History history) {
        var last = new Instant[] {Instant.EPOCH};
        history.read(0, Long.MAX_VALUE, (recorded, bytes) -> {
            var at = recorded.event().story().at();
            if (at.isAfter(last[0])) last[0] = at;
        });
        return LocalDate.ofInstant(last[0], ZoneOffset.UTC);
    }

    private static long last(History history, Predicate<Recorded> wanted) {
        long[] last = {-1};
        history.read(0, Long.MAX_VALUE, (recorded, bytes) -> {
            if (wanted.test(recorded)) last[0] = recorded.offset();
        });
        return last[0];
    }
}
