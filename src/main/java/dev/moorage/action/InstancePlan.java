package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INSTANCE_DISK_NUM_LIMIT_EXCEED;
import static dev.moorage.contract.ErrorCode.INVALID_CHARGE_TYPE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DESCRIPTION_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DEVICE_IN_USE;
import static dev.moorage.contract.ErrorCode.INVALID_HOST_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_TYPE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_CONFLICT;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_CREDIT_SPECIFICATION;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_TAG_COUNT;
import static dev.moorage.contract.ErrorCode.INVALID_ZONE_ID_NOT_FOUND;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Device;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Snapshot;
import dev.moorage.view.AccountView;
import dev.moorage.view.SnapshotOf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a call wants its instances to be, and what is wrong with that: the same for every verb that makes instances. */
record InstancePlan(Arguments arguments, String account) {
    private static final String INSTANCE_TYPE = "ecs\\.[a-z0-9-]+\\.[a-z0-9]+";
    static final Set<String> CREDIT_SPECIFICATIONS = Set.of("Standard", "Unlimited");

    static InstancePlan of(Call call) {
        return new InstancePlan(call.arguments(), call.caller().account());
    }

    String regionId() {
        return arguments.required("RegionId");
    }

    String imageId() {
        return arguments.required("ImageId");
    }

    /** Empty for a type that is not in the catalogue: it is taken as given. */
    Optional<InstanceType> type() {
        return InstanceTypes.find(arguments.required("InstanceType"));
    }

    Optional<Image> image() {
        return Images.find(imageId());
    }

    NetworkPlan network() {
        return new NetworkPlan(arguments);
    }

    /** More disks than an instance can have are not planned: they are refused. */
    int disks() {
        return 1 + Math.min(dataDisks().size(), Instance.MAX_DATA_DISKS);
    }

    private String zoneId() {
        return arguments.string("ZoneId").orElseGet(() -> Regions.defaultZone(regionId()));
    }

    private ChargeType chargeType() {
        return new Subscription(arguments).chargeType();
    }

    private DiskPlan systemDisk() {
        return new DiskPlan(this, DiskType.SYSTEM, "SystemDisk.");
    }

    private List<DiskPlan> dataDisks() {
        return arguments.indexes("DataDisk").stream()
                .map(index -> new DiskPlan(this, DiskType.DATA, "DataDisk." + index + "."))
                .toList();
    }

    /**
     * What is wrong with where they are to be, and with what they are to be called.
     *
     * @param made the instances, with their names
     */
    Optional<Rejection> wrongPlaceOrName(List<NewInstance> made) {
        if (!Regions.isRegion(regionId())) return reject(INVALID_REGION_ID_NOT_FOUND);
        if (!Regions.isZone(regionId(), zoneId())) return reject(INVALID_ZONE_ID_NOT_FOUND);
        if (!made.stream().allMatch(one -> Names.isName(one.name()))) return reject(INVALID_INSTANCE_NAME_MALFORMED);
        if (!made.stream().allMatch(one -> HostNames.isHostName(one.hostName(), image()))) {
            return reject(INVALID_HOST_NAME_MALFORMED);
        }
        if (!arguments.string("Description").map(Names::isDescription).orElse(true)) {
            return reject(INVALID_DESCRIPTION_MALFORMED);
        }
        return Optional.empty();
    }

    /**
     * What is wrong with all else.
     *
     * @param wrongPeriodUnit what the verb says of one that is none
     */
    Optional<Rejection> wrong(AccountView view, ErrorCode wrongPeriodUnit) {
        if (!arguments.required("InstanceType").matches(INSTANCE_TYPE)) {
            return reject(INVALID_INSTANCE_TYPE_VALUE_NOT_SUPPORTED);
        }
        if (!image().flatMap(image -> type().map(image::runsOn)).orElse(true)) {
            return reject(INVALID_PARAMETER_CONFLICT, "ImageId");
        }
        var subscription = new Subscription(arguments).wrong(wrongPeriodUnit);
        if (subscription.isPresent()) return subscription;
        if (chargeType() == ChargeType.PRE_PAID && arguments.isTrue("DeletionProtection")) {
            return reject(INVALID_CHARGE_TYPE_VALUE_NOT_SUPPORTED);
        }
        if (!arguments
                .string("CreditSpecification")
                .map(CREDIT_SPECIFICATIONS::contains)
                .orElse(true)) {
            return reject(INVALID_PARAMETER_CREDIT_SPECIFICATION);
        }
        var network = network().wrong(view);
        if (network.isPresent()) return network;
        var login = new Login(arguments).wrong();
        if (login.isPresent()) return login;
        var tags = TagRules.wrong(arguments, "Tag", INVALID_TAG_COUNT);
        return tags.isPresent() ? tags : wrongDisks(view);
    }

    private Optional<Rejection> wrongDisks(AccountView view) {
        var system = systemDisk().wrongSystemDisk();
        if (system.isPresent()) return system;
        var dataDisks = dataDisks();
        if (dataDisks.size() > Instance.MAX_DATA_DISKS) return reject(INSTANCE_DISK_NUM_LIMIT_EXCEED);
        Set<String> devices = new HashSet<>();
        for (var disk : dataDisks) {
            var wrong = disk.wrongDataDisk(view, chargeType());
            if (wrong.isPresent()) return wrong;
            var device = disk.device();
            if (device.isPresent() && !devices.add(device.get())) return reject(INVALID_DEVICE_IN_USE);
        }
        return Optional.empty();
    }

    InstanceSpec spec(NewInstance made) {
        var network = network();
        var groups = network.securityGroupIds();
        var login = new Login(arguments);
        return new InstanceSpec(
                        account,
                        regionId(),
                        zoneId(),
                        made.name(),
                        made.hostName(),
                        text("Description"),
                        arguments.required("InstanceType"),
                        imageId(),
                        groups.isEmpty() ? "" : groups.get(0),
                        network.vSwitchId(),
                        chargeType(),
                        arguments.isTrue("DeletionProtection"))
                .withMoreSecurityGroupIds(groups.isEmpty() ? groups : groups.subList(1, groups.size()))
                .withPrivateIpAddress(made.privateIpAddress())
                .withInternetChargeType(text("InternetChargeType"))
                .withMaxBandwidthInMbps(network.maxBandwidthInMbps())
                .withMaxBandwidthOutMbps(network.maxBandwidthOutMbps())
                .withKeyPairName(login.keyPairName())
                .withUserData(login.userData())
                .withRamRoleName(text("RamRoleName"))
                .withResourceGroupId(text("ResourceGroupId"))
                .withCreditSpecification(text("CreditSpecification"))
                .withSpotStrategy(text("SpotStrategy"))
                .withTags(TagRules.read(arguments, "Tag"));
    }

    private String text(String parameter) {
        return arguments.string(parameter).orElse("");
    }

    /** The snapshots that disks are to be made from. */
    List<Snapshot> snapshots(AccountView view) {
        return dataDisks().stream()
                .flatMap(disk -> disk.snapshot(view).stream())
                .map(SnapshotOf::snapshot)
                .toList();
    }

    /** Where the disks go: the system disk first. Devices that nobody has asked for are given in order. */
    List<Slot> slots(InstanceSpec instance, NewInstance made, Conditions conditions) {
        String reservation = conditions.story().requestId();
        var slots = new ArrayList<Slot>();
        var diskIds = made.diskIds();
        slots.add(new Slot(
                diskIds.get(0), Device.SYSTEM, reservation, systemDisk().plan(instance, List.of(), conditions)));
        var disks = dataDisks();
        Set<String> taken = new HashSet<>();
        disks.forEach(disk -> disk.device().ifPresent(taken::add));
        for (int i = 0; i < disks.size(); i++) {
            String device = disks.get(i)
                    .device()
                    .orElseGet(() -> Device.firstFree(taken).orElseThrow());
            taken.add(device);
            slots.add(new Slot(
                    diskIds.get(i + 1),
                    device,
                    reservation,
                    disks.get(i).plan(instance, made.snapshots(), conditions)));
        }
        return List.copyOf(slots);
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }

    private static Optional<Rejection> reject(ErrorCode code, String parameter) {
        return Optional.of(Rejection.of(code, parameter));
    }
}
