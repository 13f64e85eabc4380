package dev.moorage.fault;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many calls were made in a calendar minute of simulated time.
 *
 * @param limit as of the last call
 * @param passes whether the last call was one of those that are let through
 */
public record Window(Instant minute, long limit, long used, long refused, boolean passes) {
    /**
     * With one more call. Whoever read the clock before the minute turned, and comes after it did, is counted in the new
     * one.
     *
     * @param before null if there was no call yet
     */
    public static Window counting(@Nullable Window before, long limit, Instant now) {
        var minute = minuteOf(now);
        var last = before == null || minute.isAfter(before.minute) ? new Window(minute, limit, 0, 0, true) : before;
        return last.used < limit
                ? new Window(last.minute, limit, last.used + 1, last.refused, true)
                : new Window(last.minute, limit, last.used, last.refused + 1, false);
    }

    private static Instant minuteOf(Instant now) {
        return now.truncatedTo(ChronoUnit.MINUTES);
    }

    /** It is the one that goes on. */
    public boolean isOf(Instant now) {
        return minute.equals(minuteOf(now));
    }

    /** The last call was the first that was refused. */
    public boolean isJustClosed() {
        return !passes && refused == 1;
    }

    public Instant until() {
        return minute.plus(1, ChronoUnit.MINUTES);
    }
}
