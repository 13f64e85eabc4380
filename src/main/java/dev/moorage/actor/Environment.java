package dev.moorage.actor;

import dev.moorage.action.Compatibility;
import dev.moorage.action.Conditions;
import dev.moorage.action.Durations;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Story;
import dev.moorage.view.World;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all entities share.
 *
 * @param deleteAutoSnapshot what a new disk has
 * @param idle real time without a message after which an entity leaves memory, or up to a quarter later
 * @param obstacle why nothing can be written now, if that is so
 */
public record Environment(
        World world,
        SimulatedClock clock,
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
    Conditions conditions(EntityId about) {
        return conditions(new Story("", "moorage", "Due", clock.instant()), about);
    }

    /** The conditions for what {@code story} asks of {@code about}, now. */
    Conditions conditions(Story story, EntityId about) {
        var controls = world.controls();
        var stamp = story.stamp();
        // A call can have been on its way for longer than the rule, or the incident, whose mark it bears.
        boolean isOver = stamp != null
                && (stamp.incident().isEmpty()
                        ? controls.rule(stamp.rule()).isEmpty()
                        : controls.incident(stamp.incident()).isEmpty());
        return new Conditions(
                (isOver ? story.stamped(null) : story).at(clock.instant()),
                durations.with(controls.progressions()),
                compatibility,
                deleteAutoSnapshot,
                about.value());
    }
}
