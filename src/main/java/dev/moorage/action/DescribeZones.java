package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_ACCEPT_LANGUAGE_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_SPOT_STRATEGY;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Lists the zones of a region, with what can be had there. */
record DescribeZones(Arguments arguments) implements Query {
    static DescribeZones of(Call call) {
        return new DescribeZones(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var region = Regions.find(arguments.required("RegionId"));
        if (region.isEmpty()) return Rejection.of(INVALID_REGION_ID_NOT_FOUND);
        if (!Terms.hasKnownChargeType(arguments)) return Rejection.of(INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND);
        if (!Terms.hasKnownSpotStrategy(arguments)) return Rejection.of(INVALID_SPOT_STRATEGY);
        var language = Language.of(arguments);
        if (language.isEmpty()) return Rejection.of(INVALID_ACCEPT_LANGUAGE_NOT_FOUND);
        boolean verbose = arguments.bool("Verbose").orElse(true);
        var body = JsonNodeFactory.instance.objectNode();
        var zones = body.putObject("Zones").putArray("Zone");
        for (var zone : region.get().listedZones()) {
            var node = zones.addObject();
            node.put("ZoneId", zone.id());
            node.put("LocalName", zone.name(language.get()));
            node.put("ZoneType", "AvailabilityZone");
            putOffer(node, verbose);
        }
        return Outcome.success(body);
    }

    private static void putOffer(ObjectNode zone, boolean verbose) {
        var types = InstanceTypes.ALL.stream().map(InstanceType::id).toList();
        var categories = InstanceTypes.diskCategories(InstanceTypes.ALL);
        put(zone, "AvailableResourceCreation", "ResourceTypes", List.of("VSwitch", "IoOptimized", "Instance", "Disk"));
        put(zone, "AvailableInstanceTypes", "InstanceTypes", types);
        put(zone, "AvailableDiskCategories", "DiskCategories", categories);
        put(zone, "AvailableVolumeCategories", "VolumeCategories", List.of());
        put(zone, "AvailableDedicatedHostTypes", "DedicatedHostType", List.of());
        put(zone, "DedicatedHostGenerations", "DedicatedHostGeneration", List.of());
        if (!verbose) return;
        var families = InstanceTypes.FAMILIES;
        var offer =
                zone.putObject("AvailableResources").putArray("ResourcesInfo").addObject();
        offer.put("IoOptimized", true);
        put(offer, "InstanceTypes", "supportedInstanceType", types);
        put(
                offer,
                "InstanceTypeFamilies",
                "supportedInstanceTypeFamily",
                families.stream().map(InstanceFamily::id).toList());
        put(
                offer,
                "InstanceGenerations",
                "supportedInstanceGeneration",
                families.stream()
                        .map(InstanceFamily::generation)
                        .distinct()
                        .sorted()
                        .toList());
        put(offer, "SystemDiskCategories", "supportedSystemDiskCategory", categories);
        put(offer, "DataDiskCategories", "supportedDataDiskCategory", categories);
        put(offer, "NetworkTypes", "supportedNetworkCategory", List.of("vpc"));
    }

    private static void put(ObjectNode node, String list, String item, Collection<String> values) {
        var array = node.putObject(list).putArray(item);
        values.forEach(array::add);
    }
}
