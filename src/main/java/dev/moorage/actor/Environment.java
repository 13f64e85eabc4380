package dev.moorage.actor;

import dev.moorage.action.Compatibility;
import dev.moorage.action.Conditions;
import dev.moorage.action.Durations;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Story;
import dev.moorage.view.World;
import java.time.Duration;

/**
 * What all entities share.
 *
 * @param deleteAutoSnapshot what a new disk has
 * @param idle real time without a message after which an entity leaves memory
 */
public record Environment(
        World world,
        SimulatedClock clock,
        Durations durations,
        Compatibility compatibility,
        boolean deleteAutoSnapshot,
        Duration idle) {

    /** The conditions for what ends by itself, now: each ending has a story of its own. */
    Conditions conditions(EntityId about) {
        return conditions(new Story("", "moorage", "Due", clock.instant()), about);
    }

    /** The conditions for what {@code story} asks of {@code about}, now. */
    Conditions conditions(Story story, EntityId about) {
        return new Conditions(
                story.at(clock.instant()),
                durations.with(world.controls().progressions()),
                compatibility,
                deleteAutoSnapshot,
                about.value());
    }
}
