package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.domain.AccessKey;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.ClientToken;
import dev.moorage.domain.ClockSetting;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.Incident;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Mount;
import dev.moorage.domain.Restoring;
import dev.moorage.domain.Rule;
import dev.moorage.domain.RuleEffect;
import dev.moorage.domain.RuleLimits;
import dev.moorage.domain.RuleMatch;
import dev.moorage.domain.SavedPoint;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Stamp;
import dev.moorage.domain.Story;
import dev.moorage.domain.Tags;
import dev.moorage.domain.Task;
import dev.moorage.domain.Throttling;
import dev.moorage.domain.Transition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The golden lines are the journal of yesterday: a line is added for a new event or a new version of one, and none
 * is ever changed.
 */
class EventCodecTest {
    private static final Instant RECORDED_AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant DUE = Instant.parse("2026-01-02T03:05:05.250Z");

    private static final InstanceId INSTANCE = new InstanceId("i-23jggx34b");
    private static final DiskId DISK = new DiskId("d-23jbf2v5m");
    private static final DiskId SYSTEM_DISK = new DiskId("d-sys1");
    private static final String RESERVATION = "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E";

    private static final Story STORY = new Story("C8B26B44-0189-443E-9816-D951F59623A9", "testid", "DetachDisk", AT);
    private static final Story STAMPED = STORY.stamped(new Stamp("r-1", "stuck-detaching-1", "manual", false));
    private static final ClockSetting CLOCK = new ClockSetting(AT, DUE, 60, true);
    private static final Rule RULE = new Rule(
            "rule-1",
            "",
            new RuleMatch(
                    List.of("Detach*"),
                    List.of("d-1"),
                    List.of("i-1"),
                    "",
                    "zone=a",
                    "",
                    "spare",
                    List.of("cloud_essd"),
                    List.of("default"),
                    List.of("testid"),
                    List.of("In_use"),
                    List.of(),
                    "",
                    5,
                    List.of("Detaching")),
            new RuleEffect(
                    "InternalError",
                    "PT1S",
                    "",
                    false,
                    "",
                    List.of(),
                    List.of("StopInstance InstanceId=i-1"),
                    "",
                    "",
                    "",
                    ""),
            new RuleLimits(0.5, 3, STORY.at(), STORY.at().plusSeconds(60), null));
    private static final Rule FOR_READERS = new Rule(
            "rule-2",
            "",
            new RuleMatch(
                    List.of("Describe*"),
                    List.of(),
                    List.of(),
                    "zone=a",
                    "",
                    "",
                    "",
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of("InstanceId=i-1"),
                    "elsewhere",
                    0,
                    List.of()),
            new RuleEffect("", "", "", false, "", List.of(), List.of(), "3s", "5s", "security", "guest_os_oom"),
            RuleLimits.NONE);
    private static final Attachment ATTACHMENT = new Attachment(INSTANCE, "/dev/xvdb", RESERVATION);
    private static final DiskSpec DISK_SPEC = new DiskSpec(
            "default",
            "cn-hangzhou",
            "cn-hangzhou-b",
            DiskType.DATA,
            "cloud_ssd",
            100,
            "data",
            "für \"Tests\" – 磁盘",
            ChargeType.POST_PAID,
            true,
            false);
    private static final DiskSpec SYSTEM_DISK_SPEC = new DiskSpec(
            "default",
            "cn-hangzhou",
            "cn-hangzhou-b",
            DiskType.SYSTEM,
            "cloud_efficiency",
            40,
            "",
            "",
            ChargeType.PRE_PAID,
            false,
            true);
    private static final InstanceSpec INSTANCE_SPEC = new InstanceSpec(
            "default",
            "cn-hangzhou",
            "cn-hangzhou-b",
            "web",
            "web-1",
            "",
            "ecs.g5.large",
            "m-1",
            "sg-1",
            "vsw-1",
            ChargeType.PRE_PAID,
            true);
    private static final Slot HELD = new Slot(DISK, "/dev/xvdb", RESERVATION, null);
    private static final Slot PLANNED =
            new Slot(SYSTEM_DISK, "/dev/xvda", RESERVATION, new Slot.Plan(SYSTEM_DISK_SPEC, true));

    private static final SortedMap<String, String> TAGS = Tags.of(Map.of("team", "storage", "empty", ""));
    private static final ClientToken TOKEN = new ClientToken("CreateDisk", "token-1", "0123456789abcdef", AT);
    private static final DiskSpec SPECIAL_DISK_SPEC = new DiskSpec(
            "default",
            "cn-hangzhou",
            "cn-hangzhou-b",
            DiskType.DATA,
            "cloud_auto",
            100,
            "data",
            "",
            ChargeType.POST_PAID,
            true,
            false,
            true,
            "PL1",
            1_000,
            true,
            true,
            "key-1",
            true,
            "s-1",
            "m-1",
            "rg-1",
            TAGS);
    private static final InstanceSpec SPECIAL_INSTANCE_SPEC = new InstanceSpec(
            "default",
            "cn-hangzhou",
            "cn-hangzhou-b",
            "web",
            "web-1",
            "",
            "ecs.g5.large",
            "m-1",
            "sg-1",
            "vsw-1",
            ChargeType.POST_PAID,
            false,
            List.of("sg-2"),
            "172.16.0.7",
            "pair",
            "aGk=",
            "role",
            "rg-1",
            "PayByTraffic",
            100,
            5,
            "Standard",
            "NoSpot",
            TAGS);
    private static final Snapshot SNAPSHOT = new Snapshot(
            new SnapshotId("s-1"),
            3,
            "s",
            "before",
            DiskType.DATA,
            100,
            true,
            "key-1",
            7,
            "standard",
            true,
            "rg-1",
            TAGS,
            STORY,
            DUE,
            DUE);

    /** What the golden lines say, line by line. */
    private static final SavedPoint POINT = new SavedPoint(41, AT, 5, 8);

    private static final List<Recorded> HISTORY = history(
            entry(
                    INSTANCE,
                    new InstanceEvent.Provisioned(
                            STORY,
                            new Instance(
                                    INSTANCE,
                                    INSTANCE_SPEC,
                                    InstanceStatus.STOPPING,
                                    List.of(LockReason.values()),
                                    List.of(PLANNED, HELD),
                                    new Transition(DUE, STORY, "Stopping"),
                                    AT,
                                    AT.plusSeconds(1)))),
            entry(
                    INSTANCE,
                    new InstanceEvent.Provisioned(
                            STORY,
                            new Instance(
                                    INSTANCE,
                                    INSTANCE_SPEC,
                                    InstanceStatus.STOPPED,
                                    List.of(),
                                    List.of(),
                                    null,
                                    AT,
                                    null))),
            entry(
                    DISK,
                    new DiskEvent.Provisioned(
                            STORY,
                            new Disk(
                                    DISK,
                                    DISK_SPEC,
                                    DiskStatus.DETACHING,
                                    true,
                                    ATTACHMENT,
                                    new Transition(DUE, STORY, "Detaching"),
                                    AT,
                                    AT.plusSeconds(1),
                                    AT.plusSeconds(2)))),
            entry(
                    DISK,
                    new DiskEvent.Provisioned(
                            STORY, new Disk(DISK, DISK_SPEC, DiskStatus.RELEASED, false, null, null, AT, null, null))),
            entry(INSTANCE, new InstanceEvent.Creating(STORY, INSTANCE, INSTANCE_SPEC, List.of(PLANNED), DUE)),
            entry(DISK, new DiskEvent.Creating(STORY, DISK, DISK_SPEC, true, ATTACHMENT, DUE)),
            entry(DISK, new DiskEvent.Creating(STORY, DISK, DISK_SPEC, false, null, DUE)),
            entry(DISK, new DiskEvent.Created(STORY)),
            entry(INSTANCE, new InstanceEvent.Starting(STORY, DUE)),
            entry(INSTANCE, new InstanceEvent.Started(STORY)),
            entry(INSTANCE, new InstanceEvent.Stopping(STORY, DUE)),
            entry(INSTANCE, new InstanceEvent.Stopped(STORY)),
            entry(INSTANCE, new InstanceEvent.SlotReserved(STORY, DISK, "/dev/xvdb")),
            entry(DISK, new DiskEvent.Attaching(STORY, ATTACHMENT, true, DUE)),
            entry(DISK, new DiskEvent.Attached(STORY)),
            entry(DISK, new DiskEvent.Detaching(STORY, true, DUE)),
            entry(DISK, new DiskEvent.Detached(STORY, false)),
            entry(INSTANCE, new InstanceEvent.SlotFreed(STORY, DISK, RESERVATION)),
            entry(DISK, new DiskEvent.ReInited(STORY)),
            entry(DISK, new DiskEvent.Outlived(STORY)),
            entry(DISK, new DiskEvent.Released(STORY)),
            entry(INSTANCE, new InstanceEvent.Released(STORY)),
            entry(SYSTEM_DISK, provisioned(DiskStatus.CREATING)),
            entry(SYSTEM_DISK, provisioned(DiskStatus.AVAILABLE)),
            entry(SYSTEM_DISK, provisioned(DiskStatus.ATTACHING)),
            entry(SYSTEM_DISK, provisioned(DiskStatus.IN_USE)),
            entry(SYSTEM_DISK, provisioned(DiskStatus.RE_INITING)),
            entry(INSTANCE, provisioned(InstanceStatus.PENDING)),
            entry(INSTANCE, provisioned(InstanceStatus.STARTING)),
            entry(INSTANCE, provisioned(InstanceStatus.RUNNING)),
            entry(INSTANCE, provisioned(InstanceStatus.RELEASED)),
            entry(
                    DISK,
                    new DiskEvent.Provisioned(
                            STORY,
                            new Disk(
                                    DISK,
                                    SPECIAL_DISK_SPEC,
                                    DiskStatus.AVAILABLE,
                                    false,
                                    null,
                                    null,
                                    AT,
                                    null,
                                    null,
                                    List.of(SNAPSHOT),
                                    3,
                                    List.of(new Task("t-1", "cloud_essd", "PL2", 0, STORY, DUE, AT.plusSeconds(9))),
                                    List.of(TOKEN),
                                    List.of(),
                                    null,
                                    List.of()))),
            entry(
                    INSTANCE,
                    new InstanceEvent.Provisioned(
                            STORY,
                            new Instance(
                                    INSTANCE,
                                    SPECIAL_INSTANCE_SPEC,
                                    InstanceStatus.PENDING,
                                    List.of(),
                                    List.of(PLANNED),
                                    null,
                                    AT,
                                    null,
                                    true,
                                    List.of(HELD),
                                    List.of(TOKEN),
                                    false))),
            entry(DISK, new DiskEvent.Creating(STORY, DISK, SPECIAL_DISK_SPEC, false, null, DUE, TOKEN)),
            entry(DISK, new DiskEvent.AttributesModified(STORY, "n", "dd", true, false, true, false)),
            entry(DISK, new DiskEvent.AttributesModified(STORY, null, null, null, null, null, null)),
            entry(DISK, new DiskEvent.Resized(STORY, 200, TOKEN)),
            entry(DISK, new DiskEvent.Resized(STORY, 200, null)),
            entry(DISK, new DiskEvent.ChargeTypeChanged(STORY, ChargeType.PRE_PAID, false, true, TOKEN)),
            entry(DISK, new DiskEvent.ResourceGroupJoined(STORY, "rg-1")),
            entry(DISK, new DiskEvent.Tagged(STORY, TAGS)),
            entry(DISK, new DiskEvent.Untagged(STORY, List.of("team"))),
            entry(DISK, new DiskEvent.ReIniting(STORY, SNAPSHOT.id(), DUE)),
            entry(DISK, new DiskEvent.ReIniting(STORY, null, DUE)),
            entry(DISK, new DiskEvent.SpecChanging(STORY, "t-1", "cloud_essd", "PL2", 0, DUE)),
            entry(DISK, new DiskEvent.SpecChanged(STORY, "t-1")),
            entry(
                    DISK,
                    new DiskEvent.SnapshotCreating(
                            STORY, SNAPSHOT.id(), "s", "before", 7, "standard", true, "rg-1", TAGS, DUE, TOKEN)),
            entry(DISK, new DiskEvent.SnapshotCreated(STORY, SNAPSHOT.id())),
            entry(DISK, new DiskEvent.SnapshotTagged(STORY, SNAPSHOT.id(), TAGS)),
            entry(DISK, new DiskEvent.SnapshotUntagged(STORY, SNAPSHOT.id(), List.of("team"))),
            entry(DISK, new DiskEvent.SnapshotResourceGroupJoined(STORY, SNAPSHOT.id(), "rg-1")),
            entry(DISK, new DiskEvent.SnapshotDeleted(STORY, SNAPSHOT.id())),
            entry(
                    INSTANCE,
                    new InstanceEvent.Creating(
                            STORY, INSTANCE, SPECIAL_INSTANCE_SPEC, List.of(PLANNED), DUE, true, TOKEN)),
            entry(INSTANCE, new InstanceEvent.Created(STORY)),
            entry(INSTANCE, new InstanceEvent.Rebooting(STORY, DUE)),
            entry(
                    INSTANCE,
                    new InstanceEvent.AttributesModified(
                            STORY, "n", "h", "dd", "aGk=", true, "Standard", List.of("sg-1", "sg-2"))),
            entry(INSTANCE, new InstanceEvent.ResourceGroupJoined(STORY, "rg-1")),
            entry(INSTANCE, new InstanceEvent.Tagged(STORY, TAGS)),
            entry(INSTANCE, new InstanceEvent.Untagged(STORY, List.of("team"))),
            entry(INSTANCE, new InstanceEvent.SystemDiskReplaced(STORY, PLANNED, "m-2", TOKEN)),
            entry(INSTANCE, new InstanceEvent.Released(STORY, TOKEN)),
            entry(INSTANCE, new InstanceEvent.Stopping(STORY, DUE, true)),
            entry(
                    INSTANCE,
                    new InstanceEvent.Provisioned(
                            STORY,
                            new Instance(
                                            INSTANCE,
                                            INSTANCE_SPEC,
                                            InstanceStatus.STOPPED,
                                            List.of(),
                                            List.of(HELD),
                                            null,
                                            AT,
                                            null)
                                    .withStopsCharging(true))),
            entry(
                    DISK,
                    new DiskEvent.Provisioned(
                            STORY,
                            new Disk(
                                    DISK,
                                    SPECIAL_DISK_SPEC,
                                    DiskStatus.IN_USE,
                                    false,
                                    ATTACHMENT,
                                    null,
                                    AT,
                                    AT.plusSeconds(1),
                                    null,
                                    List.of(),
                                    0,
                                    List.of(),
                                    List.of(),
                                    List.of(new Mount(
                                            new Attachment(new InstanceId("i-2"), "/dev/xvdc", "R-2"),
                                            AT.plusSeconds(2))),
                                    INSTANCE,
                                    List.of()))),
            entry(DISK, new DiskEvent.Detaching(STORY, false, DUE, INSTANCE)),
            entry(DISK, new DiskEvent.Outlived(STORY, INSTANCE)),
            entry(
                    DISK,
                    new DiskEvent.Provisioned(
                            STORY,
                            new Disk(DISK, DISK_SPEC, DiskStatus.AVAILABLE, false, null, null, AT, null, null)
                                    .withDeletedSnapshots(List.of(SNAPSHOT)))),
            entry(DISK, new DiskEvent.Detaching(STAMPED, false, null)),
            entry(DISK, new DiskEvent.Rescheduled(STORY, DUE, "stuck-detaching-1")),
            entry(DISK, new DiskEvent.Rescheduled(STORY, null, null)),
            entry(DISK, new DiskEvent.DetachFailed(STORY.stamped(new Stamp("r-2", "", "", true)))),
            entry(DISK, new DiskEvent.AttachFailed(STORY)),
            entry(INSTANCE, new InstanceEvent.Rescheduled(STORY, DUE, "stuck-detaching-1")),
            entry(ControlsId.CONTROLS, new ControlsEvent.ClockAdvanced(STORY, 60_000, CLOCK)),
            entry(ControlsId.CONTROLS, new ControlsEvent.ClockPaused(STORY, CLOCK)),
            entry(ControlsId.CONTROLS, new ControlsEvent.ClockResumed(STORY, CLOCK)),
            entry(ControlsId.CONTROLS, new ControlsEvent.ClockScaled(STORY, CLOCK)),
            entry(ControlsId.CONTROLS, new ControlsEvent.ProgressionSet(STORY, "DetachDisk", "manual")),
            entry(ControlsId.CONTROLS, new ControlsEvent.RuleAdded(STORY, RULE)),
            entry(ControlsId.CONTROLS, new ControlsEvent.RuleRemoved(STORY, "rule-1")),
            entry(
                    ControlsId.CONTROLS,
                    new ControlsEvent.IncidentBegun(
                            STORY,
                            new Incident(
                                    "stuck-detaching-1",
                                    "stuck-detaching",
                                    new TreeMap<>(Map.of("diskId", "d-1")),
                                    STORY.at(),
                                    STORY.at().plusSeconds(60)),
                            List.of(RULE.of("stuck-detaching-1-1", "stuck-detaching-1")))),
            entry(ControlsId.CONTROLS, new ControlsEvent.IncidentEnded(STORY, "stuck-detaching-1")),
            entry(
                    ControlsId.CONTROLS,
                    new ControlsEvent.FaultApplied(
                            STORY, "rule-1", "", "DetachDisk", "error InternalError", List.of("d-1", "i-1"), 2)),
            entry(DISK, new DiskEvent.Restored(STORY, null)),
            entry(
                    DISK,
                    new DiskEvent.Restored(
                            STORY, new Disk(DISK, DISK_SPEC, DiskStatus.AVAILABLE, false, null, null, AT, null, null))),
            entry(INSTANCE, new InstanceEvent.Restored(STORY, null)),
            entry(
                    INSTANCE,
                    new InstanceEvent.Restored(
                            STORY,
                            new Instance(
                                    INSTANCE,
                                    INSTANCE_SPEC,
                                    InstanceStatus.RUNNING,
                                    List.of(),
                                    List.of(HELD),
                                    null,
                                    AT,
                                    null))),
            entry(ControlsId.CONTROLS, new ControlsEvent.Reset(STORY, CLOCK)),
            entry(ControlsId.CONTROLS, new ControlsEvent.RestoringBegun(STORY, new Restoring("alice", null))),
            entry(ControlsId.CONTROLS, new ControlsEvent.RestoringBegun(STORY, new Restoring(null, POINT))),
            entry(ControlsId.CONTROLS, new ControlsEvent.RestoringDone(STORY)),
            entry(ControlsId.CONTROLS, new ControlsEvent.PointSaved(STORY, "before", POINT)),
            entry(ControlsId.CONTROLS, new ControlsEvent.PointDeleted(STORY, "before")),
            entry(ControlsId.CONTROLS, new ControlsEvent.RuleAdded(STORY, FOR_READERS)),
            entry(
                    ControlsId.CONTROLS,
                    new ControlsEvent.RuleAdded(
                            STORY,
                            new Rule(
                                    "rule-2",
                                    "",
                                    RuleMatch.ofCalls(List.of("Describe*"), List.of(), List.of()),
                                    RuleEffect.ofError("Throttling"),
                                    new RuleLimits(1, 0, null, null, 500L)))),
            entry(
                    ControlsId.CONTROLS,
                    new ControlsEvent.ThrottlingSet(
                            STORY, new Throttling("Throttling.User", new TreeMap<>(Map.of("Describe*", 1000L))))),
            entry(ControlsId.CONTROLS, new ControlsEvent.ThrottlingSet(STORY, null)),
            entry(
                    ControlsId.CONTROLS,
                    new ControlsEvent.ThrottlingClosed(
                            STAMPED, "r-1", "default", "cn-hangzhou", "DetachDisk", 500, DUE)),
            entry(
                    ControlsId.CONTROLS,
                    new ControlsEvent.KeysAdded(
                            STORY, List.of(new AccessKey("one", "s1", null), new AccessKey("two", "s2", "team")))));

    private static DiskEvent provisioned(DiskStatus status) {
        return new DiskEvent.Provisioned(
                STORY, new Disk(SYSTEM_DISK, SYSTEM_DISK_SPEC, status, true, ATTACHMENT, null, AT, null, null));
    }

    private static InstanceEvent provisioned(InstanceStatus status) {
        return new InstanceEvent.Provisioned(
                STORY, new Instance(INSTANCE, INSTANCE_SPEC, status, List.of(), List.of(HELD), null, AT, null));
    }

    private record Entry(EntityId entity, Event event) {}

    private static Entry entry(EntityId entity, Event event) {
        return new Entry(entity, event);
    }

    private static List<Recorded> history(Entry... entries) {
        var history = new ArrayList<Recorded>();
        for (int i = 0; i < entries.length; i++) {
            history.add(new Recorded(i, entries[i].entity(), 100L + i, RECORDED_AT, entries[i].event()));
        }
        return List.copyOf(history);
    }

    private static List<String> goldenLines() {
        try (InputStream file = EventCodecTest.class.getResourceAsStream("/journal/golden-v1.jsonl")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("The golden lines cannot be read", e);
        }
    }

    private static String json(Recorded recorded) {
        return EventCodec.json(recorded.entity(), recorded.sequenceNr(), recorded.recordedAt(), recorded.event());
    }

    private static byte[] withChecksum(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        var crc = new CRC32C();
        crc.update(bytes);
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt((int) crc.getValue())
                .put(bytes)
                .array();
    }

    @Test
    void readsEveryGoldenLine() {
        var read = new ArrayList<Recorded>();
        for (var line : goldenLines()) read.add(EventCodec.decode(read.size(), withChecksum(line)));

        assertThat(read).containsExactlyElementsOf(HISTORY);
    }

    @Test
    void writesEveryGoldenLineLetterByLetter() {
        assertThat(HISTORY.stream().map(EventCodecTest::json).toList()).containsExactlyElementsOf(goldenLines());
    }

    @Test
    void hasAGoldenLineForEveryEvent() {
        var events = new HashSet<Class<?>>();
        for (var recorded : HISTORY) events.add(recorded.event().getClass());

        for (var kind : Event.class.getPermittedSubclasses()) {
            assertThat(events).contains(kind.getPermittedSubclasses());
        }
    }

    @Test
    void hasAGoldenLineForEveryOptionalComponent() throws ReflectiveOperationException {
        var seen = Seen.in(HISTORY);

        assertThat(seen.optional).contains("Disk.attachment", "Slot.plan", "DiskEvent.Creating.attachment");
        assertThat(seen.present).isEqualTo(seen.optional);
    }

    @Test
    void hasAGoldenLineForEveryConstant() throws ReflectiveOperationException {
        var seen = Seen.in(HISTORY);

        assertThat(seen.constants).contains(DiskStatus.IN_USE, LockReason.SECURITY);
        for (var constant : List.copyOf(seen.constants)) {
            assertThat(seen.constants).contains(constant.getDeclaringClass().getEnumConstants());
        }
    }

    /** What is in events, at any depth. */
    private static final class Seen {
        private final Set<String> optional = new TreeSet<>();
        private final Set<String> present = new TreeSet<>();
        private final Set<Enum<?>> constants = new HashSet<>();

        static Seen in(List<Recorded> history) throws ReflectiveOperationException {
            var seen = new Seen();
            for (var recorded : history) seen.look(recorded.event());
            return seen;
        }

        private void look(Object value) throws ReflectiveOperationException {
            if (value instanceof Enum<?> constant) constants.add(constant);
            if (value instanceof Collection<?> elements) {
                for (var element : elements) look(element);
            }
            if (!value.getClass().isRecord()) return;
            for (var component : value.getClass().getRecordComponents()) {
                boolean isOptional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                String name = nameOf(value.getClass()) + "." + component.getName();
                if (isOptional) optional.add(name);
                var held = component.getAccessor().invoke(value);
                if (held == null) continue;
                if (isOptional) present.add(name);
                look(held);
            }
        }
    }

    private static String nameOf(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    @Test
    void putsTheChecksumOfTheRestIntoTheFirstFourBytes() {
        for (var recorded : HISTORY) {
            byte[] written = EventCodec.encode(
                    recorded.entity(), recorded.sequenceNr(), recorded.recordedAt(), recorded.event());

            assertThat(written).isEqualTo(withChecksum(json(recorded)));
            assertThat(EventCodec.decode(recorded.offset(), written)).isEqualTo(recorded);
        }
    }

    @Test
    void refusesARecordInWhichAnyByteIsWrong() {
        byte[] sound = withChecksum(json(HISTORY.get(0)));
        for (int i = 0; i < sound.length; i++) {
            byte[] damaged = sound.clone();
            damaged[i] ^= 0x20;

            assertThatThrownBy(() -> EventCodec.decode(42, damaged))
                    .as("byte %s", i)
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageContaining("offset 42")
                    .hasMessageContaining("checksum");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 100})
    void refusesARecordThatIsCutShort(int length) {
        byte[] damaged = new byte[length];
        System.arraycopy(withChecksum(json(HISTORY.get(0))), 0, damaged, 0, length);

        assertDamagedAtItsOffset(damaged);
    }

    static Stream<String> unreadable() {
        String line = json(HISTORY.get(15));
        return Stream.of(
                // Never heard of.
                line.replace("\"disk.detaching\"", "\"disk.dreaming\""),
                // Written by a newer build.
                line.replace("\"v\":1", "\"v\":2"),
                line.replace("\"deleteWithInstance\"", "\"deletedWithInstance\""),
                // Not what any build writes.
                line.replace("\"v\":1", "\"v\":0"),
                line.replace("\"v\":1,", ""),
                line.replace("\"type\":\"disk.detaching\",", ""),
                line.replace("Disk|d-23jbf2v5m", "Disc|d-23jbf2v5m"),
                line.replace("Disk|d-23jbf2v5m", "d-23jbf2v5m"),
                line.replace("\"id\":\"Disk|d-23jbf2v5m\"", "\"id\":7"),
                line.replace(RECORDED_AT.toString(), "yesterday"),
                line.replace("2026-01-02T03:04:05Z", "yesterday"),
                line.substring(0, line.length() - 1),
                line.substring(0, line.indexOf("\"event\"")) + "\"event\":null}",
                "[]",
                "null",
                "{}",
                "",
                "not JSON");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void refusesARecordThatItDoesNotKnow(String json) {
        assertThat(json).isNotEqualTo(json(HISTORY.get(15)));

        assertDamagedAtItsOffset(withChecksum(json));
    }

    @Test
    void saysWhichEventOfANewerBuildItDoesNotKnow() {
        String line = json(HISTORY.get(15)).replace("\"v\":1", "\"v\":7");

        assertThatThrownBy(() -> EventCodec.decode(42, withChecksum(line)))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("disk.detaching")
                .hasMessageContaining("7")
                .hasMessageContaining("offset 42");
    }

    private static void assertDamagedAtItsOffset(byte[] bytes) {
        assertThatThrownBy(() -> EventCodec.decode(42, bytes))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("offset 42");
    }
}
