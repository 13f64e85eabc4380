package dev.moorage.load;

import java.util.PriorityQueue;

/** A clock that is always at the next thing to be done. */
final class VirtualLoop implements Loop {
    private static final long BEGIN_MILLIS = 1_800_000_000_000L;

    private record Timer(long due, long number, Runnable what) {}

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(
            (a, b) -> a.due == b.due ? Long.compare(a.number, b.number) : Long.compare(a.due, b.due));
    private long now;
    private long number;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long wallMillis() {
        return BEGIN_MILLIS + now / 1_000_000;
    }

    @Override
    public long cpuNanos() {
        return 0;
    }

    @Override
    public void later(long nanos, Runnable what) {
        timers.add(new Timer(now + Math.max(0, nanos), number++, what));
    }

    /** Until nothing is left to do. */
    void run() {
        for (var next = timers.poll(); next != null; next = timers.poll()) {
            now = next.due;
            next.what.run();
        }
    }
}
