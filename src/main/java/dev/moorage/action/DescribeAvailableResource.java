package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_DEDICATED_HOST_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_DESTINATION_RESOURCE;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_CHARGE_TYPE;
import static dev.moorage.contract.ErrorCode.INVALID_IO_OPTIMIZED;
import static dev.moorage.contract.ErrorCode.INVALID_NETWORK_CATEGORY;
import static dev.moorage.contract.ErrorCode.INVALID_PARAM_CORES;
import static dev.moorage.contract.ErrorCode.INVALID_PARAM_MEMORY;
import static dev.moorage.contract.ErrorCode.INVALID_PARAM_TYPE_AND_CPU_MEM_CONFLICT;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID;
import static dev.moorage.contract.ErrorCode.INVALID_RESOURCE_TYPE;
import static dev.moorage.contract.ErrorCode.INVALID_SPOT_STRATEGY_WITH_DOT;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what of one kind can be had in which zones of a region. Where there is none of it, no zone is listed. */
record DescribeAvailableResource(Arguments arguments) implements Query {
    private static final String OPTIMIZED = "optimized";
    private static final String VPC = "vpc";
    private static final Set<String> IO = Set.of(OPTIMIZED, "none");
    private static final Set<String> NETWORKS = Set.of(VPC, "classic");
    private static final Set<String> RESOURCE_TYPES = Set.of("instance", "disk", "reservedinstance", "ddh");

    private static final DiskCategories.Sizes SYSTEM_SIZES =
            new DiskCategories.Sizes(DiskCategories.MIN_SYSTEM_GIB, DiskCategories.MAX_SYSTEM_GIB);

    /** What can be asked for. */
    private enum Destination {
        ZONE("Zone"),
        IO_OPTIMIZED("IoOptimized"),
        INSTANCE_TYPE("InstanceType"),
        NETWORK("Network"),
        DEDICATED_HOST("ddh"),
        SYSTEM_DISK("SystemDisk"),
        DATA_DISK("DataDisk");

        private final String wire;

        Destination(String wire) {
            this.wire = wire;
        }

        private boolean isDisk() {
            return this == SYSTEM_DISK || this == DATA_DISK;
        }
    }

    /** One thing that can be had, and in which sizes, if it has any. */
    private record Offer(String value, DiskCategories.@Nullable Sizes sizes) {
        static Offer of(String value) {
            return new Offer(value, null);
        }
    }

    static DescribeAvailableResource of(Call call) {
        return new DescribeAvailableResource(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var destination = destination().orElseThrow();
        var types = types();
        var body = JsonNodeFactory.instance.objectNode();
        var zones = body.putObject("AvailableZones").putArray("AvailableZone");
        if (types.isEmpty() || destination == Destination.DEDICATED_HOST) return Outcome.success(body);
        var region = Regions.find(arguments.required("RegionId")).orElseThrow();
        for (var zone : zones(region)) {
            var node = available(zones);
            node.put("RegionId", region.id());
            node.put("ZoneId", zone.id());
            putResources(node, destination, types);
        }
        return Outcome.success(body);
    }

    /** A zone that is asked for by its name need not be one of those that are listed. */
    private List<Region.Zone> zones(Region region) {
        return arguments
                .string("ZoneId")
                .map(zone -> region.zone(zone).stream().toList())
                .orElse(region.listedZones());
    }

    private Optional<Rejection> wrong() {
        var destination = destination();
        if (!Regions.isRegion(arguments.required("RegionId"))) return reject(INVALID_REGION_ID);
        if (destination.isEmpty()) return reject(INVALID_DESTINATION_RESOURCE);
        if (!isUnsetOrIn("ResourceType", RESOURCE_TYPES)) return reject(INVALID_RESOURCE_TYPE);
        if (!Terms.hasKnownChargeType(arguments)) return reject(INVALID_INSTANCE_CHARGE_TYPE);
        if (!Terms.hasKnownSpotStrategy(arguments)) return reject(INVALID_SPOT_STRATEGY_WITH_DOT);
        if (!isUnsetOrIn("IoOptimized", IO)) return reject(INVALID_IO_OPTIMIZED);
        if (!isUnsetOrIn("NetworkCategory", NETWORKS)) return reject(INVALID_NETWORK_CATEGORY);
        if (arguments.has("DedicatedHostId")) return reject(INVALID_DEDICATED_HOST_ID_NOT_FOUND);
        boolean namesType = arguments.has("InstanceType");
        if (destination.get().isDisk() && !namesType && !is("ResourceType", "disk")) {
            return reject(INVALID_PARAM_TYPE_AND_CPU_MEM_CONFLICT);
        }
        boolean mayNameSize = destination.get() == Destination.INSTANCE_TYPE && !namesType;
        if (arguments.has("Cores") && !mayNameSize) return reject(INVALID_PARAM_CORES);
        if (arguments.has("Memory") && !mayNameSize) return reject(INVALID_PARAM_MEMORY);
        return Optional.empty();
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }

    private Optional<Destination> destination() {
        String wanted = arguments.required("DestinationResource");
        return Arrays.stream(Destination.values())
                .filter(destination -> destination.wire.equalsIgnoreCase(wanted))
                .findFirst();
    }

    private boolean isUnsetOrIn(String parameter, Set<String> known) {
        return arguments
                .string(parameter)
                .map(value -> known.contains(value.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    private boolean is(String parameter, String value) {
        return arguments.string(parameter).map(value::equalsIgnoreCase).orElse(false);
    }

    /** The instance types that fit all that was said. Nothing is sold without optimized I/O or outside of a VPC. */
    private List<InstanceType> types() {
        if (is("IoOptimized", "none") || is("NetworkCategory", "classic")) return List.of();
        return InstanceTypes.ALL.stream().filter(this::fits).toList();
    }

    private boolean fits(InstanceType type) {
        return arguments.string("InstanceType").orElse(type.id()).equals(type.id())
                && arguments.integer("Cores").orElse(type.cores()) == type.cores()
                && arguments.decimal("Memory").orElse(type.memoryGiB()).compareTo(type.memoryGiB()) == 0
                && arguments.string("SystemDiskCategory").map(type::takes).orElse(true)
                && arguments.string("DataDiskCategory").map(type::takes).orElse(true);
    }

    private void putResources(ObjectNode zone, Destination destination, Collection<InstanceType> types) {
        var resources = zone.putObject("AvailableResources").putArray("AvailableResource");
        var offers = offers(destination, types);
        if (offers.isEmpty()) return;
        var resource = resources.addObject().put("Type", destination.wire);
        var supported = resource.putObject("SupportedResources").putArray("SupportedResource");
        for (var offer : offers) {
            var node = available(supported).put("Value", offer.value());
            if (offer.sizes() == null) continue;
            node.put("Min", offer.sizes().min()).put("Max", offer.sizes().max()).put("Unit", "GiB");
        }
    }

    private List<Offer> offers(Destination destination, Collection<InstanceType> types) {
        return switch (destination) {
            case ZONE, DEDICATED_HOST -> List.of();
            case IO_OPTIMIZED -> List.of(Offer.of(OPTIMIZED));
            case NETWORK -> List.of(Offer.of(VPC));
            case INSTANCE_TYPE ->
                types.stream().map(type -> Offer.of(type.id())).toList();
            case SYSTEM_DISK ->
                categories("SystemDiskCategory", types)
                        .map(category -> new Offer(category, SYSTEM_SIZES))
                        .toList();
            case DATA_DISK ->
                categories("DataDiskCategory", types)
                        .map(category -> new Offer(
                                category, DiskCategories.sizes(category).orElseThrow()))
                        .toList();
        };
    }

    /** What the types take, or just the one that was asked for. */
    private Stream<String> categories(String parameter, Collection<InstanceType> types) {
        return InstanceTypes.diskCategories(types).stream()
                .filter(category -> arguments.string(parameter).orElse(category).equals(category));
    }

    private static ObjectNode available(ArrayNode list) {
        return list.addObject().put("Status", "Available").put("StatusCategory", "WithStock");
    }
}
