package dev.moorage.action;

import dev.moorage.domain.Progression;
import dev.moorage.domain.Story;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Under which a rule decides: whose call it is, what time it is, and how long things take.
 *
 * @param deleteAutoSnapshot what a new disk has
 * @param about the id of what the rule decides for: chance tells it from others
 */
public record Conditions(
        Story story, Durations durations, Compatibility compatibility, boolean deleteAutoSnapshot, String about) {
    /** Where nothing is left to chance. */
    public Conditions(Story story, Durations durations, Compatibility compatibility, boolean deleteAutoSnapshot) {
        this(story, durations, compatibility, deleteAutoSnapshot, "");
    }

    public Instant now() {
        return story.at();
    }

    /** When an action that begins now will end; null if it does not end by itself. */
    public @Nullable Instant due(String action) {
        return durations.due(progression(action), action, about, now()).orElse(null);
    }

    private Progression progression(String action) {
        var stamp = story.stamp();
        return stamp == null || stamp.progression().isEmpty() || isAfterTheCall()
                ? durations.of(action)
                : Progression.parse(stamp.progression());
    }

    /** What follows from a call later takes its usual time: events have a dot in their names, actions have none. */
    private boolean isAfterTheCall() {
        return story.cause().indexOf('.') >= 0;
    }

    public boolean isCurrent() {
        return compatibility == Compatibility.CURRENT;
    }
}
