package dev.moorage.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.moorage.SimulatedClouds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShrinkingTest {
    private static final Script SCRIPT = Script.of(7);

    @Test
    void leavesOutAllThatIsNotNeeded() {
        var needed =
                List.of(SCRIPT.deeds().get(2), SCRIPT.deeds().get(SCRIPT.deeds().size() - 1));
        var shrunk = Shrinking.of(
                SCRIPT,
                failed(Promise.SLOTS),
                script -> script.deeds().containsAll(needed) ? Optional.of(failed(Promise.SLOTS)) : Optional.empty());
        assertEquals(needed, shrunk.script().deeds());
        assertEquals(List.of(), shrunk.script().crashes());
    }

    @Test
    void doesNotTakeOnePromiseForAnother() {
        var shrunk = Shrinking.of(
                SCRIPT,
                failed(Promise.SLOTS),
                script -> Optional.of(failed(script.deeds().size() < 5 ? Promise.TIME : Promise.SLOTS)));
        assertEquals(5, shrunk.script().deeds().size());
        assertEquals("SLOTS", shrunk.failed().kind());
    }

    private static Shrinking.Failed failed(Promise promise) {
        var cloud = SimulatedClouds.small();
        return new Shrinking.Failed(new Broken(promise, null, ""), new Trial(cloud, SCRIPT));
    }
}
