package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import dev.moorage.SteppedClock;
import dev.moorage.action.Actions;
import dev.moorage.action.Change;
import dev.moorage.action.Compatibility;
import dev.moorage.action.Durations;
import dev.moorage.action.Ids;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Caller;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ClockSetting;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.Slot;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Journal;
import dev.moorage.journal.JournalSetup;
import dev.moorage.journal.MemoryStorage;
import dev.moorage.journal.Recorded;
import dev.moorage.journal.Storage;
import dev.moorage.view.World;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The actors over a journal in memory, with a clock that the test moves; and verbs for tests without actors. */
final class Cloud implements AutoCloseable {
    static final String REGION = "cn-hangzhou";
    static final String ZONE = "cn-hangzhou-b";
    static final Caller CALLER = new Caller("default", "testid");
    static final Durations DURATIONS = Durations.fixed(Map.ofEntries(
            Map.entry("CreateDisk", Duration.ofSeconds(1)),
            Map.entry("AttachDisk", Duration.ofSeconds(2)),
            Map.entry("DetachDisk", Duration.ofSeconds(60)),
            Map.entry("RunInstances", Duration.ofSeconds(3)),
            Map.entry("StartInstance", Duration.ofSeconds(4)),
            Map.entry("StopInstance", Duration.ofSeconds(5)),
            Map.entry("ReInitDisk", Duration.ofSeconds(6)),
            Map.entry("ResetDisk", Duration.ofSeconds(7)),
            Map.entry("ModifyDiskSpec", Duration.ofSeconds(8)),
            Map.entry("CreateSnapshot", Duration.ofSeconds(9)),
            Map.entry("CreateInstance", Duration.ofSeconds(10)),
            Map.entry("RebootInstance", Duration.ofSeconds(11)),
            Map.entry("ReplaceSystemDisk", Duration.ofSeconds(12))));

    private static final Clock WALL_CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FragileStorage storage = new FragileStorage();
    private final SteppedClock clock = new SteppedClock();
    private final Random random;
    private Life life;
    private int calls;

    /** From one start of the actors to their end. */
    private record Life(World world, Ecs ecs) {}

    /** New ids come from {@code random}. */
    Cloud(Random random) {
        this.random = random;
        this.life = begin();
    }

    static Call request(String requestId, String action, String... arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) values.put(arguments[i], arguments[i + 1]);
        var spec = Actions.specs().get(action);
        if (spec == null) throw new IllegalArgumentException(action);
        return new Call(spec, Arguments.of(values), requestId, CALLER, "127.0.0.1:8642");
    }

    static Change verb(String requestId, String action, String... arguments) {
        return (Change) Actions.of(
                request(requestId, action, arguments),
                new Ids(new Random(1), id -> Optional.empty(), Clock.systemUTC()));
    }

    /** The code of a rejection, or OK. */
    static String code(Outcome outcome) {
        return outcome instanceof Rejection no ? no.code().wire() : "OK";
    }

    /** Simulated time that is the time of another clock. */
    static SimulatedClock clock(Clock clock) {
        return new SimulatedClock(clock, ClockSetting.REAL);
    }

    static Environment environment(World world, Clock clock, Supplier<Optional<Rejection>> obstacle) {
        return new Environment(
                world, clock(clock), DURATIONS, Compatibility.Y2018, true, Duration.ofHours(1), obstacle);
    }

    static Environment environment(World world, Clock clock) {
        return environment(world, clock, Optional::empty);
    }

    /** Whether the journal's device takes anything. */
    void setWriting(boolean writes) {
        storage.writes = writes;
    }

    /** That the alarm is set, whatever else it is told before. */
    static void expectArm(TestProbe<Alarm.Command> alarm, Alarm.Arm arm) {
        alarm.fishForMessage(
                        Duration.ofSeconds(3),
                        message -> message instanceof Alarm.Arm
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore())
                .forEach(message -> assertThat(message).isEqualTo(arm));
    }

    /** That nothing has set the alarm again. */
    static void expectNoArm(TestProbe<Alarm.Command> alarm) {
        // What was told before comes before.
        alarm.ref().tell(Alarm.Look.LOOK);
        alarm.fishForMessage(Duration.ofSeconds(3), message -> {
            if (message instanceof Alarm.Arm) return FishingOutcomes.fail("Unexpected: " + message);
            return message == Alarm.Look.LOOK ? FishingOutcomes.complete() : FishingOutcomes.continueAndIgnore();
        });
    }

    /** Does not write the next batch in which there is something of this disk. */
    void failOnce(DiskId id) {
        storage.victim = "Disk|" + id;
    }

    boolean hasFailed() {
        return storage.victim.isEmpty();
    }

    /** Memory that fails when it is told to. */
    private static final class FragileStorage implements Storage {
        private final MemoryStorage kept = new MemoryStorage();
        private volatile String victim = "";
        private volatile boolean writes = true;

        @Override
        public CompletionStage<Void> write(List<Pair> batch) {
            if (!writes) return CompletableFuture.failedFuture(new IllegalStateException("The device is full"));
            if (victim.isEmpty() || batch.stream().noneMatch(this::isOfVictim)) return kept.write(batch);
            victim = "";
            return CompletableFuture.failedFuture(new IllegalStateException("The device fails, as it was told to"));
        }

        private boolean isOfVictim(Storage.Pair pair) {
            return new String(pair.key(), StandardCharsets.ISO_8859_1).contains(victim + '\0');
        }

        @Override
        public void scan(byte[] from, byte[] to, Visitor visitor) {
            kept.scan(from, to, visitor);
        }

        @Override
        public byte[] get(byte[] key) {
            return kept.get(key);
        }

        @Override
        public String description() {
            return kept.description();
        }

        @Override
        public void close() {}
    }

    private Life begin() {
        var world = new World();
        var store = new EventStore(storage);
        history().forEach(recorded -> apply(recorded, world));
        var journal = new Journal(store, WALL_CLOCK, recorded -> apply(recorded, world));
        Supplier<Optional<Rejection>> obstacle =
                () -> Optional.ofNullable(journal.obstacle()).map(failure -> Rejection.of(ErrorCode.INTERNAL_ERROR));
        var environment = environment(world, clock, obstacle);
        var ecs = Ecs.start(ConfigFactory.load("server"), environment, new JournalSetup(journal), random);
        return new Life(world, ecs);
    }

    private void end() {
        life.ecs().system().terminate();
        wait(life.ecs().system().getWhenTerminated().toCompletableFuture());
    }

    /** Ends the actors, and starts others over the same journal. */
    void restart() {
        end();
        life = begin();
    }

    /** Calls without waiting. The request id is the number of the call. */
    CompletableFuture<Outcome> begin(String action, String... arguments) {
        calls++;
        return life.ecs().execute(request("R-" + calls, action, arguments)).toCompletableFuture();
    }

    Outcome call(String action, String... arguments) {
        return wait(begin(action, arguments));
    }

    static <T> T wait(CompletableFuture<T> stage) {
        return stage.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void advance(Duration by) {
        clock.advance(by);
        life.ecs().lookAtClock();
    }

    /** Moves time until nothing is under way, and every device that is kept for a disk is held by it. */
    void settle() {
        await().pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(() -> {
            advance(Duration.ofMinutes(2));
            // The devices first: a disk that is not there yet begins its transition when it comes.
            return world().instances()
                            .allMatch(instance -> instance.leaving().isEmpty()
                                    && instance.slots().stream().allMatch(this::isHeld))
                    && world().instances().noneMatch(Instance::isInTransition)
                    && world().disks().allMatch(disk -> disk.transition() == null);
        });
    }

    private boolean isHeld(Slot slot) {
        var disk = world().disk(slot.diskId());
        return disk != null && disk.holds(slot.reservation());
    }

    World world() {
        return life.world();
    }

    Ecs ecs() {
        return life.ecs();
    }

    /** All that ever happened. */
    List<Recorded> history() {
        var history = new ArrayList<Recorded>();
        new EventStore(storage)
                .read(0, Long.MAX_VALUE, (offset, value) -> history.add(EventCodec.decode(offset, value)));
        return history;
    }

    private static void apply(Recorded recorded, World world) {
        world.apply(recorded.offset(), recorded.entity(), recorded.event());
    }

    /** The world as the journal's storage tells it. */
    World replayed() {
        var world = new World();
        history().forEach(recorded -> apply(recorded, world));
        return world;
    }

    @Override
    public void close() {
        end();
    }
}
