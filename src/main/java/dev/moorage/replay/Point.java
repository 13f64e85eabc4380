package dev.moorage.replay;

import dev.moorage.domain.Story;
import dev.moorage.journal.Recorded;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A moment of a journal, named by an offset, by a simulated time or by a request: the state after that event, after the
 * last event up to that time, or after the last event of that request.
 */
record Point(String text) {
    private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");
    // Or how one begins, as lines for people show it: eight digits and a hyphen are neither an offset nor a date.
    private static final Pattern REQUEST = Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{0,27}");
    private static final int FULL = 36;
    private static final int SHORT = 13;
    private static final String TIME = "in UTC (2026-11-23T14:34:12Z, or 14:34:12 for the journal's last day)";
    private static final String EXPECTED = "a point is an offset (1234), a time " + TIME + " or a RequestId";

    /**
     * The offset of the last event that belongs to this point, or -1 if all events come later.
     *
     * @throws BadInput if the text names no point, or no event of the request is there
     */
    long offsetIn(History history) {
        if (OFFSET.matcher(text).matches()) return Long.parseLong(text);
        if (REQUEST.matcher(text).matches()) return requestIn(history);
        return lastUpTo(time(history, EXPECTED), history);
    }

    /**
     * The same for a text that can only be a time.
     *
     * @throws BadInput if it is none
     */
    long offsetOfTimeIn(History history) {
        return lastUpTo(timeIn(history), history);
    }

    private static long lastUpTo(Instant time, History history) {
        return last(history, recorded -> !recorded.event().story().at().isAfter(time));
    }

    /**
     * The simulated time that it names; empty if it names an event.
     *
     * @throws BadInput if the text names no point
     */
    Optional<Instant> momentIn(History history) {
        boolean isEvent =
                OFFSET.matcher(text).matches() || REQUEST.matcher(text).matches();
        return isEvent ? Optional.empty() : Optional.of(time(history, EXPECTED));
    }

    /**
     * The offset of the last event that belongs to this point.
     *
     * @throws BadInput if the text names no point, or nothing had happened up to there
     */
    long reachedIn(History history) {
        long offset = offsetIn(history);
        if (offset < 0) throw new BadInput("All events in " + history.description() + " come after " + text);
        return offset;
    }

    /**
     * The offset of the first event that belongs to this point or, at a time, comes later; {@link Long#MAX_VALUE} if
     * none does.
     *
     * @throws BadInput if the text names no point, or no event of the request is there
     */
    long firstIn(History history) {
        if (OFFSET.matcher(text).matches()) return Long.parseLong(text);
        if (REQUEST.matcher(text).matches()) {
            requestIn(history);
            return first(history, recorded -> isOf(recorded.event().story()));
        }
        var time = time(history, EXPECTED);
        return first(history, recorded -> !recorded.event().story().at().isBefore(time));
    }

    /** Names the request of this story, or begins like it. */
    boolean isOf(Story story) {
        return story.requestId().regionMatches(true, 0, text, 0, text.length());
    }

    /** For people: how a RequestId begins, which is enough to find it again. Other names of requests stay as they are. */
    static String shortened(String requestId) {
        return requestId.length() == FULL && REQUEST.matcher(requestId).matches()
                ? requestId.substring(0, SHORT)
                : requestId;
    }

    /**
     * The offset of the last event of the request that this text names, or begins like.
     *
     * @throws BadInput if there is none, or more than one such request
     */
    long requestIn(History history) {
        var requests = new TreeSet<String>();
        long offset = last(history, recorded -> {
            var story = recorded.event().story();
            if (!isOf(story)) return false;
            if (requests.size() < 2) requests.add(story.requestId().toUpperCase(Locale.ROOT));
            return true;
        });
        if (offset < 0) throw new BadInput("No event in " + history.description() + " belongs to the request " + text);
        if (requests.size() > 1) {
            throw new BadInput("More than one request begins with " + text + ": " + String.join(", ", requests));
        }
        return offset;
    }

    /**
     * The simulated time that this text names.
     *
     * @throws BadInput if it is none
     */
    Instant timeIn(History history) {
        return time(history, "a time is " + TIME);
    }

    private Instant time(History history, String expected) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException noDate) {
            try {
                return LocalTime.parse(text).atDate(lastDay(history)).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException noTime) {
                throw new BadInput(expected + ", not " + text);
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

    private static long first(History history, Predicate<Recorded> wanted) {
        long[] first = {Long.MAX_VALUE};
        history.readWhile(0, Long.MAX_VALUE, recorded -> {
            if (wanted.test(recorded)) first[0] = recorded.offset();
            return first[0] == Long.MAX_VALUE;
        });
        return first[0];
    }

    private static long last(History history, Predicate<Recorded> wanted) {
        long[] last = {-1};
        history.read(0, Long.MAX_VALUE, (recorded, bytes) -> {
            if (wanted.test(recorded)) last[0] = recorded.offset();
        });
        return last[0];
    }
}
