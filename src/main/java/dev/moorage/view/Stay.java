package dev.moorage.view;

import dev.moorage.domain.Event;
import dev.moorage.domain.EventName;
import dev.moorage.domain.Story;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that something spends in one status.
 *
 * @param status as callers see it
 * @param offset of the event that began it
 * @param event the name of that event
 * @param origin the story of the first fact of the call that led there: its cause is the action
 */
public record Stay(String status, Instant since, long offset, String event, Story origin) {
    /** The status of what is as if it had never been. */
    static final String NOT_THERE = "NotThere";

    static Stay begun(@Nullable Stay before, long offset, Event event, String status) {
        var story = event.story();
        var origin = before != null && before.leadsTo(story) ? before.origin : story;
        return new Stay(status, story.at(), offset, EventName.of(event), origin);
    }

    private boolean leadsTo(Story next) {
        return next.requestId().equals(origin.requestId()) && next.cause().equals(event);
    }

    public Duration lasting(Instant until) {
        return Duration.between(since, until);
    }
}
