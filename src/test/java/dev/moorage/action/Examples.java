package dev.moorage.action;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Caller;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskSpecBuilder;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Story;
import dev.moorage.domain.Tags;
import dev.moorage.domain.Transition;
import dev.moorage.view.AccountView;
import dev.moorage.view.Lens;
import dev.moorage.view.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Disks, instances and calls to try rules on. */
final class Examples {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Story STORY = new Story("REQUEST-1", "testid", "Test", NOW);
    static final InstanceId INSTANCE = new InstanceId("i-23jggx34b");
    static final DiskId DISK = new DiskId("d-23jbf2v5m");
    static final SnapshotId SNAPSHOT = new SnapshotId("s-23jsnap01");
    static final String ACCOUNT = "default";

    private Examples() {}

    static Conditions conditions(Compatibility compatibility) {
        var durations = Durations.fixed(Map.ofEntries(
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
        return new Conditions(STORY, durations, compatibility, true);
    }

    static Call call(String action, String... arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) values.put(arguments[i], arguments[i + 1]);
        return new Call(
                Actions.specs().get(action),
                Arguments.of(values),
                STORY.requestId(),
                new Caller(ACCOUNT, "testid"),
                "127.0.0.1:8642");
    }

    static Action verb(String action, String... arguments) {
        return Actions.of(call(action, arguments), new Ids(new Random(1), id -> Optional.empty(), Clock.systemUTC()));
    }

    static DiskSpec spec(DiskType type, boolean portable) {
        return new DiskSpec(
                ACCOUNT,
                "cn-hangzhou",
                "cn-hangzhou-b",
                type,
                "cloud_ssd",
                100,
                "",
                "",
                ChargeType.POST_PAID,
                portable,
                true);
    }

    /** A portable data disk; one that is attached is on {@link #INSTANCE}. */
    static Disk disk(DiskStatus status) {
        return disk(status, spec(DiskType.DATA, true), INSTANCE);
    }

    static Disk disk(DiskStatus status, DiskSpec spec, InstanceId on) {
        @Nullable Attachment attachment = status.isAttached() ? new Attachment(on, "/dev/xvdb", "RESERVATION") : null;
        @Nullable Transition transition = status.isTransient() ? new Transition(NOW.plusSeconds(60), STORY, "Detaching") : null;
        return new Disk(DISK, spec, status, true, attachment, transition, NOW, null, null);
    }

    /** As {@link #disk}, and paid for by the month. */
    static Disk subscriptionDisk() {
        return disk(DiskStatus.IN_USE, spec(DiskType.DATA, false).withChargeType(ChargeType.PRE_PAID), INSTANCE);
    }

    /** As {@link #disk}, with a task under way: it becomes a cloud_essd of the second level in eight seconds. */
    static Disk changingDisk() {
        return new DiskEvent.SpecChanging(STORY, "t-1", "cloud_essd", "PL1", 0, NOW.plusSeconds(8))
                .applyTo(disk(DiskStatus.IN_USE));
    }

    /** This disk, and a snapshot of it under way. */
    static Disk withSnapshotUnderWay(Disk disk, SnapshotId id) {
        return new DiskEvent.SnapshotCreating(
                        STORY, id, "", "", null, "standard", false, "", Tags.NONE, NOW.plusSeconds(9), null)
                .applyTo(disk);
    }

    /** This disk, and a snapshot of it that is whole. */
    static Disk withSnapshot(Disk disk, SnapshotId id) {
        return new DiskEvent.SnapshotCreated(STORY, id).applyTo(withSnapshotUnderWay(disk, id));
    }

    static Instance instance(InstanceStatus status, LockReason... locks) {
        return instance(status, List.of(new Slot(DISK, "/dev/xvdb", "RESERVATION", null)), locks);
    }

    static Instance instance(InstanceStatus status, List<Slot> slots, LockReason... locks) {
        var spec = new InstanceSpec(
                ACCOUNT,
                "cn-hangzhou",
                "cn-hangzhou-b",
                "web-1",
                "",
                "",
                "ecs.g5.large",
                "image",
                "sg-1",
                "",
                ChargeType.POST_PAID,
                false);
        return new Instance(INSTANCE, spec, status, List.of(locks), slots, null, NOW, NOW);
    }

    /** Of {@link #DISK}, and half done at {@link #NOW}. */
    static Snapshot snapshot() {
        return new Snapshot(
                SNAPSHOT,
                1,
                "before-upgrade",
                "the day before",
                DiskType.DATA,
                100,
                false,
                "",
                30,
                "standard",
                false,
                "",
                Tags.of(Map.of("env", "test")),
                STORY.at(NOW.minusSeconds(60)),
                NOW.plusSeconds(60),
                null);
    }

    /** {@link #DISK} has the tags of {@link #snapshot}, and that is being taken of it. */
    static AccountView taggedView() {
        var disk = disk(DiskStatus.IN_USE);
        var tagged = disk.withSpec(disk.spec().withTags(snapshot().tags()))
                .withSnapshots(List.of(snapshot()))
                .withSnapshotsTaken(1);
        return world(tagged, instance(InstanceStatus.RUNNING)).of(ACCOUNT);
    }

    static World world(Disk disk, Instance instance) {
        var world = new World();
        world.apply(0, instance.id(), new InstanceEvent.Provisioned(STORY, instance));
        world.apply(1, disk.id(), new DiskEvent.Provisioned(STORY, disk));
        return world;
    }

    /** More than one disk can have: each category has some of it. */
    private static Disk everythingADiskCanHave() {
        var spec = DiskSpecBuilder.builder(spec(DiskType.DATA, true))
                .zoneId("")
                .category("cloud_auto")
                .performanceLevel("PL1")
                .multiAttach(true)
                .tags(Tags.of(Map.of("team", "storage")))
                .build();
        return disk(DiskStatus.IN_USE, spec, INSTANCE);
    }

    /** Successful answers that together hold every field that the action's answers can hold. */
    static List<Outcome> answersOf(String action) {
        var view = world(disk(DiskStatus.IN_USE), instance(InstanceStatus.STOPPED, LockReason.SECURITY))
                .of(ACCOUNT);
        return switch (action) {
            case "DescribeDisks" ->
                List.of(((Query) verb(action, "RegionId", "cn-hangzhou", "AdditionalAttributes.1", "Placement"))
                        .answer(
                                world(everythingADiskCanHave(), instance(InstanceStatus.STOPPED, LockReason.SECURITY))
                                        .of(ACCOUNT),
                                NOW));
            case "DescribeInstanceHistoryEvents" ->
                List.of(((Query) verb(action, "RegionId", "cn-hangzhou"))
                        .answer(
                                view.through(new Lens(
                                        disk -> true,
                                        instance -> true,
                                        null,
                                        null,
                                        null,
                                        new Lens.Happening("ecs_alarm_center.vm.guest_os_oom:critical", NOW))),
                                NOW));
            case "DescribeDisksFullStatus",
                    "DescribeImages",
                    "DescribeInstanceTypeFamilies",
                    "DescribeInstanceTypes",
                    "DescribeRegions",
                    "DescribeZones" -> List.of(((Query) verb(action, "RegionId", "cn-hangzhou")).answer(view, NOW));
            case "DescribeAvailableResource" ->
                List.of(((Query) verb(
                                action,
                                "RegionId",
                                "cn-hangzhou",
                                "DestinationResource",
                                "DataDisk",
                                "InstanceType",
                                "ecs.g5.large"))
                        .answer(view, NOW));
            case "DescribeInstances",
                    "DescribeInstanceMaintenanceAttributes",
                    "DescribeInstanceStatus",
                    "DescribeNetworkInterfaces" -> List.of(asked(action));
            case "DescribeInstanceAttachmentAttributes", "DescribeInstanceRamRole" ->
                List.of(asked(action, "InstanceIds", "[\"" + INSTANCE.value() + "\"]"));
            case "DescribeInstanceAttribute", "DescribeUserData" ->
                List.of(asked(action, "InstanceId", INSTANCE.value()));
            case "DescribeInstanceAutoRenewAttribute" -> List.of(asked(action, "RenewalStatus", "Normal"));
            case "DescribeEndpoints" ->
                List.of(((Query) verb(action, "Id", "cn-hangzhou", "ServiceCode", "ecs")).answer(view, NOW));
            case "GetCallerIdentity", "QueryAvailableInstances" -> List.of(((Query) verb(action)).answer(view, NOW));
            case "CreateDisk" ->
                List.of(((Change) verb(action, "RegionId", "cn-hangzhou", "InstanceId", INSTANCE.value())).success());
            case "CreateSnapshot" -> List.of(((Change) verb(action, "DiskId", DISK.value())).success());
            case "DescribeSnapshots", "DescribeTags" ->
                List.of(((Query) verb(action, "RegionId", "cn-hangzhou")).answer(taggedView(), NOW));
            case "ListTagResources" ->
                List.of(((Query) verb(
                                action,
                                "RegionId",
                                "cn-hangzhou",
                                "ResourceType",
                                "disk",
                                "ResourceId.1",
                                DISK.value()))
                        .answer(taggedView(), NOW));
            case "AddTags", "RemoveTags", "TagResources", "UntagResources" ->
                List.of(((Change) verb(
                                action, "RegionId", "cn-hangzhou", "ResourceType", "disk", "ResourceId", DISK.value()))
                        .success());
            case "DeleteSnapshot" -> List.of(((Change) verb(action, "SnapshotId", SNAPSHOT.value())).success());
            case "CreateInstance", "RunInstances" ->
                List.of(((Change) verb(
                                action, "RegionId", "cn-hangzhou", "ImageId", "image", "InstanceType", "ecs.g5.large"))
                        .success());
            case "DescribeTasks" ->
                List.of(((Query) verb(action, "RegionId", "cn-hangzhou"))
                        .answer(
                                world(changingDisk(), instance(InstanceStatus.STOPPED))
                                        .of(ACCOUNT),
                                NOW));
            case "ResizeDisk", "ModifyDiskSpec" ->
                List.of(((ForDisk) verb(action, "DiskId", DISK.value(), "NewSize", "200")).success(subscriptionDisk()));
            case "ResetDisk" ->
                List.of(((Change) verb(action, "DiskId", DISK.value(), "SnapshotId", SNAPSHOT.value())).success());
            case "JoinResourceGroup" ->
                List.of(((Change) verb(
                                action, "ResourceType", "disk", "ResourceId", DISK.value(), "ResourceGroupId", "rg-1"))
                        .success());
            case "StartInstances", "StopInstances", "RebootInstances" ->
                List.of(((Batch) verb(action, "RegionId", "cn-hangzhou", "InstanceId.1", INSTANCE.value()))
                        .conclude(List.of(Outcome.success())));
            case "DeleteInstances" ->
                List.of(((Change) verb(action, "RegionId", "cn-hangzhou", "InstanceId.1", INSTANCE.value())).success());
            default ->
                List.of(((Change) verb(action, "InstanceId", INSTANCE.value(), "DiskId", DISK.value())).success());
        };
    }

    /** Of a world with an instance that has all that an instance can have. */
    private static Outcome asked(String action, String... arguments) {
        var instance = instance(InstanceStatus.STOPPED, LockReason.SECURITY);
        var furnished = instance.withSpec(instance.spec()
                .withChargeType(ChargeType.PRE_PAID)
                .withMaxBandwidthOutMbps(5)
                .withTags(Tags.of(Map.of("owner", "me"))));
        var all = Stream.concat(Stream.of("RegionId", "cn-hangzhou"), Stream.of(arguments));
        return ((Query) verb(action, all.toArray(String[]::new)))
                .answer(world(disk(DiskStatus.IN_USE), furnished).of(ACCOUNT), NOW);
    }
}
