package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_STATUS_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
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

/** Lists instances. Filters narrow one another; an id that matches nothing is no error. */
record DescribeInstances(Arguments arguments) implements Query {
    private static final int MAX_IDS = 100;
    private static final int MAX_RESULTS = 100;
    private static final String NETWORK_TYPE = "vpc";

    /** What each plain filter is compared with, in any case of letters. What instances do not have here is empty. */
    private static final Map<String, Function<Instance, String>> FILTERS = new TreeMap<>(Map.ofEntries(
            Map.entry("ZoneId", instance -> instance.spec().zoneId()),
            Map.entry("Status", instance -> instance.status().wire()),
            Map.entry("InstanceType", instance -> instance.spec().instanceType()),
            Map.entry("ImageId", instance -> instance.spec().imageId()),
            Map.entry(
                    "InstanceChargeType",
                    instance -> instance.spec().chargeType().wire()),
            Map.entry("SecurityGroupId", instance -> instance.spec().securityGroupId()),
            Map.entry("VSwitchId", instance -> instance.spec().vSwitchId()),
            Map.entry("InstanceNetworkType", instance -> NETWORK_TYPE),
            Map.entry("VpcId", instance -> ""),
            Map.entry("ResourceGroupId", instance -> ""),
            Map.entry("PrivateIpAddresses", instance -> "")));

    static DescribeInstances of(Call call) {
        return new DescribeInstances(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var page = paging().of(place -> candidatesAfter(place, view), filter());
        var body = JsonNodeFactory.instance.objectNode();
        page.describe(body);
        var instances = body.putObject("Instances").putArray("Instance");
        page.items().forEach(instance -> instances.add(describe(instance)));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_RESULTS);
    }

    private Optional<Rejection> wrong() {
        if (!Regions.isRegion(arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_REGION_ID_NOT_FOUND));
        }
        if (arguments.has("InstanceIds")) {
            var ids = arguments.jsonArray("InstanceIds");
            if (ids.isEmpty() || ids.get().size() > MAX_IDS) {
                return Optional.of(Rejection.of(INVALID_PARAMETER, "InstanceIds"));
            }
        }
        if (!arguments.string("Status").map(DescribeInstances::isStatus).orElse(true)) {
            return Optional.of(Rejection.of(INVALID_STATUS_NOT_FOUND));
        }
        var wrongPage = paging().wrong();
        if (wrongPage.isPresent()) return wrongPage;
        return arguments.isTrue("DryRun") ? Optional.of(Rejection.of(DRY_RUN_OPERATION)) : Optional.empty();
    }

    private static boolean isStatus(String value) {
        return Arrays.stream(InstanceStatus.values())
                .filter(status -> status != InstanceStatus.RELEASED)
                .anyMatch(status -> status.wire().equalsIgnoreCase(value));
    }

    private Stream<Listed<Instance>> candidatesAfter(long place, AccountView view) {
        if (!arguments.has("InstanceIds")) return view.instancesAfter(place);
        var ids = arguments.jsonArray("InstanceIds").orElseThrow();
        return Listed.inOrder(view.instances(ids.stream().map(InstanceId::new).toList()), place);
    }

    /** What was asked, as one question: it is put to every instance of the account. */
    private Predicate<Instance> filter() {
        if (!arguments.indexes("Tag").isEmpty()) return instance -> false;
        String region = arguments.required("RegionId");
        Predicate<Instance> filter = instance -> instance.spec().regionId().equals(region);
        var name = arguments.string("InstanceName");
        if (name.isPresent())
            filter = filter.and(instance -> Names.isLike(instance.spec().name(), name.get()));
        var lock = arguments.string("LockReason");
        if (lock.isPresent()) filter = filter.and(instance -> isLocked(instance, lock.get()));
        for (var field : FILTERS.entrySet()) {
            var value = arguments.string(field.getKey());
            if (value.isEmpty()) continue;
            filter = filter.and(
                    instance -> value.get().equalsIgnoreCase(field.getValue().apply(instance)));
        }
        return filter;
    }

    private static boolean isLocked(Instance instance, String reason) {
        return instance.locks().stream().anyMatch(lock -> lock.wire().equalsIgnoreCase(reason));
    }

    private static ObjectNode describe(Instance instance) {
        var spec = instance.spec();
        var node = JsonNodeFactory.instance.objectNode();
        node.put("InstanceId", instance.id().value());
        node.put("InstanceName", spec.name());
        node.put("HostName", spec.hostName());
        node.put("Description", spec.description());
        node.put("RegionId", spec.regionId());
        node.put("ZoneId", spec.zoneId());
        node.put("Status", instance.status().wire());
        node.put("InstanceType", spec.instanceType());
        node.put("ImageId", spec.imageId());
        node.put("InstanceChargeType", spec.chargeType().wire());
        node.put("InstanceNetworkType", NETWORK_TYPE);
        node.put("DeletionProtection", spec.deletionProtection());
        node.put("CreationTime", Timestamps.minutes(instance.createdAt()));
        node.put("StartTime", Timestamps.minutes(instance.startedAt()));
        node.put("ExpiredTime", Timestamps.NEVER_EXPIRES);
        node.put("StoppedMode", Power.stoppedMode(instance));
        var locks = node.putObject("OperationLocks").putArray("LockReason");
        instance.locks().forEach(lock -> locks.addObject().put("LockReason", lock.wire()));
        var groups = node.putObject("SecurityGroupIds").putArray("SecurityGroupId");
        if (!spec.securityGroupId().isEmpty()) groups.add(spec.securityGroupId());
        var vpc = node.putObject("VpcAttributes");
        vpc.put("VSwitchId", spec.vSwitchId());
        vpc.putObject("PrivateIpAddress").putArray("IpAddress");
        node.putObject("PublicIpAddress").putArray("IpAddress");
        node.putObject("InnerIpAddress").putArray("IpAddress");
        node.putObject("Tags").putArray("Tag");
        return node;
    }
}
