package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_MAL_FORMED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import dev.moorage.view.Listed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists network interfaces: each instance has one. Filters narrow one another. */
record DescribeNetworkInterfaces(Arguments arguments) implements Query {
    private static final int MAX_IDS = 100;
    private static final int MAX_RESULTS = 500;

    private static final Map<String, Function<PrimaryInterface, String>> FILTERS = new TreeMap<>(Map.ofEntries(
            Map.entry("InstanceId", eni -> eni.instance().id().value()),
            Map.entry("VSwitchId", eni -> eni.instance().spec().vSwitchId()),
            Map.entry("VpcId", PrimaryInterface::vpcId),
            Map.entry("PrimaryIpAddress", PrimaryInterface::address),
            Map.entry("ResourceGroupId", eni -> eni.instance().spec().resourceGroupId()),
            Map.entry("NetworkInterfaceName", eni -> ""),
            Map.entry("ServiceManaged", eni -> "false"),
            Map.entry("Status", eni -> PrimaryInterface.STATUS),
            Map.entry("Type", eni -> PrimaryInterface.TYPE)));

    static DescribeNetworkInterfaces of(Call call) {
        return new DescribeNetworkInterfaces(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var page = paging().of(place -> candidatesAfter(place, view), filter());
        var body = JsonNodeFactory.instance.objectNode();
        page.describe(body);
        var interfaces = body.putObject("NetworkInterfaceSets").putArray("NetworkInterfaceSet");
        page.items().forEach(instance -> interfaces.add(new PrimaryInterface(instance).whole()));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_RESULTS);
    }

    private Optional<Rejection> wrong() {
        if (!Regions.isRegion(arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_REGION_ID_MAL_FORMED));
        }
        for (var list : List.of("NetworkInterfaceId", "PrivateIpAddress")) {
            if (arguments.strings(list).size() > MAX_IDS) return Optional.of(Rejection.of(INVALID_PARAMETER, list));
        }
        var wrongTags = TagRules.wrongFilter(arguments, "Tag");
        return wrongTags.isPresent() ? wrongTags : paging().wrong();
    }

    private Stream<Listed<Instance>> candidatesAfter(long place, AccountView view) {
        var ids = arguments.strings("NetworkInterfaceId");
        var instance = arguments.string("InstanceId").map(InstanceId::new);
        if (ids.isEmpty() && instance.isEmpty()) return view.instancesAfter(place);
        var owners = ids.isEmpty()
                ? instance.stream().toList()
                : ids.stream()
                        .flatMap(id -> PrimaryInterface.owner(id).stream())
                        .toList();
        return Listed.inOrder(view.instances(owners), place);
    }

    private Predicate<Instance> filter() {
        String region = arguments.required("RegionId");
        Predicate<Instance> filter = instance -> instance.spec().regionId().equals(region);
        for (var field : FILTERS.entrySet()) {
            var value = arguments.string(field.getKey());
            if (value.isEmpty()) continue;
            filter = filter.and(
                    instance -> value.get().equalsIgnoreCase(field.getValue().apply(new PrimaryInterface(instance))));
        }
        var addresses = arguments.strings("PrivateIpAddress");
        if (!addresses.isEmpty()) {
            filter = filter.and(instance -> addresses.contains(new PrimaryInterface(instance).address()));
        }
        var group = arguments.string("SecurityGroupId");
        if (group.isPresent()) {
            filter = filter.and(instance ->
                    new PrimaryInterface(instance).securityGroupIds().contains(group.get()));
        }
        // There is no address of IPv6.
        if (!arguments.strings("Ipv6Address").isEmpty()) return instance -> false;
        var tags = TagRules.matching(arguments, "Tag");
        return filter.and(instance -> tags.test(instance.spec().tags()));
    }
}
