package dev.moorage.action;

import dev.moorage.domain.Story;
import java.time.Instant;

/**
 * Under which a rule decides: whose call it is, what time it is, and how long things take.
 *
 * @param deleteAutoSnapshot what a new disk has
 */
public record Conditions(Story story, Durations durations, Compatibility compatibility, boolean deleteAutoSnapshot) {
    public Instant now() {
        return story.at();
    }

    /** When an action that begins now will end. */
    public Instant due(String action) {
        return now().plus(durations.of(action));
    }

    public boolean isCurrent() {
        return compatibility == Compatibility.CURRENT;
    }
}
