package dev.moorage.simulation;

import dev.moorage.domain.DiskType;
import dev.moorage.journal.Storage;
import dev.moorage.load.Audit;
import dev.moorage.load.Client;
import dev.moorage.load.Driver;
import dev.moorage.load.Findings;
import dev.moorage.load.Inventory;
import dev.moorage.load.Live;
import dev.moorage.load.Loop;
import dev.moorage.load.NotRun;
import dev.moorage.load.Plan;
import dev.moorage.load.Report;
import dev.moorage.load.Stage;
import dev.moorage.load.Tally;
import dev.moorage.load.Workload;
import dev.moorage.view.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A workload's run on one life of the server, in which nothing fails but what its rules let fail. */
public final class Simulation {
    private static final String REGION = "cn-hangzhou";
    private static final int LARGE = 4_096;

    /**
     * How far it has come, and what it has cost.
     *
     * @param simulatedSeconds since the first call
     * @param bytes of keys and values in the journal
     */
    public record Cost(double simulatedSeconds, long events, long bytes) {}

    /**
     * A run that is over.
     *
     * @param hash of all that was written to the journal, in its order
     */
    public record Simulated(Report report, Cost cost, String hash) {}

    private final Workload workload;
    private final Client client;
    private final long seed;
    private final Platter platter = new Platter();
    private final VirtualTime time = new VirtualTime(Cloud.BEGINNING, null);
    private final Life life;
    private long events;

    /** Starts the server with its fleet. */
    public Simulation(Cloud cloud, Workload workload, Client client, long seed) {
        this.workload = workload;
        this.client = client;
        this.seed = seed;
        var chance = new Chance(seed);
        this.life = Life.begin(
                cloud.drawing(chance.of("durations").nextLong()),
                platter,
                new Fair(chance.of("device")),
                time,
                chance,
                (recorded, world) -> events++);
    }

    /**
     * Runs it.
     *
     * @param until simulated time after which it is stopped, from its beginning; null for its own end
     * @param live told of each simulated second
     */
    public Simulated run(@Nullable Duration until, Live live) {
        time.runReady();
        var chance = new Chance(seed).fork("load");
        var before = inventory(life.world());
        var stage = Stage.of(before, REGION);
        if (stage.diskIds().length == 0) throw new NotRun("The fleet has no data disk on an instance");
        var plan = Plan.of(workload, seed, stage.isAttached());
        if (plan.size() == 0) throw new NotRun("The workload plans no call on these disks");
        var tally = new Tally(null);
        boolean[] isOver = {false};
        var driver = new Driver(
                workload,
                plan,
                client,
                stage,
                tally,
                live,
                new OfVirtualTime(time),
                new VirtualLine(life.front(), time, chance.of("calls"), workload.connections()),
                new VirtualLine(life.front(), time, chance.of("polls"), Driver.POLL_CONNECTIONS),
                () -> isOver[0] = true);
        driver.start();
        if (until != null) time.schedule(until.toNanos(), driver::stop);
        while (!isOver[0] && time.turn(Long.MAX_VALUE)) {}
        time.check();
        if (!isOver[0]) throw new IllegalStateException("Nothing is left to be done, and the run is not over");
        var ran = driver.ran();
        var report = new Findings(
                        workload,
                        seed,
                        plan,
                        "virtual time",
                        client,
                        "none",
                        stage,
                        Cloud.BEGINNING.toString(),
                        ran,
                        tally,
                        Audit.of(stage, ran, before, inventory(life.world())),
                        null)
                .report();
        return new Simulated(report, cost(), platter.hash());
    }

    /** How far it has come. On the thread of the run. */
    public Cost cost() {
        return new Cost(time.seconds(), events, platter.bytes());
    }

    /** Writes the journal to a device that stays. */
    public void copyTo(Storage storage) {
        var batch = new ArrayList<Storage.Pair>();
        platter.all((key, value) -> {
            batch.add(new Storage.Pair(key, value));
            if (batch.size() == LARGE) write(batch, storage);
            return true;
        });
        write(batch, storage);
    }

    private static void write(List<Storage.Pair> batch, Storage storage) {
        storage.write(new ArrayList<>(batch)).toCompletableFuture().join();
        batch.clear();
    }

    /** The data disks as anybody can see them, without the pages in which a door shows them. */
    private static Inventory inventory(World world) {
        var disks = new LinkedHashMap<String, Inventory.Entry>();
        world.disks()
                .filter(disk -> disk.spec().type() == DiskType.DATA && !disk.isReleased())
                .sorted(Comparator.comparing(disk -> disk.id()))
                .forEach(disk -> disks.put(
                        disk.id().value(),
                        new Inventory.Entry(
                                disk.attachment() == null
                                        ? ""
                                        : disk.attachment().instanceId().value(),
                                disk.status().wire(),
                                disk.mounts().size(),
                                disk.spec().zoneId(),
                                disk.spec().regionId())));
        return new Inventory(disks);
    }

    /** A device on which a write takes half a millisecond, more or less. */
    private record Fair(SplittableRandom chance) implements Device.Weather {
        @Override
        public long nanos() {
            return chance.nextLong(400_000, 600_000);
        }

        @Override
        public Device.Fate fate() {
            return Device.Fate.WRITTEN;
        }
    }

    /** A run's clock. */
    private record OfVirtualTime(VirtualTime time) implements Loop {
        @Override
        public long nanoTime() {
            return time.nanos();
        }

        @Override
        public long wallMillis() {
            return time.now().toEpochMilli();
        }

        /** Work takes no time here. */
        @Override
        public long cpuNanos() {
            return 0;
        }

        @Override
        public void later(long nanos, Runnable what) {
            if (nanos <= 0) time.execute(what);
            else time.schedule(nanos, what);
        }
    }
}
