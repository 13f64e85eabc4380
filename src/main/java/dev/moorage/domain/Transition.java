package dev.moorage.domain;

import java.time.Instant;

/**
 * A change under way.
 *
 * @param due simulated time at which it ends
 * @param begun the story of the event that began it
 * @param beganBy the name of that event
 */
public record Transition(Instant due, Story begun, String beganBy) {
    public boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    /** The story of the event that ends it. */
    public Story ending(Instant now) {
        return begun.causedBy(beganBy, now);
    }
}
