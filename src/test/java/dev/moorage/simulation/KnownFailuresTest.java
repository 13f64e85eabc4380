package dev.moorage.simulation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.moorage.SimulatedClouds;
import dev.moorage.simulation.Deed.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a search once found, as short as it got. */
class KnownFailuresTest {
    private static final int FAILS_LATE = 2;

    @Test
    void aDiskWhoseDetachFailsAfterItsInstanceIsReleasedIsLetGo() {
        keeps(
                new Deed(seconds(1), Kind.RULE, 0, 0, FAILS_LATE),
                new Deed(seconds(2), Kind.DETACH, 0, 0, 1),
                new Deed(seconds(3), Kind.RELEASE, 0, 0, 0));
    }

    private static void keeps(Deed... deeds) {
        var script = new Script(1, List.of(deeds), List.of());
        var trial = new Trial(SimulatedClouds.small(), script);
        assertDoesNotThrow(trial::run, () -> String.join("\n", trial.told()));
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
