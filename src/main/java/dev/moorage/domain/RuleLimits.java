package dev.moorage.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often and how long a rule is in force.
 *
 * @param share of the calls that it is for, 0 to 1
 * @param count so many calls, and then no more; 0 for any number
 * @param from simulated time; null for from the beginning
 * @param until simulated time; null for until it is taken away
 * @param perMinute so many calls of an action each account can make in a region in a calendar minute: the rule is for
 *     those beyond, and for none of the others; null for all
 */
public record RuleLimits(
        double share,
        long count,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Long perMinute) {

    public static final RuleLimits NONE = new RuleLimits(1, 0, null, null, null);

    public boolean isOver(Instant now) {
        return until != null && !now.isBefore(until);
    }

    public boolean isIn(Instant now) {
        return !isOver(now) && (from == null || !now.isBefore(from));
    }
}
