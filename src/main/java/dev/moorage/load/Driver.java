package dev.moorage.load;

import dev.moorage.contract.Signer;
import io.netty.channel.nio.NioEventLoopGroup;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan. All happens on one event loop, so that nothing is guarded and the loop's own delay can be told from
 * the server's: a call is due at its planned time whether or not those before it were answered.
 */
final class Driver {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LOOK_MILLIS = 20;
    /** Sent without a look at what has been answered: a burst must not hold up its own answers. */
    private static final int IN_ONE_GO = 256;

    private static final int POLL_CONNECTIONS = 8;
    private static final int WARM_UPS_PER_CONNECTION = 8;

    private final Workload workload;
    private final Plan plan;
    private final Client client;
    private final Signer signer;
    private final URI target;
    private final Stage stage;
    private final Tally tally;
    private final Live live;

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Door calls;
    private final Door polls;
    private final Watch watch;
    private final String noncePrefix = UUID.randomUUID() + "-";
    private final boolean[] acceptedAttach;
    private final boolean[] acceptedDetach;
    private final ArrayDeque<String> created = new ArrayDeque<>();
    /** Those that wait to try again. */
    private final LinkedHashSet<Operation> pausing = new LinkedHashSet<>();

    private int warmUps;
    private long start;
    private long startMillis;
    private long cpuAtStart;
    private long cpu;
    private long lastAnswer;
    private long allAnsweredAt;
    private long ended;
    private long nonces;
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

    Driver(
            Workload workload,
            Plan plan,
            Client client,
            URI target,
            Signer signer,
            Stage stage,
            Tally tally,
            Live live) {
        this.workload = workload;
        this.plan = plan;
        this.client = client;
        this.target = target;
        this.signer = signer;
        this.stage = stage;
        this.tally = tally;
        this.live = live;
        this.acceptedAttach = new boolean[stage.diskIds().length];
        this.acceptedDetach = new boolean[stage.diskIds().length];
        var address = new InetSocketAddress(target.getHost(), target.getPort() < 0 ? 80 : target.getPort());
        this.calls = new Door(loops.next(), address, target.getAuthority(), workload.connections(), PATIENCE_NANOS);
        this.polls = new Door(loops.next(), address, target.getAuthority(), POLL_CONNECTIONS, PATIENCE_NANOS);
        this.watch = new Watch(polls, client, workload.pollEvery(), stage.diskIds(), this::describe, this::arrived);
    }

    /**
     * What a run was, apart from its judgement.
     *
     * @param answeredSeconds until the last answer to a planned call: without the wait for what was still on its way
     */
    record Ran(
            double seconds,
            double answeredSeconds,
            Report.Arrivals arrivals,
            @Nullable Double drainSeconds,
            boolean stopped,
            double cpu,
            boolean[] acceptedAttach,
            boolean[] acceptedDetach) {}

    /** Returns when all is answered and every detach has ended, or has had its time. */
    Ran run() throws InterruptedException {
        var unused = loops.submit(this::warmUp);
        over.await();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        return new Ran(
                (ended - start) / 1e9,
                (lastAnswer - start) / 1e9,
                new Report.Arrivals(plan.size(), sent, answered, late, dropped, repeated + watch.calls()),
                lastAvailable == Long.MIN_VALUE ? null : (lastAvailable - firstDetach) / 1e9,
                stopped,
                cpu / (double) (ended - start),
                acceptedAttach,
                acceptedDetach);
    }

    /** Ends the run early; what is unanswered by then is counted as an error. */
    void stop() {
        stopped = true;
    }

    /** Opens connections with calls that do not count: a client's process does not start with each of its calls. */
    private void warmUp() {
        warmUps = workload.connections() * WARM_UPS_PER_CONNECTION;
        for (int i = warmUps; i > 0; i--) {
            calls.send(new Door.Errand() {
                @Override
                public Door.Request request() {
                    // Of all disks it would take longer than the run, where there are many.
                    return describe(List.of(stage.diskIds()[0]));
                }

                @Override
                public void done(int status, byte[] body, @Nullable String failure) {
                    if (--warmUps == 0) later(0, Driver.this::begin);
                }
            });
        }
    }

    private void begin() {
        start = System.nanoTime();
        lastAnswer = start;
        startMillis = System.currentTimeMillis();
        cpuAtStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        var loop = loops.next();
        var unusedTicks = loop.scheduleAtFixedRate(this::everySecond, 1, 1, TimeUnit.SECONDS);
        var unusedLooks = loop.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        pump();
    }

    /** Sends what is due, and comes back for the next. */
    private void pump() {
        long now = System.nanoTime() - start;
        int go = 0;
        while (cursor < plan.size() && plan.at(cursor) <= now && !stopped) {
            if (go++ == IN_ONE_GO) {
                loops.next().execute(this::pump);
                return;
            }
            if (plan.workers(cursor) == 0) {
                depart(cursor, start + plan.at(cursor), null);
                cursor++;
            } else engage();
            now = System.nanoTime() - start;
        }
        if (cursor < plan.size() && !stopped) later(plan.at(cursor) - now, this::pump);
    }

    /** Lets the workers of a phase begin on its calls. */
    private void engage() {
        int from = cursor;
        int workers = plan.workers(from);
        while (cursor < plan.size() && plan.workers(cursor) == workers && plan.at(cursor) == plan.at(from)) cursor++;
        var shared = new Shift(from, cursor);
        for (int worker = 0; worker < workers; worker++) shared.next(System.nanoTime());
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
        long lag = System.nanoTime() - planned;
        if (planned != instant) instantLag = lag;
        instant = planned;
        tally.planned(instantLag, calls.inFlight() + 1);
        if (instantLag > LATE_NANOS) late++;
        var verb = plan.verb(call);
        String deleted = verb == Verb.DELETE ? created.poll() : "";
        if (calls.inFlight() >= workload.inFlight() || deleted == null) {
            dropped++;
            // Not at once: all that is left would be dropped in one breath.
            if (shift != null) later(LATE_NANOS, () -> shift.next(System.nanoTime()));
            return;
        }
        sent++;
        if (verb == Verb.DETACH) firstDetach = Math.min(firstDetach, planned);
        new Operation(call, planned, deleted, shift).begin();
    }

    /** A planned call, with all that its client does until it has its answer. */
    private final class Operation implements Door.Errand {
        private final Verb verb;
        private final int disk;
        private final long think;
        private final long planned;
        private final String deleted;
        private final @Nullable Shift shift;
        private int attempt;
        private long sentAt;
        private String lastError = Door.UNANSWERED;

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
            calls.send(new Door.Errand() {
                @Override
                public Door.Request request() {
                    return describe(List.of(stage.diskIds()[disk]));
                }

                @Override
                public void done(int status, byte[] body, @Nullable String failure) {
                    if (stopped) end(System.nanoTime(), Door.UNANSWERED, body);
                    else calls.send(Operation.this);
                }
            });
        }

        @Override
        public Door.Request request() {
            sentAt = System.nanoTime();
            return signed(verb.action(), parameters(verb, disk, deleted));
        }

        @Override
        public void done(int status, byte[] body, @Nullable String failure) {
            long now = System.nanoTime();
            String error = failure != null ? failure : Answer.error(status, body);
            if (error == null || client.isDone(verb, error)) {
                end(now, null, body);
                return;
            }
            var wait = stopped
                    ? Optional.<Duration>empty()
                    : client.again(verb, error, attempt, Duration.ofNanos(now - planned));
            if (wait.isEmpty() || now + wait.get().toNanos() - start > lastMoment()) {
                end(now, error, body);
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
            end(System.nanoTime(), lastError, new byte[0]);
        }

        private void end(long now, @Nullable String error, byte[] body) {
            answered++;
            lastAnswer = now;
            tally.answered(verb, now - planned, now - sentAt, error);
            if (error == null) accepted(body, now);
            if (shift != null) later(think, () -> shift.next(now + think));
        }

        private void accepted(byte[] body, long now) {
            if (verb == Verb.CREATE)
                created.add(Answer.read(body).path("DiskId").asText());
            if (verb == Verb.DETACH || verb == Verb.ATTACH) {
                acceptedDetach[disk] = verb == Verb.DETACH;
                acceptedAttach[disk] = verb == Verb.ATTACH;
            }
            if (client.watches(verb)) watch.begin(disk, verb, planned, now);
        }
    }

    private long lastMoment() {
        return workload.time().plus(workload.settle()).toNanos();
    }

    private void later(long nanos, Runnable what) {
        if (nanos <= 0) what.run();
        else {
            var unused = loops.next().schedule(what, nanos, TimeUnit.NANOSECONDS);
        }
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

    private Door.Request describe(List<String> diskIds) {
        String ids = diskIds.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]"));
        return signed(Verb.DESCRIBE.action(), Map.of("RegionId", stage.region(), "DiskIds", ids, "PageSize", "100"));
    }

    private void arrived(int disk, Verb verb, long planned, long now) {
        if (verb != Verb.DETACH) return;
        lastAvailable = Math.max(lastAvailable, now);
        tally.detached(now - planned);
    }

    private void everySecond() {
        if (ended != 0) return;
        var second = tally.endSecond(watch.detaching(), calls.inFlight(), startMillis, millis(System.nanoTime()));
        live.second(second, answered + dropped, plan.size());
        calls.giveUp(System.nanoTime());
        polls.giveUp(System.nanoTime());
    }

    private long millis(long nanos) {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(nanos - start);
    }

    /** Whether there is something to ask for, and whether all is over. */
    private void look() {
        if (ended != 0) return;
        long now = System.nanoTime();
        watch.poll(now);
        boolean allAnswered = cursor == plan.size() && answered + dropped >= plan.size();
        if (allAnswered && allAnsweredAt == 0) allAnsweredAt = now;
        boolean settled = allAnswered
                && (watch.isEmpty() || now - allAnsweredAt > workload.settle().toNanos());
        if (settled || stopped) end(now);
    }

    private void end(long now) {
        stopped |= cursor < plan.size();
        calls.close();
        for (var operation : List.copyOf(pausing)) operation.giveUp();
        ended = now;
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuAtStart;
        tally.endSecond(watch.detaching(), 0, startMillis, millis(ended));
        live.end();
        polls.close();
        over.countDown();
    }

    private Door.Request signed(String action, Map<String, String> parameters) {
        var signed = signer.sign(action, parameters, target.getAuthority(), Instant.now(), noncePrefix + nonces++);
        return new Door.Request(signed.query(), signed.headers());
    }
}
