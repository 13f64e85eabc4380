package dev.moorage.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime(Cloud.BEGINNING, null);
    private final List<String> done = new ArrayList<>();

    @Test
    void runsWhatCameFirstFirst() {
        for (int i = 0; i < 3_000; i++) note(String.valueOf(i));
        time.runReady();
        assertEquals(3_000, done.size());
        assertEquals(
                done.stream().sorted(Comparator.comparing(Integer::valueOf)).toList(), done);
        assertEquals(0, time.nanos());
    }

    @Test
    void jumpsToTheNextDeadlineOnceNothingCanRun() {
        time.schedule(2_000, () -> done.add("later"));
        time.schedule(1_000, () -> note("soon, at " + time.nanos()));
        note("now");
        time.runUntil(Long.MAX_VALUE);
        assertEquals(List.of("now", "soon, at 1000", "later"), done);
        assertEquals(Cloud.BEGINNING.plusNanos(2_000), time.now());
    }

    @Test
    void stopsAtAnyTime() {
        time.schedule(1_000, () -> done.add("a"));
        time.schedule(1_001, () -> done.add("b"));
        time.runUntil(1_000);
        assertEquals(List.of("a"), done);
        time.runUntil(5_000);
        assertEquals(List.of("a", "b"), done);
        assertEquals(5_000, time.nanos());
    }

    @Test
    void keepsDeadlinesInOrderWhateverIsCancelled() {
        long seed = 20261129;
        var chance = new SplittableRandom(seed);
        var expected = new TreeMap<Long, List<String>>();
        var deadlines = new ArrayList<VirtualTime.Deadline>();
        var names = new ArrayList<String>();
        var times = new ArrayList<Long>();
        for (int i = 0; i < 5_000; i++) {
            String name = "d" + i;
            long at = chance.nextLong(1_000);
            deadlines.add(time.schedule(at, () -> done.add(name)));
            names.add(name);
            times.add(at);
            expected.computeIfAbsent(at, same -> new ArrayList<>()).add(name);
            int other = chance.nextInt(deadlines.size());
            if (chance.nextInt(3) == 0 && deadlines.get(other).cancel()) {
                expected.get(times.get(other)).remove(names.get(other));
            }
        }
        time.runUntil(Long.MAX_VALUE);
        assertEquals(expected.values().stream().flatMap(List::stream).toList(), done, "seed " + seed);
        assertEquals(0, time.waiting());
        assertFalse(deadlines.get(0).cancel(), "what is over cannot be cancelled");
    }

    @Test
    void drawsAnotherOrderWithAnotherSeedAndTheSameWithTheSame() {
        assertEquals(drawn(1), drawn(1));
        assertNotEquals(drawn(1), drawn(2));
        assertEquals(
                List.copyOf(drawn(1)).stream().sorted().toList(),
                drawn(2).stream().sorted().toList());
    }

    private static List<Integer> drawn(long seed) {
        var random = new VirtualTime(Cloud.BEGINNING, new SplittableRandom(seed));
        var order = new ArrayList<Integer>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            random.execute(() -> order.add(number));
        }
        random.runReady();
        return order;
    }

    @Test
    void letsNobodyInFromAnotherThread() throws InterruptedException {
        var stranger = new Thread(() -> assertThrows(ForeignThread.class, () -> time.execute(() -> done.add("never"))));
        stranger.start();
        stranger.join();
        var failure = assertThrows(ForeignThread.class, time::runReady);
        assertTrue(failure.getMessage().contains(stranger.getName()), failure.getMessage());
        assertEquals(List.of(), done);
    }

    @Test
    void doesNothingMoreOnceThePowerIsGone() {
        time.execute(time::halt);
        note("never");
        time.runUntil(Long.MAX_VALUE);
        assertTrue(time.isHalted());
        assertEquals(List.of(), done);
    }

    private void note(String what) {
        time.execute(() -> done.add(what));
    }
}
