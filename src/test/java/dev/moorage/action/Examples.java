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
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Story;
import dev.moorage.domain.Tags;
import dev.moorage.domain.Transition;
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
    static final String ACCOUNT = "default";

    private Examples() {}

    static Conditions conditions(Compatibility compatibility) {
        var durations = new Durations(Map.ofEntries(
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
        return new Conditions(STORY, durations, compatibility);
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

    static World world(Disk disk, Instance instance) {
        var world = new World();
        world.apply(0, instance.id(), new InstanceEvent.Provisioned(STORY, instance));
        world.apply(1, disk.id(), new DiskEvent.Provisioned(STORY, disk));
        return world;
    }

    /** Successful answers that together hold every field that the action's answers can hold. */
    static List<Outcome> answersOf(String action) {
        var view = world(disk(DiskStatus.IN_USE), instance(InstanceStatus.STOPPED, LockReason.SECURITY))
                .of(ACCOUNT);
        return switch (action) {
            case "DescribeDisks",
                    "DescribeImages",
                    "DescribeInstanceTypeFamilies",
                    "DescribeInstanceTypes",
                    "DescribeRegions",
                    "DescribeZones" -> List.of(((Query) verb(action, "RegionId", "cn-hangzhou")).answer(view));
            case "DescribeAvailableResource" ->
                List.of(((Query) verb(
                                action,
                                "RegionId",
                                "cn-hangzhou",
                                "DestinationResource",
                                "DataDisk",
                                "InstanceType",
                                "ecs.g5.large"))
                        .answer(view));
            case "DescribeInstances",
                    "DescribeInstanceHistoryEvents",
                    "DescribeInstanceMaintenanceAttributes",
                    "DescribeInstanceStatus",
                    "DescribeNetworkInterfaces" -> List.of(asked(action));
            case "DescribeInstanceAttachmentAttributes", "DescribeInstanceRamRole" ->
                List.of(asked(action, "InstanceIds", "[\"" + INSTANCE.value() + "\"]"));
            case "DescribeInstanceAttribute", "DescribeUserData" ->
                List.of(asked(action, "InstanceId", INSTANCE.value()));
            case "DescribeInstanceAutoRenewAttribute" -> List.of(asked(action, "RenewalStatus", "Normal"));
            case "DescribeEndpoints" ->
                List.of(((Query) verb(action, "Id", "cn-hangzhou", "ServiceCode", "ecs")).answer(view));
            case "GetCallerIdentity", "QueryAvailableInstances" -> List.of(((Query) verb(action)).answer(view));
            case "CreateDisk" -> List.of(((Change) verb(action, "RegionId", "cn-hangzhou")).success());
            case "CreateInstance", "RunInstances" ->
                List.of(((Change) verb(
                                action, "RegionId", "cn-hangzhou", "ImageId", "image", "InstanceType", "ecs.g5.large"))
                        .success());
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
                .answer(world(disk(DiskStatus.IN_USE), furnished).of(ACCOUNT));
    }
}
