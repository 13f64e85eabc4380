package dev.moorage.simulation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.moorage.action.Compatibility;
import dev.moorage.action.Durations;
import dev.moorage.domain.Throttling;
import dev.moorage.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is simulated: a server's settings, and what there is to begin with.
 *
 * @param actors what the actor system is configured with, all of it in virtual time
 * @param births the fleet's first events, whole instances at a time
 */
public record Cloud(
        Config actors,
        Durations durations,
        Compatibility compatibility,
        boolean deleteAutoSnapshot,
        Duration idle,
        Throttling throttling,
        List<List<Journal.Fact>> births) {
    /** When every simulation begins: today would be another journal tomorrow. */
    public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    /** The same, with a chance of its own for all that takes a while and for all that a rule is for a share of. */
    Cloud drawing(long seed) {
        return new Cloud(
                actors,
                new Durations(durations.byAction(), seed),
                compatibility,
                deleteAutoSnapshot,
                idle,
                throttling,
                births);
    }

    /**
     * A server's whole configuration, with all that would take real time or threads in virtual time instead.
     *
     * @param throughput how many messages somebody may take in a turn: with one, any two actors can take turns
     */
    public static Config inVirtualTime(Config server, int throughput) {
        return ConfigFactory.parseMap(Map.of("moorage.virtual.throughput", throughput))
                .withFallback(ConfigFactory.parseResources("simulation.conf"))
                .withFallback(server)
                .resolve();
    }
}
