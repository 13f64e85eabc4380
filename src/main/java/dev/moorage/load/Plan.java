package dev.moorage.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * All calls of a run, in the order of their planned starts: the same workload, seed and fleet plan the same. A million of
 * them have to fit, hence columns.
 */
public final class Plan {
    private static final long SECOND = 1_000_000_000L;
    /** A disk on which ECS is still at work cannot be deleted or detached; making or attaching one takes some seconds. */
    private static final long DONE_BY_THEN = 10 * SECOND;
    /** The disk of a call that is about none in particular. */
    public static final int NONE = -1;

    private final Workload workload;
    private final SplittableRandom chance;
    private final ArrayDeque<Integer> attached = new ArrayDeque<>();
    private final ArrayDeque<Integer> detached = new ArrayDeque<>();
    /** When the last call on a disk begins. */
    private final long[] movedAt;
    /** When the calls begin that make the disks which are still there. */
    private final ArrayDeque<Long> created = new ArrayDeque<>();

    private int size;
    private long[] at = new long[1024];
    private Verb[] verbs = new Verb[1024];
    private int[] disks = new int[1024];
    /** Of each call: the workers that share its phase, or 0 if it has a time of its own. */
    private int[] workers = new int[1024];

    private long[] thinks = new long[1024];

    private Plan(Workload workload, long seed, int[] diskOrder, boolean[] isAttached) {
        this.workload = workload;
        this.chance = new SplittableRandom(seed);
        this.movedAt = new long[isAttached.length];
        for (int disk : diskOrder) (isAttached[disk] ? attached : detached).add(disk);
        Arrays.fill(movedAt, Long.MIN_VALUE / 2);
    }

    /**
     * The calls that a workload asks for on these disks.
     *
     * @param isAttached of each disk of the fleet, whether it is on its instance at first
     */
    public static Plan of(Workload workload, long seed, boolean[] isAttached) {
        var order = new int[isAttached.length];
        var chance = new SplittableRandom(seed ^ 0x5DEECE66DL);
        for (int i = 0; i < order.length; i++) {
            int other = chance.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        var plan = new Plan(workload, seed, order, isAttached);
        long start = 0;
        for (var phase : workload.phases()) {
            plan.phase(phase, start);
            start += phase.duration().toNanos();
        }
        return plan;
    }

    private void phase(Workload.Phase phase, long start) {
        long end = start + phase.duration().toNanos();
        var arrivals = phase.arrivals();
        if (arrivals instanceof Workload.Arrivals.Burst burst) {
            int count = burst.count() == Workload.Arrivals.Burst.ALL ? movedAt.length : burst.count();
            for (int i = 0; i < count; i++) add(phase, start, 0, 0);
        } else if (arrivals instanceof Workload.Arrivals.Closed closed) {
            for (int i = 0; i < closed.count(); i++) {
                add(phase, start, closed.workers(), closed.think().toNanos());
            }
        } else {
            long limit = workload.time().toNanos();
            double time = start;
            while (true) {
                double rate = rate(arrivals, (time - start) / Math.max(1, end - start));
                double gap = arrivals instanceof Workload.Arrivals.Poisson
                        ? -Math.log(1 - chance.nextDouble()) / rate
                        : 1 / rate;
                time += gap * SECOND;
                if (time > end || time > limit || size >= workload.calls()) return;
                add(phase, (long) time, 0, 0);
            }
        }
    }

    private static double rate(Workload.Arrivals arrivals, double progress) {
        if (arrivals instanceof Workload.Arrivals.Constant constant) return constant.rate();
        if (arrivals instanceof Workload.Arrivals.Poisson poisson) return poisson.rate();
        if (arrivals instanceof Workload.Arrivals.Ramp ramp) return ramp.from() + progress * (ramp.to() - ramp.from());
        if (arrivals instanceof Workload.Arrivals.Step step) {
            int stair = Math.min(step.steps() - 1, (int) (progress * step.steps()));
            return step.from() + (step.to() - step.from()) * stair / Math.max(1, step.steps() - 1);
        }
        throw new IllegalArgumentException("These have no rate: " + arrivals);
    }

    private void add(Workload.Phase phase, long time, int sharedBy, long think) {
        if (size >= workload.calls()) return;
        var weights = new TreeMap<>(phase.weights());
        int disk = NONE;
        Verb verb = null;
        while (verb == null && !weights.isEmpty()) {
            var drawn = draw(weights);
            if (isPossible(drawn, time)) verb = drawn;
            else weights.remove(drawn);
        }
        if (verb == null) return;
        switch (verb) {
            case DETACH -> {
                disk = attached.remove();
                detached.add(disk);
                movedAt[disk] = time;
            }
            case ATTACH -> {
                disk = detached.remove();
                attached.add(disk);
                movedAt[disk] = time;
            }
            case DESCRIBE -> disk = movedAt.length == 0 ? NONE : chance.nextInt(movedAt.length);
            case CREATE -> created.add(time);
            case DELETE -> created.remove();
        }
        put(time, verb, disk, sharedBy, think);
    }

    private Verb draw(Map<Verb, Double> weights) {
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        double point = chance.nextDouble() * sum;
        Verb last = Verb.DESCRIBE;
        for (var weight : weights.entrySet()) {
            last = weight.getKey();
            point -= weight.getValue();
            if (point < 0) break;
        }
        return last;
    }

    private boolean isPossible(Verb verb, long time) {
        return switch (verb) {
            case DETACH -> !attached.isEmpty() && time - movedAt[attached.element()] >= DONE_BY_THEN;
            case ATTACH ->
                !detached.isEmpty()
                        && time - movedAt[detached.element()] >= workload.rest().toNanos();
            case DESCRIBE, CREATE -> true;
            case DELETE -> !created.isEmpty() && time - created.element() >= DONE_BY_THEN;
        };
    }

    private void put(long time, Verb verb, int disk, int sharedBy, long think) {
        if (size == at.length) {
            int room = size * 2;
            at = Arrays.copyOf(at, room);
            verbs = Arrays.copyOf(verbs, room);
            disks = Arrays.copyOf(disks, room);
            workers = Arrays.copyOf(workers, room);
            thinks = Arrays.copyOf(thinks, room);
        }
        at[size] = time;
        verbs[size] = verb;
        disks[size] = disk;
        workers[size] = sharedBy;
        thinks[size] = think;
        size++;
    }

    public int size() {
        return size;
    }

    /** Nanoseconds after the start of the run. */
    public long at(int call) {
        return at[call];
    }

    public Verb verb(int call) {
        return verbs[call];
    }

    /** Which disk of the fleet, or {@link #NONE}. */
    public int disk(int call) {
        return disks[call];
    }

    /** How many share the calls of its phase, one after the other; 0 if it begins when it is planned to. */
    int workers(int call) {
        return workers[call];
    }

    /** Nanoseconds between an answer and the same worker's next call. */
    long think(int call) {
        return thinks[call];
    }

    /** The same for the same calls. */
    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var line = ByteBuffer.allocate(8 + 4 + 4);
            for (int call = 0; call < size; call++) {
                line.clear().putLong(at[call]).putInt(disks[call]).putInt(workers[call]);
                digest.update(line.array());
                if (thinks[call] > 0) digest.update(Long.toString(thinks[call]).getBytes(StandardCharsets.UTF_8));
                digest.update(verbs[call].action().getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
