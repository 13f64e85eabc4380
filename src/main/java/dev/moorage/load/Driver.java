package dev.moorage.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moorage.contract.Signer;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan. All happens on one event loop, so that nothing is guarded and the loop's own delay can be told from
 * the server's: a call is due at its planned time whether or not those before it were answered.
 */
final class Driver {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int POLL_CONNECTIONS = 8;
    private static final int POLLED_AT_ONCE = 100;
    private static final int CLIENT_ERROR = 400;

    private final Workload workload;
    private final Plan plan;
    private final Signer signer;
    private final URI target;
    private final String[] diskIds;
    private final String[] instanceIds;
    private final String zone;
    private final String region;
    private final Tally tally;
    private final Consumer<String> say;

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Door calls;
    private final Door polls;
    private final String noncePrefix = UUID.randomUUID() + "-";
    private final boolean[] acceptedAttach;
    private final boolean[] acceptedDetach;
    /** Disks whose detach was accepted, with the planned start of it. */
    private final Map<Integer, Long> detaching = new LinkedHashMap<>();
    /** Of these, in the order in which they are to be asked for next, with that time. */
    private final ArrayDeque<long[]> toPoll = new ArrayDeque<>();

    private final ArrayDeque<String> created = new ArrayDeque<>();
    private long start;
    private long startMillis;
    private long cpuAtStart;
    private long cpu;
    private long plannedOver;
    private long ended;
    private long nonces;
    private int cursor;
    private long sent;
    private long answered;
    private long late;
    private long dropped;
    private long repeated;
    private int pollsUnderWay;
    private long firstDetach = Long.MAX_VALUE;
    private long lastAvailable;
    private volatile boolean stopped;

    Driver(
            Workload workload,
            Plan plan,
            URI target,
            Signer signer,
            String[] diskIds,
            String[] instanceIds,
            String zone,
            String region,
            Tally tally,
            Consumer<String> say) {
        this.workload = workload;
        this.plan = plan;
        this.target = target;
        this.signer = signer;
        this.diskIds = diskIds;
        this.instanceIds = instanceIds;
        this.zone = zone;
        this.region = region;
        this.tally = tally;
        this.say = say;
        this.acceptedAttach = new boolean[diskIds.length];
        this.acceptedDetach = new boolean[diskIds.length];
        var address = new InetSocketAddress(target.getHost(), target.getPort() < 0 ? 80 : target.getPort());
        this.calls = new Door(loops.next(), address, target.getAuthority(), workload.connections(), PATIENCE_NANOS);
        this.polls = new Door(loops.next(), address, target.getAuthority(), POLL_CONNECTIONS, PATIENCE_NANOS);
    }

    /** What a run was, apart from its judgement. */
    record Ran(
            double seconds,
            Report.Arrivals arrivals,
            @Nullable Double drainSeconds,
            boolean stopped,
            double cpu,
            int stillDetaching,
            boolean[] acceptedAttach,
            boolean[] acceptedDetach) {}

    /** Returns when all is answered and every detach has ended, or has had its time. */
    Ran run() throws InterruptedException {
        var unusedStart = loops.submit(this::begin);
        over.await();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        double drain = (lastAvailable - firstDetach) / 1e9;
        return new Ran(
                (ended - start) / 1e9,
                new Report.Arrivals(plan.size(), sent, answered, late, dropped, repeated),
                lastAvailable == 0 ? null : drain,
                stopped,
                cpu / (double) (ended - start),
                detaching.size(),
                acceptedAttach,
                acceptedDetach);
    }

    /** Ends the run early; what is unanswered by then is counted as an error. */
    void stop() {
        stopped = true;
    }

    private void begin() {
        start = System.nanoTime();
        startMillis = System.currentTimeMillis();
        cpuAtStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        var loop = loops.next();
        var unusedTicks = loop.scheduleAtFixedRate(this::everySecond, 1, 1, TimeUnit.SECONDS);
        var unusedLooks = loop.scheduleAtFixedRate(this::look, 20, 20, TimeUnit.MILLISECONDS);
        pump();
    }

    /** Sends what is due, and comes back for the next. */
    private void pump() {
        long now = System.nanoTime() - start;
        while (cursor < plan.size() && plan.at(cursor) <= now && !stopped) {
            if (plan.workers(cursor) == 0) arrive(cursor++, null);
            else engage();
            now = System.nanoTime() - start;
        }
        if (cursor < plan.size() && !stopped) {
            var ignored = loops.next().schedule(this::pump, plan.at(cursor) - now, TimeUnit.NANOSECONDS);
        }
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

    private void arrive(int call, @Nullable Shift shift) {
        depart(call, start + plan.at(call), shift);
    }

    private void depart(int call, long planned, @Nullable Shift shift) {
        long lag = System.nanoTime() - planned;
        tally.planned(lag, calls.inFlight() + 1);
        if (lag > LATE_NANOS) late++;
        String deleted = plan.verb(call) == Verb.DELETE ? created.poll() : "";
        if (calls.inFlight() >= workload.inFlight() || deleted == null) {
            dropped++;
            if (shift != null) shift.next(System.nanoTime());
            return;
        }
        sent++;
        var verb = plan.verb(call);
        if (verb == Verb.DETACH) firstDetach = Math.min(firstDetach, planned);
        calls.send(new Door.Errand() {
            private long sentAt = planned;

            @Override
            public Door.Request request() {
                sentAt = System.nanoTime();
                return signed(verb.action(), parameters(verb, plan.disk(call), deleted));
            }

            @Override
            public void done(int status, byte[] body, @Nullable String failure) {
                long now = System.nanoTime();
                String error = failure != null ? failure : error(status, body);
                answered++;
                tally.answered(verb, now - planned, now - sentAt, error);
                if (error == null) accepted(verb, plan.disk(call), planned, now, body);
                if (shift != null) {
                    long think = plan.think(call);
                    later(think, () -> shift.next(now + think));
                }
            }
        });
    }

    private void later(long nanos, Runnable what) {
        if (nanos <= 0) what.run();
        else {
            var ignored = loops.next().schedule(what, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private Map<String, String> parameters(Verb verb, int disk, String deleted) {
        return switch (verb) {
            case DETACH, ATTACH -> Map.of("DiskId", diskIds[disk], "InstanceId", instanceIds[disk]);
            case DESCRIBE ->
                disk == Plan.NONE
                        ? Map.of("RegionId", region)
                        : Map.of("RegionId", region, "DiskIds", "[\"" + diskIds[disk] + "\"]");
            case CREATE ->
                Map.of(
                        "RegionId",
                        region,
                        "ZoneId",
                        zone,
                        "DiskCategory",
                        "cloud_essd",
                        "Size",
                        "20",
                        "DiskName",
                        "load");
            case DELETE -> Map.of("DiskId", deleted);
        };
    }

    private void accepted(Verb verb, int disk, long planned, long now, byte[] body) {
        switch (verb) {
            case DETACH -> {
                acceptedDetach[disk] = true;
                acceptedAttach[disk] = false;
                detaching.put(disk, planned);
                toPoll.add(new long[] {disk, now + workload.pollEvery().toNanos()});
            }
            case ATTACH -> {
                acceptedAttach[disk] = true;
                acceptedDetach[disk] = false;
            }
            case CREATE -> created.add(read(body).path("DiskId").asText());
            case DESCRIBE, DELETE -> {}
        }
    }

    /** Asks for those that are on their way, a hundred a call. */
    private void poll() {
        long now = System.nanoTime();
        while (pollsUnderWay < POLL_CONNECTIONS * 2 && !toPoll.isEmpty() && toPoll.element()[1] <= now) {
            var asked = new LinkedHashMap<String, Integer>();
            while (asked.size() < POLLED_AT_ONCE && !toPoll.isEmpty() && toPoll.element()[1] <= now) {
                int disk = (int) toPoll.remove()[0];
                if (detaching.containsKey(disk)) asked.put(diskIds[disk], disk);
            }
            if (!asked.isEmpty()) poll(asked);
        }
    }

    private void poll(Map<String, Integer> asked) {
        pollsUnderWay++;
        repeated++;
        String ids = asked.keySet().stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]"));
        polls.send(new Door.Errand() {
            @Override
            public Door.Request request() {
                return signed(
                        Verb.DESCRIBE.action(),
                        Map.of("RegionId", region, "DiskIds", ids, "PageSize", Integer.toString(POLLED_AT_ONCE)));
            }

            @Override
            public void done(int status, byte[] body, @Nullable String failure) {
                pollsUnderWay--;
                long now = System.nanoTime();
                if (failure == null && status < CLIENT_ERROR) {
                    for (var disk : read(body).path("Disks").path("Disk")) {
                        Integer known = asked.get(disk.path("DiskId").asText());
                        if (known != null && !disk.path("Status").asText().equals("Detaching")) isOver(known, now);
                    }
                }
                long again = now + workload.pollEvery().toNanos();
                for (int disk : asked.values()) if (detaching.containsKey(disk)) toPoll.add(new long[] {disk, again});
            }
        });
    }

    private void isOver(int disk, long now) {
        var planned = detaching.remove(disk);
        if (planned == null) return;
        lastAvailable = Math.max(lastAvailable, now);
        tally.detached(now - planned);
    }

    private void everySecond() {
        if (ended != 0) return;
        say.accept(Summary.second(tally.endSecond(detaching.size(), startMillis)));
        calls.giveUp(System.nanoTime());
        polls.giveUp(System.nanoTime());
    }

    /** Whether there is something to ask for, and whether all is over. */
    private void look() {
        if (ended != 0) return;
        poll();
        long now = System.nanoTime();
        boolean allAnswered = cursor == plan.size() && answered == sent && answered + dropped >= plan.size();
        if (allAnswered && plannedOver == 0) plannedOver = now;
        boolean settled = allAnswered
                && (detaching.isEmpty() || now - plannedOver > workload.settle().toNanos());
        if (!settled && !stopped) return;
        calls.close();
        ended = now;
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuAtStart;
        tally.endSecond(detaching.size(), startMillis);
        polls.close();
        over.countDown();
    }

    private Door.Request signed(String action, Map<String, String> parameters) {
        var signed = signer.sign(action, parameters, target.getAuthority(), Instant.now(), noncePrefix + nonces++);
        return new Door.Request(signed.query(), signed.headers());
    }

    private static @Nullable String error(int status, byte[] body) {
        if (status < CLIENT_ERROR) return null;
        String code = read(body).path("Code").asText();
        return code.isEmpty() ? "HTTP " + status : code;
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    /** What must hold whatever the weather was, looked at from the outside. */
    static List<Report.Invariant> audit(String[] diskIds, Ran ran, Inventory before, Inventory after) {
        var lost = new Broken();
        var twice = new Broken();
        var notEnded = new Broken();
        var notAttached = new Broken();
        long detaches = 0;
        long attaches = 0;
        for (String id : before.disks().keySet()) if (!after.disks().containsKey(id)) lost.add(id);
        after.disks().forEach((id, disk) -> {
            if (disk.attachments() > 1) twice.add(id);
        });
        for (int disk = 0; disk < diskIds.length; disk++) {
            var entry = after.disks().get(diskIds[disk]);
            if (ran.acceptedDetach()[disk]) {
                detaches++;
                if (entry == null
                        || !entry.status().equals("Available")
                        || !entry.instanceId().isEmpty()) {
                    notEnded.add(diskIds[disk]);
                }
            }
            if (ran.acceptedAttach()[disk]) {
                attaches++;
                if (entry == null || entry.instanceId().isEmpty()) notAttached.add(diskIds[disk]);
            }
        }
        return List.of(
                lost.of("no disk is lost", before.disks().size()),
                twice.of("no disk is on two instances", after.disks().size()),
                notEnded.of("every detach that was accepted has ended", detaches),
                notAttached.of("every attach that was accepted is seen", attaches));
    }

    private static final class Broken {
        private static final int SHOWN = 5;
        private final ArrayDeque<String> examples = new ArrayDeque<>();
        private long count;

        void add(String id) {
            count++;
            if (examples.size() < SHOWN) examples.add(id);
        }

        Report.Invariant of(String promise, long checked) {
            return new Report.Invariant(promise, checked, count, List.copyOf(examples));
        }
    }
}
