package dev.moorage.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change under way.
 *
 * @param due simulated time at which it ends; null if it waits for a hand
 * @param begun the story of the event that began it
 * @param beganBy the name of that event
 */
public record Transition(@Nullable Instant due, Story begun, String beganBy) {
    public boolean isDue(Instant now) {
        return due != null && !now.isBefore(due);
    }

    /** The story of the event that ends it. */
    public Story ending(Instant now) {
        return begun.causedBy(beganBy, now);
    }

    /** What falls back instead of ending. */
    public boolean failsLate() {
        return begun.stamp() != null && begun.stamp().failsLate();
    }

    /** It ends so much later. */
    Transition later(Duration by) {
        return new Transition(due == null ? null : due.plus(by), begun, beganBy);
    }

    /** It is to end then, if it is one that is meant. */
    Transition rescheduled(@Nullable Instant then, @Nullable String incident) {
        return incident == null || begun.isOf(incident) ? new Transition(then, begun, beganBy) : this;
    }
}
