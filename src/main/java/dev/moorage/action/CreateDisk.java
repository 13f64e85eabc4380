package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.BURSTING_ENABLED_FOR_MULTI_ATTACH_DISK_UNSUPPORTED;
import static dev.moorage.contract.ErrorCode.ENCRYPTED_OPTION_CONFLICT;
import static dev.moorage.contract.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_DISK_LIMIT_EXCEEDED;
import static dev.moorage.contract.ErrorCode.INVALID_DESCRIPTION_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_SIZE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_SIZE_TOO_SMALL;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_CHARGE_TYPE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_NOT_FOUND_SYSTEM_DISK;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_CREATE_FROM_SNAPSHOT_UNSUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_DISK_CATEGORY_AND_MULTI_ATTACH_NOT_MATCH;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_ENCRYPTED_ILLEGAL;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_MULTI_ATTACH;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_MULTI_ATTACH_AND_INSTANCE_ID_CONFLICT;
import static dev.moorage.contract.ErrorCode.INVALID_PARAM_ZONE_ID_AND_INSTANCE_ID_CONFLICT;
import static dev.moorage.contract.ErrorCode.INVALID_PERFORMANCE_LEVEL_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_ID_NOT_DATA_DISK_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_ID_NOT_READY;
import static dev.moorage.contract.ErrorCode.INVALID_ZONE_ID_DISK_CATEGORY_UNSUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_ZONE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.MISSING_PARAMETER;
import static dev.moorage.contract.ErrorCode.OPERATION_DENIED_PERFORMANCE_LEVEL_NOT_MATCH;
import static dev.moorage.contract.ErrorCode.QUOTA_EXCEED_TAGS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Device;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskSpecBuilder;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Tags;
import dev.moorage.view.AccountView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a data disk: in a zone, paid by use; or on an instance that is paid ahead, as that is.
 *
 * @param orderId for what is paid ahead
 */
record CreateDisk(DiskId diskId, String orderId, String account, Arguments arguments, Idempotence idempotence)
        implements DiskCreation {
    private static final String DEFAULT_CATEGORY = "cloud";
    private static final String ENABLED = "Enabled";
    private static final String DISABLED = "Disabled";

    static CreateDisk of(Call call, Ids ids) {
        return new CreateDisk(
                ids.newDisk(call.arguments().required("RegionId")),
                ids.newOrder(),
                call.caller().account(),
                call.arguments(),
                Idempotence.of(call));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrong = idempotence.wrong();
        if (wrong.isPresent()) return Optional.of(wrong.get());
        var made = view.disk(diskId);
        if (made != null) return Optional.of(repeated(made));
        return wrongPlace()
                .or(this::wrongWords)
                .or(this::wrongKind)
                .or(() -> wrongInstance(view))
                .or(() -> wrongContent(view))
                .map(Outcome.class::cast);
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }

    private Optional<Rejection> wrongPlace() {
        String region = arguments.required("RegionId");
        boolean regional = category().equals(DiskCategories.REGIONAL);
        if (!Regions.isRegion(region)) return reject(INVALID_REGION_ID_NOT_FOUND);
        if (arguments.has("ZoneId")) {
            if (arguments.has("InstanceId")) return reject(INVALID_PARAM_ZONE_ID_AND_INSTANCE_ID_CONFLICT);
            if (!Regions.isZone(region, arguments.required("ZoneId"))) return reject(INVALID_ZONE_ID_NOT_FOUND);
            if (regional) return reject(INVALID_ZONE_ID_DISK_CATEGORY_UNSUPPORTED);
        } else if (!arguments.has("InstanceId") && !regional) {
            return Optional.of(Rejection.of(MISSING_PARAMETER, "ZoneId"));
        }
        return Optional.empty();
    }

    private Optional<Rejection> wrongWords() {
        if (!arguments.string("DiskName").map(Names::isName).orElse(true)) return reject(INVALID_DISK_NAME_MALFORMED);
        if (!arguments.string("Description").map(Names::isDescription).orElse(true)) {
            return reject(INVALID_DESCRIPTION_MALFORMED);
        }
        return TagRules.wrong(arguments, "Tag", QUOTA_EXCEED_TAGS);
    }

    private Optional<Rejection> wrongKind() {
        if (!DiskCategories.canBeMade(category())) return reject(INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED);
        if (!arguments
                .string("PerformanceLevel")
                .map(DiskCategories::isPerformanceLevel)
                .orElse(true)) {
            return reject(INVALID_PERFORMANCE_LEVEL_MALFORMED);
        }
        String multiAttach = arguments.string("MultiAttach").orElse(DISABLED);
        if (!multiAttach.equals(ENABLED) && !multiAttach.equals(DISABLED))
            return reject(INVALID_PARAMETER_MULTI_ATTACH);
        if (isShared() && arguments.has("InstanceId")) {
            return reject(INVALID_PARAMETER_MULTI_ATTACH_AND_INSTANCE_ID_CONFLICT);
        }
        if (isShared() && !DiskCategories.canBeShared(category())) {
            return reject(INVALID_PARAMETER_DISK_CATEGORY_AND_MULTI_ATTACH_NOT_MATCH);
        }
        var wrong = more().wrongForCategory();
        if (wrong.isPresent()) return wrong;
        if (more().bursts() && isShared()) return reject(BURSTING_ENABLED_FOR_MULTI_ATTACH_DISK_UNSUPPORTED);
        if (arguments.has("KMSKeyId") && !arguments.isTrue("Encrypted")) {
            return reject(INVALID_PARAMETER_ENCRYPTED_ILLEGAL);
        }
        return Optional.empty();
    }

    private Optional<Rejection> wrongInstance(AccountView view) {
        if (!arguments.has("InstanceId")) return Optional.empty();
        var instance = view.instance(new InstanceId(arguments.required("InstanceId")));
        boolean there = instance != null && instance.spec().regionId().equals(arguments.required("RegionId"));
        return there ? Optional.empty() : reject(INVALID_INSTANCE_ID_NOT_FOUND);
    }

    private Optional<Rejection> wrongContent(AccountView view) {
        var source = source(view);
        if (arguments.has("SnapshotId")) {
            if (source == null) return reject(INVALID_SNAPSHOT_ID_NOT_FOUND);
            if (spec(source).isEphemeral()) return reject(INVALID_OPERATION_CREATE_FROM_SNAPSHOT_UNSUPPORTED);
            if (source.sourceDiskType() == DiskType.SYSTEM) return reject(INVALID_SNAPSHOT_ID_NOT_DATA_DISK_SNAPSHOT);
            if (!source.isAccomplished()) return reject(INVALID_SNAPSHOT_ID_NOT_READY);
            if (arguments
                    .bool("Encrypted")
                    .map(yes -> yes != source.encrypted())
                    .orElse(false)) {
                return reject(ENCRYPTED_OPTION_CONFLICT);
            }
        } else if (!arguments.has("Size")) {
            return Optional.of(Rejection.of(MISSING_PARAMETER, "Size"));
        }
        var spec = spec(source);
        if (source != null && spec.sizeGiB() < source.sourceSizeGiB()) return reject(INVALID_DISK_SIZE_TOO_SMALL);
        return wrongSize(spec);
    }

    private Optional<Rejection> wrongSize(DiskSpec spec) {
        int size = spec.sizeGiB();
        if (!DiskCategories.comesIn(category(), spec.performanceLevel(), size)) {
            boolean levelled = arguments.has("PerformanceLevel");
            return levelled && DiskCategories.comesInAtSomeLevel(category(), size)
                    ? reject(OPERATION_DENIED_PERFORMANCE_LEVEL_NOT_MATCH)
                    : reject(INVALID_DISK_SIZE_NOT_SUPPORTED);
        }
        return more().wrongForSize(size);
    }

    private String category() {
        return arguments.string("DiskCategory").orElse(DEFAULT_CATEGORY);
    }

    private boolean isShared() {
        return arguments.string("MultiAttach").orElse(DISABLED).equals(ENABLED);
    }

    private MorePerformance more() {
        return MorePerformance.of(arguments, "", category());
    }

    private @Nullable Snapshot source(AccountView view) {
        var found = arguments.string("SnapshotId").map(id -> view.snapshot(new SnapshotId(id)));
        if (found.isEmpty()) return null;
        var disk = view.disk(found.get().diskId());
        boolean here = disk != null && disk.spec().regionId().equals(arguments.required("RegionId"));
        return here ? found.get().snapshot() : null;
    }

    /** What it will be: empty, or as large at least as what it is made from. */
    private DiskSpec spec(@Nullable Snapshot source) {
        boolean encrypted = source == null ? arguments.isTrue("Encrypted") : source.encrypted();
        String key = source == null || arguments.has("KMSKeyId")
                ? arguments.string("KMSKeyId").orElse("")
                : source.kmsKeyId();
        var spec = new DiskSpec(
                account,
                arguments.required("RegionId"),
                arguments.string("ZoneId").orElse(""),
                DiskType.DATA,
                category(),
                arguments.integer("Size").orElse(source == null ? 0 : source.sourceSizeGiB()),
                arguments.string("DiskName").orElse(""),
                arguments.string("Description").orElse(""),
                ChargeType.POST_PAID,
                true,
                true);
        return DiskSpecBuilder.builder(spec)
                .performanceLevel(DiskCategories.performanceLevel(category(), arguments.string("PerformanceLevel")))
                .provisionedIops(more().provisionedIops())
                .burstingEnabled(more().bursts())
                .encrypted(encrypted)
                .kmsKeyId(key)
                .multiAttach(isShared())
                .sourceSnapshotId(arguments.string("SnapshotId").orElse(""))
                .resourceGroupId(arguments.string("ResourceGroupId").orElse(""))
                .tags(TagRules.read(arguments, "Tag"))
                .build();
    }

    @Override
    public Outcome.Success success() {
        var body = JsonNodeFactory.instance.objectNode().put("DiskId", diskId.value());
        if (arguments.has("InstanceId")) body.put("OrderId", orderId);
        return Outcome.success(body);
    }

    @Override
    public Outcome repeated(Disk disk) {
        return idempotence.again(disk.tokens(), success(), IDEMPOTENT_PARAMETER_MISMATCH);
    }

    @Override
    public Change routed(AccountView view) {
        var spec = spec(source(view));
        return arguments.has("InstanceId")
                ? new OnInstance(this, new InstanceId(arguments.required("InstanceId")), spec)
                : new Made(this, spec, null);
    }

    @Override
    public DiskEvent create(Conditions conditions) {
        return new Made(this, spec(null), null).create(conditions);
    }

    /** The disk, as it turns out to be. */
    private record Made(
            CreateDisk call, DiskSpec spec, @Nullable Attachment attachment) implements DiskCreation {
        @Override
        public DiskId diskId() {
            return call.diskId;
        }

        @Override
        public Optional<Outcome> check(AccountView view) {
            return call.check(view);
        }

        @Override
        public Outcome.Success success() {
            return call.success();
        }

        @Override
        public Outcome repeated(Disk disk) {
            return call.repeated(disk);
        }

        @Override
        public DiskEvent create(Conditions conditions) {
            return new DiskEvent.Creating(
                    conditions.story(),
                    call.diskId,
                    spec.withDeleteAutoSnapshot(conditions.deleteAutoSnapshot()),
                    false,
                    attachment,
                    conditions.due("CreateDisk"),
                    call.idempotence.used(conditions.now()));
        }
    }

    /** The way by the instance for which it is made: that keeps a device for it, as in AttachDisk. */
    private record OnInstance(CreateDisk call, InstanceId instanceId, DiskSpec spec) implements InstanceChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return call.check(view);
        }

        @Override
        public Outcome.Success success() {
            return call.success();
        }

        @Override
        public boolean asksForSlots() {
            return true;
        }

        @Override
        public Admission admit(Instance instance, Conditions conditions) {
            // The same call, while the first one is under way: a device is kept already.
            for (var slot : instance.slots()) {
                if (!slot.diskId().equals(call.diskId)) continue;
                var kept = new Attachment(instanceId, slot.device(), slot.reservation());
                return Admission.make(new Made(call, ofInstance(instance), kept));
            }
            // The documents have no code for this status here; the other actions do.
            if (!instance.isRunningOrStopped()) return Admission.reject(INCORRECT_INSTANCE_STATUS);
            if (instance.spec().chargeType() != ChargeType.PRE_PAID) {
                return Admission.reject(INVALID_INSTANCE_CHARGE_TYPE_VALUE_NOT_SUPPORTED);
            }
            var taken = instance.slots().stream().map(Slot::device).toList();
            if (!taken.contains(Device.SYSTEM)) return Admission.reject(INVALID_INSTANCE_NOT_FOUND_SYSTEM_DISK);
            if (instance.dataSlots().size() >= Instance.MAX_DATA_DISKS) {
                return Admission.reject(INSTANCE_DISK_LIMIT_EXCEEDED);
            }
            String device = Device.firstFree(taken).orElseThrow();
            var attachment =
                    new Attachment(instanceId, device, conditions.story().requestId());
            return Admission.make(
                    new Made(call, ofInstance(instance), attachment),
                    new InstanceEvent.SlotReserved(conditions.story(), call.diskId, device));
        }

        /** Group, tags and key are of no account here, as the documents have it. */
        private DiskSpec ofInstance(Instance instance) {
            return spec.withZoneId(instance.spec().zoneId())
                    .withChargeType(ChargeType.PRE_PAID)
                    .withPortable(false)
                    .withResourceGroupId("")
                    .withTags(Tags.NONE)
                    .withKmsKeyId("");
        }
    }
}
