package dev.moorage.action;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.Disk;
import dev.moorage.domain.Instance;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Mount;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A disk as DescribeDisks tells of it. What it does not have is an empty text, or left out where clients expect that. */
final class DiskAnswer {
    private static final String ID_PREFIX = "d-";

    private DiskAnswer() {}

    /** @param withPlacement also says in which zones a disk is that is in several */
    static ObjectNode of(Disk disk, AccountView view, boolean withPlacement) {
        var node = JsonNodeFactory.instance.objectNode();
        identity(node, disk);
        kind(node, disk);
        place(node, disk);
        speed(node, DiskPerformance.of(disk.spec()));
        var tags = node.putObject("Tags").putArray("Tag");
        disk.spec()
                .tags()
                .forEach((key, value) -> tags.addObject().put("TagKey", key).put("TagValue", value));
        var locks = node.putObject("OperationLocks").putArray("OperationLock");
        locks(disk, view).forEach(lock -> locks.addObject().put("LockReason", lock.wire()));
        if (withPlacement && disk.spec().isRegional()) {
            node.putObject("Placement").put("ZoneIds", zones(disk.spec().regionId()));
        }
        return node;
    }

    /** Of the instances that it is on: a disk has none of its own. */
    static Stream<LockReason> locks(Disk disk, AccountView view) {
        return mounts(disk).stream()
                .map(mount -> view.instance(mount.attachment().instanceId()))
                .filter(Objects::nonNull)
                .map(Instance::locks)
                .flatMap(List::stream)
                .distinct();
    }

    /** While a disk is being made for an instance, it does not show yet. */
    static List<Mount> mounts(Disk disk) {
        return disk.status().isAttached() ? disk.mounts() : List.of();
    }

    private static void identity(ObjectNode node, Disk disk) {
        var spec = disk.spec();
        node.put("DiskId", disk.id().value());
        node.put("SerialNumber", disk.id().value().substring(ID_PREFIX.length()));
        node.put("DiskName", spec.name());
        node.put("Description", spec.description());
        node.put("RegionId", spec.regionId());
        node.put("ZoneId", spec.zoneId());
        node.put("ResourceGroupId", spec.resourceGroupId());
        node.put("Status", disk.status().wire());
        node.put("CreationTime", Timestamps.seconds(disk.createdAt()));
        node.put("DiskChargeType", spec.chargeType().wire());
        node.put("ExpiredTime", Timestamps.NEVER_EXPIRES);
        node.put("ProductCode", "");
        node.put("BdfId", "");
    }

    private static void kind(ObjectNode node, Disk disk) {
        var spec = disk.spec();
        node.put("Type", spec.type().wire());
        node.put("Category", spec.category());
        node.put("Size", spec.sizeGiB());
        if (!spec.performanceLevel().isEmpty()) node.put("PerformanceLevel", spec.performanceLevel());
        if (spec.category().equals(DiskCategories.AUTO)) {
            node.put("ProvisionedIops", spec.provisionedIops());
            node.put("BurstingEnabled", spec.burstingEnabled());
        }
        node.put("Portable", spec.portable());
        node.put("MultiAttach", multiAttach(disk));
        node.put("Encrypted", spec.encrypted());
        node.put("KMSKeyId", spec.kmsKeyId());
        node.put("ImageId", spec.imageId());
        node.put("SourceSnapshotId", spec.sourceSnapshotId());
        node.put("SourceDiskId", "");
        node.put("DeleteAutoSnapshot", spec.deleteAutoSnapshot());
        node.put("EnableAutoSnapshot", spec.enableAutoSnapshot());
        node.put("EnableAutomatedSnapshotPolicy", false);
        node.put("AutoSnapshotPolicyId", "");
        node.put("StorageSetId", "");
        node.put("StorageSetPartitionNumber", 0);
        node.put("StorageClusterId", "");
    }

    static String multiAttach(Disk disk) {
        return disk.spec().multiAttach() ? "Enabled" : "Disabled";
    }

    /** Where a disk is that can be on several instances is said in lists only. */
    private static void place(ObjectNode node, Disk disk) {
        boolean shared = disk.spec().multiAttach();
        var mounts = mounts(disk);
        var only = mounts.isEmpty() || shared ? null : mounts.get(0).attachment();
        node.put("InstanceId", only == null ? "" : only.instanceId().value());
        node.put("Device", only == null ? "" : only.device());
        node.put("DeleteWithInstance", disk.deleteWithInstance());
        node.put("AttachedTime", Timestamps.seconds(disk.attachedAt()));
        node.put("DetachedTime", Timestamps.seconds(disk.detachedAt()));
        list(node.putObject("Attachments").putArray("Attachment"), mounts);
        list(node.putObject("MountInstances").putArray("MountInstance"), shared ? mounts : List.of());
        node.put("MountInstanceNum", shared ? mounts.size() : 0);
    }

    private static void list(ArrayNode list, List<Mount> mounts) {
        for (var mount : mounts) {
            list.addObject()
                    .put("InstanceId", mount.attachment().instanceId().value())
                    .put("Device", mount.attachment().device())
                    .put("AttachedTime", Timestamps.seconds(mount.attachedAt()));
        }
    }

    private static void speed(ObjectNode node, DiskPerformance performance) {
        node.put("IOPS", performance.iops());
        node.put("IOPSRead", performance.readIops());
        node.put("IOPSWrite", performance.writeIops());
        node.put("Throughput", performance.throughput());
        node.put("ThroughputRead", performance.readThroughput());
        node.put("ThroughputWrite", performance.writeThroughput());
    }

    private static String zones(String regionId) {
        return Regions.find(regionId).stream()
                .flatMap(region -> region.listedZones().stream())
                .map(Region.Zone::id)
                .collect(Collectors.joining("\n"));
    }
}
