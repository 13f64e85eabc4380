package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INVALID_CATEGORY_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_IDS_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_TYPE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_DISK_IDS;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_STATUS_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_ZONE_ID_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import dev.moorage.view.Listed;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists disks. Filters narrow one another; an id that matches nothing is no error. */
record DescribeDisks(Arguments arguments) implements Query {
    private static final int MAX_IDS = 100;
    private static final int MAX_RESULTS = 500;
    private static final String ALL = "all";

    /** What each plain filter is compared with, in any case of letters. What disks do not have here is empty. */
    private static final Map<String, Function<Disk, String>> FILTERS = new TreeMap<>(Map.ofEntries(
            Map.entry("ZoneId", disk -> disk.spec().zoneId()),
            Map.entry("DiskType", disk -> disk.spec().type().wire()),
            Map.entry("Category", disk -> disk.spec().category()),
            Map.entry("Status", disk -> disk.status().wire()),
            Map.entry("DiskChargeType", disk -> disk.spec().chargeType().wire()),
            Map.entry("Portable", disk -> String.valueOf(disk.spec().portable())),
            Map.entry("DeleteWithInstance", disk -> String.valueOf(disk.deleteWithInstance())),
            Map.entry("DeleteAutoSnapshot", disk -> String.valueOf(disk.spec().deleteAutoSnapshot())),
            Map.entry("EnableAutoSnapshot", disk -> "false"),
            Map.entry("Encrypted", disk -> "false"),
            Map.entry("MultiAttach", disk -> "Disabled"),
            Map.entry("SnapshotId", disk -> ""),
            Map.entry("AutoSnapshotPolicyId", disk -> ""),
            Map.entry("ResourceGroupId", disk -> ""),
            Map.entry("LockReason", disk -> "")));

    private static final DiskStatus[] SHOWN = Arrays.stream(DiskStatus.values())
            .filter(status -> status != DiskStatus.RELEASED)
            .toArray(DiskStatus[]::new);

    static DescribeDisks of(Call call) {
        return new DescribeDisks(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var page = paging().of(place -> candidatesAfter(place, view), filter());
        var body = JsonNodeFactory.instance.objectNode();
        page.describe(body);
        var disks = body.putObject("Disks").putArray("Disk");
        page.items().forEach(disk -> disks.add(describe(disk)));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_RESULTS);
    }

    private Optional<Rejection> wrong() {
        String region = arguments.required("RegionId");
        if (!Regions.isRegion(region)) return Optional.of(Rejection.of(INVALID_REGION_NOT_FOUND));
        if (arguments.has("DiskIds")) {
            var ids = arguments.jsonArray("DiskIds");
            if (ids.isEmpty()) return Optional.of(Rejection.of(INVALID_PARAMETER_DISK_IDS));
            if (ids.get().size() > MAX_IDS) return Optional.of(Rejection.of(INVALID_DISK_IDS_MALFORMED));
        }
        if (!isUnsetOr("ZoneId", zone -> Regions.isZone(region, zone))) {
            return Optional.of(Rejection.of(INVALID_ZONE_ID_NOT_FOUND));
        }
        if (!isUnsetOr("Status", status -> isOneOf(status, SHOWN, DiskStatus::wire))) {
            return Optional.of(Rejection.of(INVALID_STATUS_VALUE_NOT_SUPPORTED));
        }
        if (!isUnsetOr("DiskType", type -> isOneOf(type, DiskType.values(), DiskType::wire))) {
            return Optional.of(Rejection.of(INVALID_DISK_TYPE_VALUE_NOT_SUPPORTED));
        }
        if (!isUnsetOr("Category", category -> DiskCategories.isKnown(category) || category.equalsIgnoreCase(ALL))) {
            return Optional.of(Rejection.of(INVALID_CATEGORY_VALUE_NOT_SUPPORTED));
        }
        var wrongPage = paging().wrong();
        if (wrongPage.isPresent()) return wrongPage;
        return arguments.isTrue("DryRun") ? Optional.of(Rejection.of(DRY_RUN_OPERATION)) : Optional.empty();
    }

    private boolean isUnsetOr(String parameter, Function<String, Boolean> test) {
        return arguments.string(parameter).map(test).orElse(true);
    }

    private static <T> boolean isOneOf(String value, T[] all, Function<T, String> wire) {
        return value.equalsIgnoreCase(ALL)
                || Arrays.stream(all).map(wire).anyMatch(known -> known.equalsIgnoreCase(value));
    }

    /** The narrowest list that holds all that can match, in the order of every list. */
    private Stream<Listed<Disk>> candidatesAfter(long place, AccountView view) {
        if (arguments.has("DiskIds")) {
            var ids = arguments.jsonArray("DiskIds").orElseThrow();
            return Listed.inOrder(view.disks(ids.stream().map(DiskId::new).toList()), place);
        }
        var instance = arguments.string("InstanceId").map(InstanceId::new);
        return instance.isPresent() ? Listed.inOrder(view.disksOn(instance.get()), place) : view.disksAfter(place);
    }

    /** What was asked, as one question: it is put to every disk of the account. */
    private Predicate<Disk> filter() {
        if (!arguments.indexes("Tag").isEmpty()) return disk -> false;
        String region = arguments.required("RegionId");
        Predicate<Disk> filter = disk -> disk.spec().regionId().equals(region);
        var instance = arguments.string("InstanceId").map(InstanceId::new);
        if (instance.isPresent()) {
            filter = filter.and(
                    disk -> disk.isAttachedTo(instance.get()) && disk.status().isAttached());
        }
        var name = arguments.string("DiskName");
        if (name.isPresent()) filter = filter.and(disk -> disk.spec().name().equals(name.get()));
        for (var field : FILTERS.entrySet()) {
            var value = arguments.string(field.getKey());
            if (value.isEmpty() || (canBeAll(field.getKey()) && value.get().equalsIgnoreCase(ALL))) continue;
            filter = filter.and(
                    disk -> value.get().equalsIgnoreCase(field.getValue().apply(disk)));
        }
        return filter;
    }

    private static boolean canBeAll(String filter) {
        return filter.equals("Status") || filter.equals("DiskType") || filter.equals("Category");
    }

    private static ObjectNode describe(Disk disk) {
        var spec = disk.spec();
        var attachment = disk.status().isAttached() ? disk.attachment() : null;
        String attachedAt = Timestamps.seconds(disk.attachedAt());
        var node = JsonNodeFactory.instance.objectNode();
        node.put("DiskId", disk.id().value());
        node.put("DiskName", spec.name());
        node.put("Description", spec.description());
        node.put("RegionId", spec.regionId());
        node.put("ZoneId", spec.zoneId());
        node.put("Status", disk.status().wire());
        node.put("Type", spec.type().wire());
        node.put("Category", spec.category());
        node.put("Size", spec.sizeGiB());
        node.put("InstanceId", attachment == null ? "" : attachment.instanceId().value());
        node.put("Device", attachment == null ? "" : attachment.device());
        node.put("Portable", spec.portable());
        node.put("DeleteWithInstance", disk.deleteWithInstance());
        node.put("DeleteAutoSnapshot", spec.deleteAutoSnapshot());
        node.put("EnableAutoSnapshot", false);
        node.put("EnableAutomatedSnapshotPolicy", false);
        node.put("AutoSnapshotPolicyId", "");
        node.put("Encrypted", false);
        node.put("KMSKeyId", "");
        node.put("MultiAttach", "Disabled");
        node.put("SerialNumber", disk.id().value().substring(2));
        node.put("DiskChargeType", spec.chargeType().wire());
        node.put("CreationTime", Timestamps.seconds(disk.createdAt()));
        node.put("AttachedTime", attachedAt);
        node.put("DetachedTime", Timestamps.seconds(disk.detachedAt()));
        node.put("ExpiredTime", Timestamps.NEVER_EXPIRES);
        node.put("ImageId", "");
        node.put("ProductCode", "");
        node.put("ResourceGroupId", "");
        node.put("SourceSnapshotId", "");
        node.put("StorageSetId", "");
        node.putObject("Tags").putArray("Tag");
        node.putObject("OperationLocks").putArray("OperationLock");
        node.putObject("MountInstances").putArray("MountInstance");
        var attachments = node.putObject("Attachments").putArray("Attachment");
        if (attachment != null) {
            attachments
                    .addObject()
                    .put("InstanceId", attachment.instanceId().value())
                    .put("Device", attachment.device())
                    .put("AttachedTime", attachedAt);
        }
        return node;
    }
}
