package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_INTERNET_CHARGE_TYPE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_LOCK_REASON_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_NETWORK_TYPE_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_STATUS_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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

    /** What each plain filter is compared with, in any case of letters. What instances do not have here is empty. */
    private static final Map<String, Function<Instance, String>> FILTERS = new TreeMap<>(Map.ofEntries(
            Map.entry("ZoneId", instance -> instance.spec().zoneId()),
            Map.entry("Status", instance -> instance.status().wire()),
            Map.entry("InstanceType", instance -> instance.spec().instanceType()),
            Map.entry("InstanceTypeFamily", instance -> new InstanceDescription(instance).family()),
            Map.entry("ImageId", instance -> instance.spec().imageId()),
            Map.entry(
                    "InstanceChargeType",
                    instance -> instance.spec().chargeType().wire()),
            Map.entry("InternetChargeType", instance -> new InstanceDescription(instance).internetChargeType()),
            Map.entry("VSwitchId", instance -> instance.spec().vSwitchId()),
            Map.entry("VpcId", instance -> new PrimaryInterface(instance).vpcId()),
            Map.entry("InstanceNetworkType", instance -> InstanceDescription.NETWORK_TYPE),
            Map.entry("IoOptimized", instance -> String.valueOf(InstanceDescription.IO_OPTIMIZED)),
            Map.entry("DeviceAvailable", instance -> "true"),
            Map.entry("KeyPairName", instance -> instance.spec().keyPairName()),
            Map.entry("ResourceGroupId", instance -> instance.spec().resourceGroupId()),
            Map.entry("HttpEndpoint", instance -> InstanceDescription.HTTP_ENDPOINT),
            Map.entry("HttpTokens", instance -> InstanceDescription.HTTP_TOKENS),
            Map.entry("HpcClusterId", instance -> "")));

    /** Addresses of which one is enough, as a JSON array. */
    private static final Map<String, Function<Instance, List<String>>> ADDRESSES = new TreeMap<>(Map.of(
            "PrivateIpAddresses", instance -> List.of(new PrimaryInterface(instance).address()),
            "PublicIpAddresses",
                    instance -> new PrimaryInterface(instance)
                            .internetAddress()
                            .map(List::of)
                            .orElse(List.of()),
            "InnerIpAddresses", instance -> List.of(),
            "EipAddresses", instance -> List.of(),
            "RdmaIpAddresses", instance -> List.of()));

    /** Filters that have few values, and what is said of any other. */
    private static final Map<String, Values> VALUES = new TreeMap<>(Map.of(
            "Status",
                    new Values(
                            INVALID_STATUS_NOT_FOUND,
                            Arrays.stream(InstanceStatus.values())
                                    .filter(status -> status != InstanceStatus.RELEASED)
                                    .map(InstanceStatus::wire)
                                    .toList()),
            "InstanceChargeType", new Values(INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND, List.of("PostPaid", "PrePaid")),
            "InstanceNetworkType", new Values(INVALID_NETWORK_TYPE_NOT_FOUND, List.of("classic", "vpc")),
            "InternetChargeType",
                    new Values(
                            INVALID_INTERNET_CHARGE_TYPE_VALUE_NOT_SUPPORTED,
                            List.of("PayByTraffic", "PayByBandwidth")),
            "LockReason",
                    new Values(
                            INVALID_LOCK_REASON_NOT_FOUND,
                            Arrays.stream(LockReason.values())
                                    .map(LockReason::wire)
                                    .toList())));

    private record Values(ErrorCode otherwise, List<String> known) {
        boolean has(String value) {
            return known.stream().anyMatch(value::equalsIgnoreCase);
        }
    }

    static DescribeInstances of(Call call) {
        return new DescribeInstances(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var wanted = WantedInstances.inArray(arguments, "InstanceIds");
        var page = paging().of(place -> wanted.after(place, view), filter());
        var body = JsonNodeFactory.instance.objectNode();
        page.describe(body);
        var instances = body.putObject("Instances").putArray("Instance");
        page.items().forEach(instance -> instances.add(new InstanceDescription(instance).listed()));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_RESULTS);
    }

    private Optional<Rejection> wrong() {
        if (!Regions.isRegion(arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_REGION_ID_NOT_FOUND));
        }
        for (var list : Stream.concat(Stream.of("InstanceIds"), ADDRESSES.keySet().stream())
                .toList()) {
            if (arguments.has(list) && !isShortList(list)) return Optional.of(Rejection.of(INVALID_PARAMETER, list));
        }
        for (var filter : VALUES.entrySet()) {
            var value = arguments.string(filter.getKey());
            if (value.isPresent() && !filter.getValue().has(value.get())) {
                return Optional.of(Rejection.of(filter.getValue().otherwise()));
            }
        }
        var wrongTimes = new TimeFilters(arguments).wrong();
        if (wrongTimes.isPresent()) return wrongTimes;
        var wrongTags = TagRules.wrongFilter(arguments, "Tag");
        if (wrongTags.isPresent()) return wrongTags;
        var wrongPage = paging().wrong();
        if (wrongPage.isPresent()) return wrongPage;
        return arguments.isTrue("DryRun") ? Optional.of(Rejection.of(DRY_RUN_OPERATION)) : Optional.empty();
    }

    private boolean isShortList(String parameter) {
        var list = arguments.jsonArray(parameter);
        return list.isPresent() && list.get().size() <= MAX_IDS;
    }

    /** What was asked, as one question: it is put to every instance of the account. */
    private Predicate<Instance> filter() {
        String region = arguments.required("RegionId");
        Predicate<Instance> filter = instance -> instance.spec().regionId().equals(region);
        var name = arguments.string("InstanceName");
        if (name.isPresent())
            filter = filter.and(instance -> Names.isLike(instance.spec().name(), name.get()));
        var lock = arguments.string("LockReason");
        if (lock.isPresent()) filter = filter.and(instance -> isLocked(instance, lock.get()));
        var group = arguments.string("SecurityGroupId");
        if (group.isPresent()) {
            filter = filter.and(instance ->
                    new PrimaryInterface(instance).securityGroupIds().contains(group.get()));
        }
        for (var field : FILTERS.entrySet()) {
            var value = arguments.string(field.getKey());
            if (value.isEmpty()) continue;
            filter = filter.and(
                    instance -> value.get().equalsIgnoreCase(field.getValue().apply(instance)));
        }
        for (var field : ADDRESSES.entrySet()) {
            if (!arguments.has(field.getKey())) continue;
            var wanted = arguments.jsonArray(field.getKey()).orElseThrow();
            filter = filter.and(
                    instance -> field.getValue().apply(instance).stream().anyMatch(wanted::contains));
        }
        var tags = TagRules.matching(arguments, "Tag");
        return filter.and(new TimeFilters(arguments).matching())
                .and(instance -> tags.test(instance.spec().tags()));
    }

    private static boolean isLocked(Instance instance, String reason) {
        return instance.locks().stream().anyMatch(lock -> lock.wire().equalsIgnoreCase(reason));
    }
}
