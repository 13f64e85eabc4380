package dev.moorage.simulation;

import com.typesafe.config.ConfigFactory;
import dev.moorage.action.Actions;
import dev.moorage.actor.ControlsChange;
import dev.moorage.contract.AnyError;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Story;
import dev.moorage.fault.RuleText;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A script carried out: several lives of one server, one after the other, and all promises checked meanwhile. */
final class Trial {
    private static final long OUTAGE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMinutes(30).toNanos();
    /** Longer than anything takes, with all that is tried again after a failure. */
    private static final long REST_NANOS = Duration.ofMinutes(15).toNanos();

    /** Far more than there is to do: who takes them all gets nowhere. */
    private static final long MOST_TURNS = 1_000_000;
    /** So many disks most is done to in a narrow trial. */
    private static final int FEW = 3;

    private static final RuleText RULES = new RuleText(Actions.specs().keySet(), new AnyError(Actions.specs()));
    private static final List<String> SOME_RULES = List.of(
            "{ match { actions = [DetachDisk] }, effect { progression = 20s } }",
            "{ match { actions = [DetachDisk] }, effect { progression = immediate } }",
            "{ match { actions = [DetachDisk] }, effect { failsLate = true }, count = 2 }",
            "{ match { actions = [AttachDisk] }, effect { failsLate = true }, count = 2 }",
            "{ match { actions = [DetachDisk] }, effect { error = Throttling }, share = 0.5 }",
            "{ match { actions = [AttachDisk] }, effect { latency = 2s } }",
            "{ match { actions = [DetachDisk] }, effect { answer = lost }, count = 2 }",
            "{ match { actions = [DetachDisk] }, effect { beforehand = [\"StopInstance InstanceId={instanceId}\"] },"
                    + " count = 1 }",
            "{ match { actions = [AttachDisk] }, effect { beforehand = [\"DetachDisk InstanceId={instanceId}"
                    + " DiskId={diskId}\"] }, count = 1 }",
            "{ match { actions = [CreateDisk] }, effect { progression = 10s } }");
    private static final List<String> DEVICES = List.of("", "", "/dev/xvdb", "/dev/xvdc");

    /** What came of it. */
    record Result(int lives, long events, int acknowledged, int refused) {}

    private final Cloud cloud;
    private final Script script;
    private final Chance chance;
    private final Platter platter = new Platter();
    private final Promises promises;
    private final List<String> diskIds = new ArrayList<>();
    private final List<String> instanceIds = new ArrayList<>();
    private final Map<String, String> byToken = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    /** Much is done to few disks: to the last ones that can be on several instances, as soon as there is one. */
    private final boolean isNarrow;

    private final List<String> sharedIds = new ArrayList<>();
    /** Which deeds; those of one moment have no order. */
    private final BitSet done = new BitSet();

    /** Of this life's calls, so many. */
    private int unanswered;

    private int lives;
    private int acknowledged;
    private int refused;

    Trial(Cloud cloud, Script script) {
        this.promises = new Promises(cloud.compatibility());
        this.script = script;
        this.chance = new Chance(script.seed());
        this.cloud = cloud.drawing(chance.of("durations").nextLong());
        this.isNarrow = chance.of("narrow").nextInt(3) == 0;
        for (var together : cloud.births()) {
            for (var fact : together) {
                if (fact.entity() instanceof DiskId disk) diskIds.add(disk.value());
                if (fact.entity() instanceof InstanceId instance) instanceIds.add(instance.value());
            }
        }
    }

    /**
     * Carries it out.
     *
     * @throws Broken if a promise is
     */
    void run() {
        try {
            var now = Cloud.BEGINNING;
            for (var crash : script.crashes()) now = life(now, crash).plusNanos(OUTAGE_NANOS);
            life(now, null);
        } catch (JournalDamaged e) {
            throw new Broken(Promise.UNBROKEN, null, String.valueOf(e.getMessage()));
        }
    }

    Result result() {
        return new Result(lives, promises.events(), acknowledged, refused);
    }

    /** Returns when it was over. */
    private Instant life(Instant start, Script.@Nullable Crash crash) {
        var fork = chance.fork("life " + lives++);
        var time = new VirtualTime(start, fork.of("order"));
        var weather = new Squalls(fork.of("weather"), crash);
        var life = Life.begin(
                cloud,
                platter,
                weather,
                time,
                fork,
                (recorded, world) -> watched(time, () -> promises.happened(recorded, world)));
        unanswered = 0;
        long shift = Duration.between(Cloud.BEGINNING, start).toNanos();
        for (int i = done.nextClearBit(0); i < script.deeds().size(); i = done.nextClearBit(i + 1)) {
            int number = i;
            var deed = script.deeds().get(i);
            time.schedule(deed.nanos() - shift, () -> {
                done.set(number);
                carryOut(deed, life);
            });
        }
        run(time, LONGEST_NANOS);
        if (!time.isHalted()) rest(life, weather);
        promises.lifeEnded(new EventStore(new Device(platter, time)), life.world());
        return time.now();
    }

    private static void run(VirtualTime time, long until) {
        for (long turns = 0; time.turn(until); turns++) {
            if (turns == MOST_TURNS) {
                throw new Broken(Promise.COMES_TO_AN_END, null, "at " + time.now() + " it goes on and on");
            }
        }
        time.runUntil(until);
    }

    /** Nothing fails any more, nothing is held up, and there is time for all that is under way. */
    private void rest(Life life, Squalls weather) {
        var time = life.time();
        weather.calm();
        takeRulesAway(life);
        run(time, time.nanos() + REST_NANOS);
        promises.atRest(life.world(), unanswered);
        promises.settled(new EventStore(new Device(platter, time)));
    }

    /** What was done and heard, for people. */
    List<String> told() {
        return told;
    }

    EventStore store() {
        return new EventStore(new Device(platter, new VirtualTime(Cloud.BEGINNING, null)));
    }

    private void carryOut(Deed deed, Life life) {
        String disk = which(deed);
        String instance = instanceIds.get(deed.instance() % instanceIds.size());
        switch (deed.kind()) {
            case ATTACH -> {
                var parameters = new HashMap<>(Map.of("DiskId", disk, "InstanceId", instance));
                String device = DEVICES.get(deed.choice() % DEVICES.size());
                if (!device.isEmpty()) parameters.put("Device", device);
                if (deed.choice() % 5 == 0) parameters.put("DeleteWithInstance", "true");
                call(life, "AttachDisk", true, parameters);
            }
            case DETACH ->
                call(
                        life,
                        "DetachDisk",
                        true,
                        Map.of("DiskId", disk, "InstanceId", whereIs(disk, instance, deed, life)));
            case DESCRIBE ->
                call(life, "DescribeDisks", false, Map.of("RegionId", "cn-hangzhou", "DiskIds", "[\"" + disk + "\"]"));
            case CREATE -> create(life, deed, "");
            case CREATE_BY_TOKEN -> create(life, deed, "token-" + deed.choice() % 3);
            case CREATE_ON_INSTANCE ->
                make(
                        life,
                        new HashMap<>(Map.of(
                                "RegionId",
                                "cn-hangzhou",
                                "InstanceId",
                                instance,
                                "DiskCategory",
                                "cloud_essd",
                                "Size",
                                "40")),
                        "");
            case DELETE -> call(life, "DeleteDisk", false, Map.of("DiskId", disk));
            case RESIZE ->
                call(life, "ResizeDisk", true, Map.of("DiskId", disk, "NewSize", String.valueOf(100 + deed.choice())));
            case MODIFY ->
                call(
                        life,
                        "ModifyDiskAttribute",
                        false,
                        Map.of("DiskId", disk, "DeleteWithInstance", String.valueOf(deed.choice() % 2 == 0)));
            case SNAPSHOT -> call(life, "CreateSnapshot", true, Map.of("DiskId", disk));
            case RE_INIT -> call(life, "ReInitDisk", true, Map.of("DiskId", disk));
            case STOP -> call(life, "StopInstance", false, Map.of("InstanceId", instance));
            case START -> call(life, "StartInstance", false, Map.of("InstanceId", instance));
            case REBOOT -> call(life, "RebootInstance", false, Map.of("InstanceId", instance));
            case RELEASE -> call(life, "DeleteInstance", false, Map.of("InstanceId", instance, "Force", "true"));
            case RUN -> run(life);
            case RULE -> rule(life, SOME_RULES.get(deed.choice() % SOME_RULES.size()));
            case NO_RULES -> takeRulesAway(life);
        }
    }

    private String which(Deed deed) {
        if (!isNarrow || deed.kind() == Deed.Kind.DELETE) return diskIds.get(deed.disk() % diskIds.size());
        var ids = sharedIds.isEmpty() ? diskIds : sharedIds;
        return ids.get(ids.size() - 1 - deed.disk() % Math.min(FEW, ids.size()));
    }

    /** Mostly where it is. */
    private static String whereIs(String disk, String otherwise, Deed deed, Life life) {
        var there = life.world().disk(new DiskId(disk));
        if (there == null || there.mounts().isEmpty() || deed.choice() % 6 == 0) return otherwise;
        var mount = there.mounts().get(deed.choice() % there.mounts().size());
        return mount.attachment().instanceId().value();
    }

    private void create(Life life, Deed deed, String token) {
        var parameters = new HashMap<>(Map.of(
                "RegionId", "cn-hangzhou", "ZoneId", "cn-hangzhou-b", "DiskCategory", "cloud_essd", "Size", "40"));
        boolean isShared = token.isEmpty() && (isNarrow ? deed.choice() % 4 > 0 : deed.choice() % 3 == 0);
        if (isShared) parameters.put("MultiAttach", "Enabled");
        make(life, parameters, token);
    }

    private void make(Life life, Map<String, String> parameters, String token) {
        if (!token.isEmpty()) parameters.put("ClientToken", token);
        call(life, "CreateDisk", token.isEmpty(), parameters, reply -> {
            String made =
                    reply.body() == null ? "" : reply.body().path("DiskId").asText();
            if (made.isEmpty()) return;
            promises.made(made, token);
            if (!token.isEmpty()) {
                String before = byToken.putIfAbsent(token, made);
                if (before != null && !before.equals(made)) {
                    throw new Broken(
                            Promise.NEW_IDS, new DiskId(made), token + " has made both " + before + " and " + made);
                }
            }
            if (!diskIds.contains(made)) diskIds.add(made);
            if (parameters.containsKey("MultiAttach")) sharedIds.add(made);
        });
    }

    private void run(Life life) {
        call(
                life,
                "RunInstances",
                true,
                Map.of(
                        "RegionId", "cn-hangzhou",
                        "ImageId", "m-1",
                        "InstanceType", "ecs.g7.large",
                        "Amount", "2",
                        "DataDisk.1.Size", "40",
                        "DataDisk.1.Category", "cloud_essd"),
                reply -> {
                    if (reply.body() == null) return;
                    for (var id : reply.body().path("InstanceIdSets").path("InstanceIdSet"))
                        instanceIds.add(id.asText());
                });
    }

    /** Those who call this catch what is thrown. */
    private static void watched(VirtualTime time, Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            time.fail(e);
        }
    }

    private void call(Life life, String action, boolean leavesAnEvent, Map<String, String> parameters) {
        call(life, action, leavesAnEvent, parameters, reply -> {});
    }

    private void call(
            Life life,
            String action,
            boolean leavesAnEvent,
            Map<String, String> parameters,
            Consumer<Front.Reply> then) {
        unanswered++;
        String[] requestId = {""};
        requestId[0] = life.front()
                .call(
                        action,
                        parameters,
                        reply -> watched(life.time(), () -> {
                            unanswered--;
                            tell(
                                    life,
                                    reply.requestId() + " "
                                            + (reply.isLost()
                                                    ? "is not heard of"
                                                    : reply.isGood() ? "done" : reply.code()));
                            if (reply.isLost()) return;
                            promises.answered(action, leavesAnEvent, reply, life.world());
                            if (reply.isGood()) acknowledged++;
                            else refused++;
                            then.accept(reply);
                        }));
        tell(life, requestId[0] + " " + action + " " + new TreeMap<>(parameters));
    }

    private void tell(Life life, String what) {
        told.add(life.time().now() + " life " + lives + " " + what);
    }

    private void rule(Life life, String text) {
        var rule = RULES.read(ConfigFactory.parseString(text), life.time().now());
        tell(life, "rule " + text);
        control(
                life,
                (controls, story, real) -> ControlsChange.accept(
                        new ControlsEvent.RuleAdded(story, rule.of(controls.nextId("rule"), ""))));
    }

    private void takeRulesAway(Life life) {
        tell(life, "no rules");
        control(
                life,
                (controls, story, real) -> new ControlsChange.Accepted(controls.rules().stream()
                        .<ControlsEvent>map(rule -> new ControlsEvent.RuleRemoved(story, rule.id()))
                        .toList()));
    }

    private static void control(Life life, ControlsChange change) {
        var story = new Story("", "operator", "Rule", life.time().now());
        var unused = life.ecs().control(change, story);
    }

    /** The weather of a life. */
    private static final class Squalls implements Device.Weather {
        private final SplittableRandom chance;
        private final Script.@Nullable Crash crash;
        private final int worst;
        private final int failures;
        private int batches;
        private boolean hasFailed;
        private boolean calm;

        Squalls(SplittableRandom chance, Script.@Nullable Crash crash) {
            this.chance = chance;
            this.crash = crash;
            this.worst = chance.nextInt(4) == 0 ? 3_000_000 : 500_000;
            this.failures = chance.nextInt(4) == 0 ? 20 : 0;
        }

        void calm() {
            calm = true;
        }

        @Override
        public long nanos() {
            return 100_000L + chance.nextInt(worst);
        }

        @Override
        public Device.Fate fate() {
            if (calm) return Device.Fate.WRITTEN;
            if (crash != null && batches++ >= crash.batches()) {
                return crash.isAfter() ? Device.Fate.CRASH_AFTER : Device.Fate.CRASH_BEFORE;
            }
            if (failures == 0) return Device.Fate.WRITTEN;
            // One failure seldom comes alone.
            hasFailed = chance.nextInt(hasFailed ? 2 : failures) == 0;
            if (!hasFailed) return Device.Fate.WRITTEN;
            return chance.nextBoolean() ? Device.Fate.FAILED : Device.Fate.FAILED_LATE;
        }
    }
}
