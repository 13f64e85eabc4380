package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.journal.Recorded;
import dev.moorage.view.Audit;
import dev.moorage.view.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some hundred calls by chance, several at a time, over few disks and instances. The seed fixes the calls; how those
 * that are under way together meet is left to the actors.
 */
@Timeout(120)
class ReplayTest {
    private static final int STEPS = 250;
    private static final int STEPS_PER_LIFE = 80;
    private static final List<String> DEVICES = List.of("", "", "/dev/xvdb", "/dev/xvdc", "/dev/xvdd");

    private Random random = new Random(0);
    private Cloud cloud = new Cloud(random);
    private final List<DiskId> disks = new ArrayList<>();
    private final List<InstanceId> instances = new ArrayList<>();

    static List<Long> seeds() {
        var seed = Long.getLong("moorage.seed");
        return seed == null ? List.of(1L, 20_260_102L) : List.of(seed);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theReplayedWorldEqualsTheLiveOneAfterEveryStep(long seed) {
        cloud.close();
        random = new Random(seed);
        cloud = new Cloud(random);
        for (int step = 1; step <= STEPS; step++) {
            String where = "step " + step + ", seed " + seed;
            step();
            if (step % STEPS_PER_LIFE == 0) cloud.restart();
            // What the calls set going among the actors may still be on its way.
            await(where)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertSame(where, cloud.replayed(), cloud.world()));
            assertThat(doublyTaken(cloud.world())).as(where).isEmpty();
        }

        cloud.settle();
        String end = "the end, seed " + seed;
        assertSame(end, cloud.replayed(), cloud.world());
        assertSlotsAreAttachments(end);
        assertHistoriesAreSound(end);
        assertThat(findings()).as(end).isEmpty();
    }

    private List<Audit.Finding> findings() {
        var findings = new ArrayList<Audit.Finding>();
        var audit = new Audit(findings::add);
        for (var recorded : cloud.history()) {
            audit.apply(recorded.offset(), recorded.entity(), recorded.sequenceNr(), recorded.event());
        }
        audit.finish();
        return findings;
    }

    private void step() {
        var answers = new ArrayList<CompletableFuture<?>>();
        int calls = 1 + random.nextInt(4);
        for (int i = 0; i < calls; i++) answers.add(callByChance().thenAccept(this::remember));
        answers.forEach(Cloud::wait);
        if (random.nextInt(3) == 0) cloud.advance(Duration.ofMillis(random.nextInt(30_000)));
    }

    private CompletableFuture<Outcome> callByChance() {
        int dice = random.nextInt(100);
        if (disks.size() < 4 || dice < 8) return createDisk();
        if (instances.size() < 2 || dice < 12) return runInstances();
        if (dice < 45) return attach();
        if (dice < 78) return detach();
        if (dice < 82) return cloud.begin("DeleteDisk", "DiskId", one(disks).value());
        if (dice < 88)
            return cloud.begin("StopInstance", "InstanceId", one(instances).value());
        if (dice < 93)
            return cloud.begin("StartInstance", "InstanceId", one(instances).value());
        if (dice < 95)
            return cloud.begin("RebootInstance", "InstanceId", one(instances).value());
        if (dice < 97) {
            return cloud.begin("ReplaceSystemDisk", "InstanceId", one(instances).value(), "ImageId", "m-2");
        }
        return cloud.begin("DeleteInstance", "InstanceId", one(instances).value(), "Force", aFlag());
    }

    private CompletableFuture<Outcome> createDisk() {
        return cloud.begin("CreateDisk", "RegionId", Cloud.REGION, "ZoneId", Cloud.ZONE, "Size", "100");
    }

    private CompletableFuture<Outcome> runInstances() {
        return cloud.begin(
                "RunInstances",
                "RegionId",
                Cloud.REGION,
                "ImageId",
                "m-1",
                "InstanceType",
                "ecs.g5.large",
                "DataDisk.1.Size",
                "100",
                "DataDisk.1.DeleteWithInstance",
                aFlag());
    }

    private CompletableFuture<Outcome> attach() {
        return cloud.begin(
                "AttachDisk",
                "InstanceId",
                one(instances).value(),
                "DiskId",
                one(disks).value(),
                "Device",
                one(DEVICES),
                "DeleteWithInstance",
                aFlag());
    }

    private CompletableFuture<Outcome> detach() {
        var disk = one(disks);
        var known = cloud.world().disk(disk);
        var attachment = known == null ? null : known.attachment();
        var instance = attachment == null || random.nextInt(5) == 0 ? one(instances) : attachment.instanceId();
        return cloud.begin("DetachDisk", "InstanceId", instance.value(), "DiskId", disk.value());
    }

    private String aFlag() {
        return String.valueOf(random.nextBoolean());
    }

    /** Lately made things are more likely: what was made long ago is often gone. */
    private <T> T one(List<T> of) {
        int recent = Math.min(of.size(), 8);
        return of.get(of.size() - 1 - random.nextInt(recent));
    }

    private synchronized void remember(Outcome outcome) {
        if (!(outcome instanceof Outcome.Success made)) return;
        String disk = made.body().path("DiskId").asText();
        if (!disk.isEmpty()) disks.add(new DiskId(disk));
        for (var id : made.body().at("/InstanceIdSets/InstanceIdSet")) {
            var instance = new InstanceId(id.asText());
            instances.add(instance);
            var known = cloud.world().instance(instance);
            if (known != null) known.slots().forEach(slot -> disks.add(slot.diskId()));
        }
    }

    private static void assertSame(String where, World replayed, World live) {
        assertThat(disksIn(live)).as(where).isEqualTo(disksIn(replayed));
        assertThat(instancesIn(live)).as(where).isEqualTo(instancesIn(replayed));
        assertThat(live.offset()).as(where).isEqualTo(replayed.offset());
        assertThat(live.diskCount()).as(where).isEqualTo(replayed.diskCount());
        assertThat(live.instanceCount()).as(where).isEqualTo(replayed.instanceCount());
    }

    private static Map<DiskId, Disk> disksIn(World world) {
        var disks = new TreeMap<DiskId, Disk>();
        world.disks().forEach(disk -> disks.put(disk.id(), disk));
        return disks;
    }

    private static Map<InstanceId, Instance> instancesIn(World world) {
        var instances = new TreeMap<InstanceId, Instance>();
        world.instances().forEach(instance -> instances.put(instance.id(), instance));
        return instances;
    }

    /** Devices that more than one disk says it has. */
    private static Set<String> doublyTaken(World world) {
        var taken = new LinkedHashSet<String>();
        var twice = new LinkedHashSet<String>();
        world.disks().map(Disk::attachment).forEach(attachment -> {
            if (attachment == null) return;
            String place = attachment.instanceId() + " " + attachment.device();
            if (!taken.add(place)) twice.add(place);
        });
        return twice;
    }

    private void assertSlotsAreAttachments(String where) {
        var attached = new TreeMap<DiskId, Attachment>();
        cloud.world().disks().forEach(disk -> {
            if (disk.attachment() != null) attached.put(disk.id(), disk.attachment());
        });
        var kept = new TreeMap<DiskId, Attachment>();
        cloud.world()
                .instances()
                .forEach(instance -> instance.slots().forEach(slot -> {
                    var attachment = new Attachment(instance.id(), slot.device(), slot.reservation());
                    assertThat(kept.put(slot.diskId(), attachment))
                            .as("the other slot of %s, %s", slot.diskId(), where)
                            .isNull();
                }));
        assertThat(kept).as(where).isEqualTo(attached);
    }

    private void assertHistoriesAreSound(String where) {
        var histories = new HashMap<EntityId, List<Event>>();
        long offset = 0;
        for (var recorded : cloud.history()) {
            assertThat(recorded.offset()).as(where).isEqualTo(offset++);
            var history = histories.computeIfAbsent(recorded.entity(), id -> new ArrayList<>());
            history.add(recorded.event());
            assertThat(recorded.sequenceNr()).as("%s, %s", recorded, where).isEqualTo(history.size());
            assertThat(isBirth(recorded)).as("%s, %s", recorded, where).isEqualTo(history.size() == 1);
        }
        histories.forEach((id, history) -> {
            if (id instanceof DiskId)
                assertThat(isLegal(history)).as("%s, %s", history, where).isTrue();
        });
        assertThat(histories).as(where).hasSizeGreaterThan(10);
    }

    private static boolean isBirth(Recorded recorded) {
        return recorded.event() instanceof DiskEvent.Creating || recorded.event() instanceof InstanceEvent.Creating;
    }

    /** Every slow change ends once, by itself or because its instance is released; and time does not run back. */
    private static boolean isLegal(List<Event> history) {
        for (int i = 1; i < history.size(); i++) {
            if (!mayFollow(history.get(i - 1), history.get(i))) return false;
            if (history.get(i).story().at().isBefore(history.get(i - 1).story().at())) return false;
        }
        return true;
    }

    private static boolean mayFollow(Event before, Event next) {
        // Released with its instance, or left behind by it.
        boolean letGo = next instanceof DiskEvent.Released || next instanceof DiskEvent.Outlived;
        if (before instanceof DiskEvent.Creating) return next instanceof DiskEvent.Created || letGo;
        if (before instanceof DiskEvent.Attaching) return next instanceof DiskEvent.Attached || letGo;
        if (before instanceof DiskEvent.Attached) return next instanceof DiskEvent.Detaching || letGo;
        if (before instanceof DiskEvent.Detaching) return next instanceof DiskEvent.Detached;
        if (before instanceof DiskEvent.Detached || before instanceof DiskEvent.Outlived) {
            return next instanceof DiskEvent.Attaching || next instanceof DiskEvent.Released;
        }
        if (before instanceof DiskEvent.Released) return false;
        // Created on its instance or on none.
        return next instanceof DiskEvent.Attaching || next instanceof DiskEvent.Detaching || letGo;
    }
}
