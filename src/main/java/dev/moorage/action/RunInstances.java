package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;
import static dev.moorage.contract.ErrorCode.INSTANCE_DISK_NUM_LIMIT_EXCEED;
import static dev.moorage.contract.ErrorCode.INVALID_DATA_DEVICE_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DATA_DISK_CATEGORY_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DATA_DISK_SNAPSHOT_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_DESCRIPTION_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DEVICE_IN_USE;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE;
import static dev.moorage.contract.ErrorCode.INVALID_ZONE_ID_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Device;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.Slot;
import dev.moorage.view.AccountView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes instances with their disks, and starts them. */
record RunInstances(Arguments arguments, Idempotence idempotence, List<One> parts) implements Batch {
    private static final int MAX_INSTANCES = 100;
    private static final String DEFAULT_SYSTEM_CATEGORY = "cloud_efficiency";
    private static final String DEFAULT_DATA_CATEGORY = "cloud";

    static RunInstances of(Call call, Ids ids) {
        var arguments = call.arguments();
        String region = arguments.required("RegionId");
        String account = call.caller().account();
        int disks = 1 + Math.min(arguments.indexes("DataDisk").size(), Instance.MAX_DATA_DISKS);
        var idempotence = Idempotence.of(call);
        var parts = new ArrayList<One>();
        for (int i = 0; i < Math.min(amount(arguments), MAX_INSTANCES); i++) {
            var diskIds = new ArrayList<DiskId>();
            for (int disk = 0; disk < disks; disk++) diskIds.add(ids.newDisk(region));
            parts.add(new One(ids.newInstance(region), diskIds, account, arguments, idempotence));
        }
        return new RunInstances(arguments, idempotence, List.copyOf(parts));
    }

    private static int amount(Arguments arguments) {
        return arguments.integer("Amount").orElse(1);
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrong = idempotence.wrong();
        if (wrong.isPresent()) return Optional.of(wrong.get());
        // All or none are there: the first is made with the others.
        var made = parts.isEmpty() ? null : view.everInstance(parts.get(0).instanceId());
        if (made != null)
            return Optional.of(idempotence.again(made.tokens(), success(), IDEMPOTENT_PARAMETER_MISMATCH));
        String region = arguments.required("RegionId");
        if (!Regions.isRegion(region)) return Change.reject(INVALID_REGION_ID_NOT_FOUND);
        if (!Regions.isZone(region, zone(arguments))) return Change.reject(INVALID_ZONE_ID_NOT_FOUND);
        if (!arguments.string("InstanceName").map(Names::isName).orElse(true)) {
            return Change.reject(INVALID_INSTANCE_NAME_MALFORMED);
        }
        if (!arguments.string("Description").map(Names::isDescription).orElse(true)) {
            return Change.reject(INVALID_DESCRIPTION_MALFORMED);
        }
        if (amount(arguments) < 1 || amount(arguments) > MAX_INSTANCES)
            return Change.reject(INVALID_PARAMETER, "Amount");
        if (!arguments.string("SystemDisk.DiskName").map(Names::isName).orElse(true)) {
            return Change.reject(INVALID_DISK_NAME_MALFORMED);
        }
        if (!DiskCategories.canBeMade(systemCategory(arguments))) {
            return Change.reject(INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED);
        }
        if (systemSize(arguments) < DiskCategories.MIN_SYSTEM_GIB) {
            return Change.reject(INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE);
        }
        if (systemSize(arguments) > DiskCategories.MAX_SYSTEM_GIB) {
            return Change.reject(INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE);
        }
        var dataDisks = dataDisks(arguments);
        if (dataDisks.size() > Instance.MAX_DATA_DISKS) return Change.reject(INSTANCE_DISK_NUM_LIMIT_EXCEED);
        Set<String> devices = new LinkedHashSet<>();
        for (var disk : dataDisks) {
            var fault = disk.wrong(devices);
            if (fault.isPresent()) return Change.reject(fault.get());
        }
        if (arguments.isTrue("DryRun")) return Change.reject(DRY_RUN_OPERATION);
        return Optional.empty();
    }

    @Override
    public Outcome.Success success() {
        var body = JsonNodeFactory.instance.objectNode();
        var ids = body.putObject("InstanceIdSets").putArray("InstanceIdSet");
        parts.forEach(part -> ids.add(part.instanceId().value()));
        return Outcome.success(body);
    }

    private static String zone(Arguments arguments) {
        return arguments.string("ZoneId").orElseGet(() -> Regions.defaultZone(arguments.required("RegionId")));
    }

    private static String systemCategory(Arguments arguments) {
        return arguments.string("SystemDisk.Category").orElse(DEFAULT_SYSTEM_CATEGORY);
    }

    private static int systemSize(Arguments arguments) {
        return arguments.integer("SystemDisk.Size").orElse(DiskCategories.DEFAULT_SYSTEM_GIB);
    }

    private static ChargeType chargeType(Arguments arguments) {
        return arguments.string("InstanceChargeType").orElse("").equals(ChargeType.PRE_PAID.wire())
                ? ChargeType.PRE_PAID
                : ChargeType.POST_PAID;
    }

    private static List<DataDisk> dataDisks(Arguments arguments) {
        return arguments.indexes("DataDisk").stream()
                .map(index -> new DataDisk(arguments, "DataDisk." + index + "."))
                .toList();
    }

    /** What {@code DataDisk.N} says. */
    private record DataDisk(Arguments arguments, String prefix) {
        private String category() {
            return arguments.string(prefix + "Category").orElse(DEFAULT_DATA_CATEGORY);
        }

        private Optional<ErrorCode> wrong(Set<String> devices) {
            if (!DiskCategories.canBeMade(category()))
                return Optional.of(INVALID_DATA_DISK_CATEGORY_VALUE_NOT_SUPPORTED);
            if (arguments.has(prefix + "SnapshotId")) return Optional.of(INVALID_DATA_DISK_SNAPSHOT_ID_NOT_FOUND);
            if (!arguments.string(prefix + "DiskName").map(Names::isName).orElse(true)) {
                return Optional.of(INVALID_DISK_NAME_MALFORMED);
            }
            var size = arguments.integer(prefix + "Size");
            if (size.isEmpty() || !DiskCategories.comesIn(category(), size.get())) {
                return Optional.of(INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED);
            }
            var device = arguments.string(prefix + "Device");
            if (device.isEmpty()) return Optional.empty();
            var name = Device.data(device.get());
            if (name.isEmpty()) return Optional.of(INVALID_DATA_DEVICE_MALFORMED);
            return devices.add(name.get()) ? Optional.empty() : Optional.of(INVALID_DEVICE_IN_USE);
        }

        private Optional<String> device() {
            return arguments.string(prefix + "Device").flatMap(Device::data);
        }

        private Slot.Plan plan(String account, String region, String zone, ChargeType chargeType) {
            var spec = new DiskSpec(
                    account,
                    region,
                    zone,
                    DiskType.DATA,
                    category(),
                    arguments.integer(prefix + "Size").orElseThrow(),
                    arguments.string(prefix + "DiskName").orElse(""),
                    arguments.string(prefix + "Description").orElse(""),
                    chargeType,
                    chargeType == ChargeType.POST_PAID,
                    true);
            return new Slot.Plan(
                    spec, arguments.bool(prefix + "DeleteWithInstance").orElse(true));
        }
    }

    /** One of the instances. The first disk is the system disk. */
    private record One(
            InstanceId instanceId, List<DiskId> diskIds, String account, Arguments arguments, Idempotence idempotence)
            implements InstanceCreation {

        @Override
        public Optional<Outcome> check(AccountView view) {
            return Optional.empty();
        }

        @Override
        public InstanceEvent.Creating create(Conditions conditions) {
            var spec = new InstanceSpec(
                    account,
                    arguments.required("RegionId"),
                    zone(arguments),
                    arguments.string("InstanceName").orElse(instanceId.value()),
                    arguments.string("HostName").orElse(""),
                    arguments.string("Description").orElse(""),
                    arguments.required("InstanceType"),
                    arguments.required("ImageId"),
                    arguments.string("SecurityGroupId").orElse(""),
                    arguments.string("VSwitchId").orElse(""),
                    chargeType(arguments),
                    arguments.isTrue("DeletionProtection"));
            return new InstanceEvent.Creating(
                    conditions.story(),
                    instanceId,
                    spec,
                    slots(spec, conditions.story().requestId()),
                    conditions.due("RunInstances"),
                    false,
                    idempotence.used(conditions.now()));
        }

        @Override
        public Outcome repeated(Instance instance) {
            return idempotence.again(instance.tokens(), success(), IDEMPOTENT_PARAMETER_MISMATCH);
        }

        private List<Slot> slots(InstanceSpec instance, String reservation) {
            var slots = new ArrayList<Slot>();
            slots.add(new Slot(diskIds.get(0), Device.SYSTEM, reservation, systemDisk(instance)));
            var disks = dataDisks(arguments);
            Set<String> taken = new LinkedHashSet<>();
            disks.forEach(disk -> disk.device().ifPresent(taken::add));
            for (int i = 0; i < disks.size(); i++) {
                String device = disks.get(i)
                        .device()
                        .orElseGet(() -> Device.firstFree(taken).orElseThrow());
                taken.add(device);
                var plan = disks.get(i).plan(account, instance.regionId(), instance.zoneId(), instance.chargeType());
                slots.add(new Slot(diskIds.get(i + 1), device, reservation, plan));
            }
            return List.copyOf(slots);
        }

        private Slot.Plan systemDisk(InstanceSpec instance) {
            var spec = new DiskSpec(
                    account,
                    instance.regionId(),
                    instance.zoneId(),
                    DiskType.SYSTEM,
                    systemCategory(arguments),
                    systemSize(arguments),
                    arguments.string("SystemDisk.DiskName").orElse(""),
                    arguments.string("SystemDisk.Description").orElse(""),
                    instance.chargeType(),
                    false,
                    true);
            return new Slot.Plan(spec, true);
        }
    }
}
