package dev.moorage.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan. All happens on one thread, so that nothing is guarded and the thread's own delay can be told from
 * the server's: a call is due at its planned time whether or not those before it were answered.
 */
public final class Driver {
    /** Those who ask for disks on their way have a line of their own, of so many connections. */
    public static final int POLL_CONNECTIONS = 8;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Sent without a look at what has been answered: a burst must not hold up its own answers. */
    private static final int IN_ONE_GO = 256;

    private final Workload workload;
    private final Plan plan;
    private final Client client;
    private final Stage stage;
    private final Tally tally;
    private final Live live;
    private final Loop loop;
    private final Line calls;
    private final Line polls;
    private final Runnable over;
    private final Watch watch;
    private final boolean[] acceptedAttach;
    private final boolean[] acceptedDetach;
    private final ArrayDeque<String> created = new ArrayDeque<>();
    /** Those that wait to try again. */
    private final LinkedHashSet<Operation> pausing = new LinkedHashSet<>();

    /** How many have not been answered. */
    private int warmUps;

    private int unsentWarmUps;
    private long start;
    private long startMillis;
    private long cpuAtStart;
    private long cpu;
    /** When it was last seen that something had been answered: waiting for the rest costs little. */
    private long busyUntil;

    private long answeredByThen;
    private long lastAnswer;
    private long allAnsweredAt;
    private long ended;
    private int cursor;
    private long sent;
    private long answered;
    private long late;
    private long dropped;
    private long repeated;
    /** The planned start of the last call, and the lag of the first that was planned for it. */
    private long instant = Long.MIN_VALUE;

    private long instantLag;
    private long firstDetach = Long.MAX_VALUE;
    private long lastAvailable = Long.MIN_VALUE;
    private volatile boolean stopped;

    /**
     * A run that is still to begin.
     *
     * @param polls the line on which is asked for disks on their way
     * @param over told on the loop when all is over
     */
    public Driver(
            Workload workload,
            Plan plan,
            Client client,
            Stage stage,
            Tally tally,
            Live live,
            Loop loop,
            Line calls,
            Line polls,
            Runnable over) {
        this.workload = workload;
        this.plan = plan;
        this.client = client;
        this.stage = stage;
        this.tally = tally;
        this.live = live;
        this.loop = loop;
        this.calls = calls;
        this.polls = polls;
        this.over = over;
        this.acceptedAttach = new boolean[stage.diskIds().length];
        this.acceptedDetach = new boolean[stage.diskIds().length];
        this.watch =
                new Watch(loop, polls, client, workload.pollEvery(), stage.diskIds(), this::describe, this::arrived);
    }

    /**
     * What a run was, apart from its judgement.
     *
     * @param answeredSeconds until the last answer to a planned call: without the wait for what was still on its way
     */
    public record Ran(
            double seconds,
            double answeredSeconds,
            Report.Arrivals arrivals,
            @Nullable Double drainSeconds,
            boolean stopped,
            double cpu,
            boolean[] acceptedAttach,
            boolean[] acceptedDetach) {}

    /** To be asked for when it is over. */
    public Ran ran() {
        return new Ran(
                (ended - start) / 1e9,
                (lastAnswer - start) / 1e9,
                new Report.Arrivals(plan.size(), sent, answered, late, dropped, repeated + watch.calls()),
                drainSeconds(),
                stopped,
                cpu / (double) (busyUntil - start),
                acceptedAttach,
                acceptedDetach);
    }

    private @Nullable Double drainSeconds() {
        boolean areAllThere = watch.detaching() == 0 && watch.keptBack() == 0;
        return areAllThere && lastAvailable != Long.MIN_VALUE ? (lastAvailable - firstDetach) / 1e9 : null;
    }

    /** Ends the run early; what is unanswered by then is counted as an error. From any thread. */
    public void stop() {
        stopped = true;
    }

    /** Begins, on the loop, with the calls that do not count. Returns at once. */
    public void start() {
        warmUps = calls.warmUps();
        unsentWarmUps = warmUps;
        if (warmUps == 0) begin();
        else goOnWithoutThem(loop.nanoTime());
        for (int line = 0; line < workload.connections() && unsentWarmUps > 0; line++) warmUp();
    }

    /** The next one goes when this is answered: what is given up must not stand in line before the run. */
    private void warmUp() {
        unsentWarmUps--;
        calls.send(new Errand() {
            @Override
            public Asked asked() {
                // Of all disks it would take longer than the run, where there are many.
                return describe(List.of(stage.diskIds()[0]));
            }

            @Override
            public void done(Answer answer) {
                if (warmUps == 0) return;
                if (--warmUps == 0) begin();
                else if (unsentWarmUps > 0) warmUp();
            }
        });
    }

    /** However many are not answered after as long as one may take: what is to be measured is how the server answers. */
    private void goOnWithoutThem(long since) {
        loop.later(LOOK_NANOS, () -> {
            if (warmUps == 0) return;
            if (stopped || loop.nanoTime() - since > Line.PATIENCE.toNanos()) {
                warmUps = 0;
                begin();
            } else goOnWithoutThem(since);
        });
    }

    /** What can be made ready is, before the clock is read: the first call is due by then. */
    private void begin() {
        long now = loop.nanoTime();
        every(SECOND_NANOS, now + SECOND_NANOS, this::everySecond);
        every(LOOK_NANOS, now + LOOK_NANOS, this::look);
        cpuAtStart = loop.cpuNanos();
        startMillis = loop.wallMillis();
        start = loop.nanoTime();
        lastAnswer = start;
        pump();
    }

    /** Until the end. One that comes late does not put off those after it. */
    private void every(long nanos, long due, Runnable what) {
        loop.later(due - loop.nanoTime(), () -> {
            if (ended != 0) return;
            what.run();
            if (ended == 0) every(nanos, due + nanos, what);
        });
    }

    /** Sends what is due, and comes back for the next. */
    private void pump() {
        long now = loop.nanoTime() - start;
        int go = 0;
        while (cursor < plan.size() && plan.at(cursor) <= now && !stopped) {
            if (go++ == IN_ONE_GO) {
                loop.later(0, this::pump);
                return;
            }
            if (plan.workers(cursor) == 0) {
                depart(cursor, start + plan.at(cursor), null);
                cursor++;
            } else engage();
            now = loop.nanoTime() - start;
        }
        if (cursor < plan.size() && !stopped) later(plan.at(cursor) - now, this::pump);
    }

    /** Lets the workers of a phase begin on its calls. */
    private void engage() {
        int from = cursor;
        int workers = plan.workers(from);
        while (cursor < plan.size() && plan.workers(cursor) == workers && plan.at(cursor) == plan.at(from)) cursor++;
        var shared = new Shift(from, cursor);
        for (int worker = 0; worker < workers; worker++) shared.next(loop.nanoTime());
    }

    /** The calls that the workers of a phase share. */
    private final class Shift {
        private final int end;
        private int at;

        private Shift(int from, int end) {
            this.at = from;
            this.end = end;
        }

        void next(long ready) {
            if (at >= end) return;
            if (stopped || ready - start > workload.time().toNanos()) {
                dropped += end - at;
                at = end;
                return;
            }
            depart(at++, ready, this);
        }
    }

    private void depart(int call, long planned, @Nullable Shift shift) {
        long lag = loop.nanoTime() - planned;
        if (planned != instant) instantLag = lag;
        instant = planned;
        if (instantLag > LATE_NANOS) late++;
        var verb = plan.verb(call);
        boolean hasRoom = calls.inFlight() < workload.inFlight();
        String deleted = verb != Verb.DELETE ? "" : hasRoom ? created.poll() : null;
        tally.planned(instantLag, calls.inFlight() + (hasRoom && deleted != null ? 1 : 0));
        if (!hasRoom || deleted == null) {
            dropped++;
            // Not at once: all that is left would be dropped in one breath.
            if (shift != null) later(LATE_NANOS, () -> shift.next(loop.nanoTime()));
            return;
        }
        sent++;
        if (verb == Verb.DETACH) firstDetach = Math.min(firstDetach, planned);
        new Operation(call, planned, deleted, shift).begin();
    }

    /** A planned call, with all that its client does until it has its answer. */
    private final class Operation implements Errand {
        private final Verb verb;
        private final int disk;
        private final long think;
        private final long planned;
        private final String deleted;
        private final @Nullable Shift shift;
        private int attempt;
        private long sentAt;
        private String lastError = Answer.UNANSWERED;

        private Operation(int call, long planned, String deleted, @Nullable Shift shift) {
            this.verb = plan.verb(call);
            this.disk = plan.disk(call);
            this.think = plan.think(call);
            this.planned = planned;
            this.sentAt = planned;
            this.deleted = deleted;
            this.shift = shift;
        }

        void begin() {
            pausing.remove(this);
            if (attempt > 0) repeated++;
            if (client.looksFirst(verb)) lookFirst();
            else calls.send(this);
        }

        private void lookFirst() {
            repeated++;
            calls.send(new Errand() {
                @Override
                public Asked asked() {
                    return describe(List.of(stage.diskIds()[disk]));
                }

                @Override
                public void done(Answer answer) {
                    if (stopped) end(loop.nanoTime(), Answer.UNANSWERED, answer);
                    else if (isThere(answer)) end(loop.nanoTime(), null, answer);
                    else calls.send(Operation.this);
                }
            });
        }

        /** The disk is where it is to be: an answer that was lost told of it. */
        private boolean isThere(Answer answer) {
            if (answer.error() != null) return false;
            var entry = Inventory.of(answer.body()).disks().get(stage.diskIds()[disk]);
            if (entry == null) return false;
            return verb == Verb.DETACH
                    ? entry.status().equals("Available")
                    : entry.isAttached() && entry.instanceId().equals(stage.instanceIds()[disk]);
        }

        @Override
        public Asked asked() {
            sentAt = loop.nanoTime();
            return new Asked(verb.action(), parameters(verb, disk, deleted));
        }

        @Override
        public void done(Answer answer) {
            long now = loop.nanoTime();
            String error = answer.error();
            if (error == null || client.isDone(verb, error)) {
                end(now, null, answer);
                return;
            }
            var wait = stopped
                    ? Optional.<Duration>empty()
                    : client.again(verb, error, attempt, Duration.ofNanos(now - planned));
            if (wait.isEmpty() || now + wait.get().toNanos() - start > lastMoment()) {
                end(now, error, answer);
                return;
            }
            tally.retried(verb, error);
            lastError = error;
            attempt++;
            pausing.add(this);
            later(wait.get().toNanos(), this::tryAgain);
        }

        private void tryAgain() {
            if (ended == 0) begin();
        }

        /** When there is no time left to try again. */
        void giveUp() {
            end(loop.nanoTime(), lastError, Answer.none(lastError));
        }

        private void end(long now, @Nullable String error, Answer answer) {
            answered++;
            lastAnswer = now;
            tally.answered(verb, now - planned, now - sentAt, error);
            if (error == null) accepted(answer, now);
            else if (Answer.isNone(error)) unknown();
            if (shift != null) later(think, () -> shift.next(now + think));
        }

        private void accepted(Answer answer, long now) {
            if (verb == Verb.CREATE) created.add(answer.body().path("DiskId").asText());
            if (verb == Verb.DETACH || verb == Verb.ATTACH) {
                acceptedDetach[disk] = verb == Verb.DETACH;
                acceptedAttach[disk] = verb == Verb.ATTACH;
            }
            if (client.watches(verb)) watch.begin(disk, verb, planned, now);
        }

        /** It may have been done, or not: of where the disk is nothing was promised. */
        private void unknown() {
            if (verb != Verb.DETACH && verb != Verb.ATTACH) return;
            acceptedDetach[disk] = false;
            acceptedAttach[disk] = false;
        }
    }

    private long lastMoment() {
        return workload.time().plus(workload.settle()).toNanos();
    }

    private void later(long nanos, Runnable what) {
        if (nanos <= 0) what.run();
        else loop.later(nanos, what);
    }

    private Map<String, String> parameters(Verb verb, int disk, String deleted) {
        return switch (verb) {
            case DETACH, ATTACH -> Map.of("DiskId", stage.diskIds()[disk], "InstanceId", stage.instanceIds()[disk]);
            case DESCRIBE ->
                disk == Plan.NONE
                        ? Map.of("RegionId", stage.region())
                        : Map.of("RegionId", stage.region(), "DiskIds", "[\"" + stage.diskIds()[disk] + "\"]");
            case CREATE ->
                Map.of(
                        "RegionId",
                        stage.region(),
                        "ZoneId",
                        stage.zone(),
                        "DiskCategory",
                        "cloud_essd",
                        "Size",
                        "20",
                        "DiskName",
                        "load");
            case DELETE -> Map.of("DiskId", deleted);
        };
    }

    private Asked describe(List<String> diskIds) {
        String ids = diskIds.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]"));
        return new Asked(Verb.DESCRIBE.action(), Map.of("RegionId", stage.region(), "DiskIds", ids, "PageSize", "100"));
    }

    private void arrived(int disk, Verb verb, long planned, long now) {
        if (verb != Verb.DETACH) return;
        lastAvailable = Math.max(lastAvailable, now);
        tally.detached(now - planned);
    }

    private void everySecond() {
        var second = tally.endSecond(watch.detaching(), calls.inFlight(), startMillis, millis(loop.nanoTime()));
        live.second(second, answered + dropped, plan.size());
        calls.giveUp(loop.nanoTime());
        polls.giveUp(loop.nanoTime());
    }

    private long millis(long nanos) {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(nanos - start);
    }

    /** Whether there is something to ask for, and whether all is over. */
    private void look() {
        long now = loop.nanoTime();
        watch.poll(now);
        if (answered > answeredByThen) measure(now);
        boolean allAnswered = cursor == plan.size() && answered + dropped >= plan.size();
        if (allAnswered && allAnsweredAt == 0) allAnsweredAt = now;
        boolean settled = allAnswered
                && (watch.isEmpty() || now - allAnsweredAt > workload.settle().toNanos());
        if (settled || stopped) end(now);
    }

    private void measure(long now) {
        answeredByThen = answered;
        busyUntil = now;
        cpu = loop.cpuNanos() - cpuAtStart;
    }

    private void end(long now) {
        if (busyUntil == 0) measure(now);
        stopped |= cursor < plan.size();
        calls.close();
        for (var operation : List.copyOf(pausing)) operation.giveUp();
        ended = now;
        tally.endSecond(watch.detaching(), 0, startMillis, millis(ended));
        live.end();
        polls.close();
        over.run();
    }
}
