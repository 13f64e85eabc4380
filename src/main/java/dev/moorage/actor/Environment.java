package dev.moorage.actor;

import dev.moorage.action.Compatibility;
import dev.moorage.action.Conditions;
import dev.moorage.action.Durations;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Story;
import dev.moorage.view.World;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all entities share.
 *
 * @param clock simulated time
 * @param deleteAutoSnapshot what a new disk has
 * @param idle real time without a message after which an entity leaves memory
 * @param obstacle why nothing can be written now, if that is so
 */
public record Environment(
        World world,
        Clock clock,
        Durations durations,
        Compatibility compatibility,
        boolean deleteAutoSnapshot,
        Duration idle,
        Supplier<Optional<Rejection>> obstacle) {

    /** What one hears whose events were not written: whoever asked before does not know of an obstacle that is new. */
    Rejection notWritten() {
        return obstacle.get().orElseGet(() -> Rejection.of(ErrorCode.INTERNAL_ERROR));
    }

    /** The conditions for what ends by itself, now: each ending has a story of its own. */
    Conditions conditions() {
        return conditions(new Story("", "moorage", "Due", clock.instant()));
    }

    /** The conditions for what {@code story} asks, now. */
    Conditions conditions(Story story) {
        return new Conditions(story.at(clock.instant()), durations, compatibility, deleteAutoSnapshot);
    }
}
