package dev.moorage.simulation;

import java.io.IOException;
import java.net.URL;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All that is to run, on one thread: what can run now, and what waits for its time. When nothing can run any more, time
 * jumps to the next deadline. Work takes no time.
 *
 * <p>A pool of threads promises no order between two tasks, so any order is one that could have been: the one in which
 * they came, or one that is drawn.
 */
final class VirtualTime {
    /** Akka makes schedulers and executors by their names: this is how they find the time that they belong to. */
    private static final ThreadLocal<VirtualTime> BEGINNING = new ThreadLocal<>();

    /** Something that waits for its time. */
    final class Deadline {
        private final long at;
        private final long number;
        private @Nullable Runnable what;
        /** Where it stands in the heap; it is not there any more if that is negative. */
        private int place;

        private Deadline(long at, long number, Runnable what) {
            this.at = at;
            this.number = number;
            this.what = what;
        }

        private boolean isBefore(Deadline other) {
            return at != other.at ? at < other.at : number < other.number;
        }

        /** Returns whether it had still to come. */
        boolean cancel() {
            if (place < 0) return false;
            remove(this);
            what = null;
            return true;
        }

        boolean isOver() {
            return place < 0;
        }
    }

    /** One for all: what is configured is read once for each. */
    private static final ClassLoader LOADER = new WithoutManifests(VirtualTime.class.getClassLoader());

    private final Thread thread = Thread.currentThread();
    private final Instant start;
    private final @Nullable RandomGenerator order;

    // A ring: what came first is at the head.
    private @Nullable Runnable[] ready = new @Nullable Runnable[1_024];
    private int head;
    private int size;

    // A binary heap; most deadlines are cancelled, and then they are gone.
    private @Nullable Deadline[] heap = new @Nullable Deadline[1_024];
    private int waiting;
    private long numbers;

    private long nanos;
    private boolean halted;
    private volatile @Nullable RuntimeException failure;

    /**
     * Time that stands at its beginning.
     *
     * @param order draws who is next of those who can run; null for the one who came first
     */
    VirtualTime(Instant start, @Nullable RandomGenerator order) {
        this.start = start;
        this.order = order;
    }

    /** The time that an actor system which is being created runs in. */
    static VirtualTime ofBeginning() {
        var time = BEGINNING.get();
        if (time == null) throw new IllegalStateException("This actor system is not created in virtual time");
        return time;
    }

    /** Creates what finds its time by {@link #ofBeginning}. */
    <T> T begin(Supplier<T> what) {
        var loader = thread.getContextClassLoader();
        BEGINNING.set(this);
        thread.setContextClassLoader(LOADER);
        try {
            return what.get();
        } finally {
            thread.setContextClassLoader(loader);
            BEGINNING.remove();
        }
    }

    /** Akka reads the manifests of all jars for each system, to compare versions: that takes longer than all the rest. */
    private static final class WithoutManifests extends ClassLoader {
        private WithoutManifests(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals(JarFile.MANIFEST_NAME) ? Collections.emptyEnumeration() : super.getResources(name);
        }
    }

    /** Since the beginning. */
    long nanos() {
        return nanos;
    }

    Instant now() {
        return start.plusNanos(nanos);
    }

    /** How many wait for their time. */
    int waiting() {
        return waiting;
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new IllegalStateException("Virtual time is UTC");
            }
        };
    }

    /** To be run soon. */
    void execute(Runnable what) {
        checkThread();
        if (size == ready.length) grow();
        ready[(head + size++) & (ready.length - 1)] = what;
    }

    /** To be run after a while. */
    Deadline schedule(long delayNanos, Runnable what) {
        checkThread();
        long at = delayNanos > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + Math.max(0, delayNanos);
        var deadline = new Deadline(at, numbers++, what);
        if (waiting == heap.length) heap = Arrays.copyOf(heap, 2 * waiting);
        up(deadline, waiting++);
        return deadline;
    }

    /** Whoever runs here on a thread of its own would decide by chance what happens. */
    private void checkThread() {
        if (Thread.currentThread() == thread) return;
        var stranger = new ForeignThread(Thread.currentThread().getName());
        failure = stranger;
        throw stranger;
    }

    /** Ends the run with this: whoever called what throws it may have caught it. */
    void fail(RuntimeException why) {
        if (failure == null) failure = why;
    }

    /** Nothing runs from now on: the machine has lost its power. */
    void halt() {
        halted = true;
    }

    boolean isHalted() {
        return halted;
    }

    /**
     * Runs what is next, if anything is; time jumps if it has to.
     *
     * @param until nanoseconds after which nothing is begun
     */
    boolean turn(long until) {
        if (failure != null) throw failure;
        if (halted) return false;
        if (size == 0 && !jump(until)) return false;
        if (order != null && size > 1) swapHeadWith(order.nextInt(size));
        var next = ready[head];
        ready[head] = null;
        head = (head + 1) & (ready.length - 1);
        size--;
        if (next != null) next.run();
        return true;
    }

    /** Runs all that there is until then, or until nothing is left. */
    void runUntil(long nanosThen) {
        while (turn(nanosThen)) {}
        if (failure != null) throw failure;
        if (!halted) nanos = Math.max(nanos, nanosThen == Long.MAX_VALUE ? nanos : nanosThen);
    }

    /** Throws what the run was ended with, if it was. */
    void check() {
        if (failure != null) throw failure;
    }

    /** Runs all that can run without a jump. */
    void runReady() {
        runUntil(nanos);
    }

    private void swapHeadWith(int index) {
        int other = (head + index) & (ready.length - 1);
        var swapped = ready[head];
        ready[head] = ready[other];
        ready[other] = swapped;
    }

    /** All that is due then can run then: what is due at one time has no order. */
    private boolean jump(long until) {
        var first = heap[0];
        if (waiting == 0 || first == null || first.at > until) return false;
        nanos = Math.max(nanos, first.at);
        for (var due = first; due != null && waiting > 0 && due.at <= nanos; due = heap[0]) {
            var what = due.what;
            remove(due);
            if (what != null) execute(what);
        }
        return true;
    }

    private void remove(Deadline deadline) {
        int place = deadline.place;
        deadline.place = -1;
        var last = heap[--waiting];
        heap[waiting] = null;
        if (place == waiting || last == null) return;
        down(last, place);
        if (last.place == place) up(last, place);
    }

    private void up(Deadline deadline, int from) {
        int place = from;
        while (place > 0) {
            var parent = heap[(place - 1) / 2];
            if (parent == null || !deadline.isBefore(parent)) break;
            put(parent, place);
            place = (place - 1) / 2;
        }
        put(deadline, place);
    }

    private void down(Deadline deadline, int from) {
        int place = from;
        while (true) {
            int child = 2 * place + 1;
            if (child >= waiting) break;
            var lesser = heap[child];
            var right = child + 1 < waiting ? heap[child + 1] : null;
            if (lesser != null && right != null && right.isBefore(lesser)) {
                lesser = right;
                child++;
            }
            if (lesser == null || !lesser.isBefore(deadline)) break;
            put(lesser, place);
            place = child;
        }
        put(deadline, place);
    }

    private void put(Deadline deadline, int place) {
        heap[place] = deadline;
        deadline.place = place;
    }

    private void grow() {
        var larger = new @Nullable Runnable[2 * ready.length];
        System.arraycopy(ready, head, larger, 0, size - head);
        System.arraycopy(ready, 0, larger, size - head, head);
        ready = larger;
        head = 0;
    }

    /** For people: simulated time since the beginning, in seconds. */
    double seconds() {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
