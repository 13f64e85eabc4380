package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.ParameterSpec;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Lists instance types. Filters narrow one another; a name that matches nothing is no error.
 *
 * @param filters the parameters of the contract: not everything that types say can be asked for
 */
record DescribeInstanceTypes(Arguments arguments, Set<String> filters) implements Query {
    private static final int MAX_RESULTS = 100;
    private static final int MAX_VALUES = 10;

    /** What types say in words: each is in the answer, and a filter of the same name wants just that. */
    private static final Map<String, Function<InstanceType, String>> TEXTS = new TreeMap<>(Map.ofEntries(
            Map.entry("InstanceTypeId", InstanceType::id),
            Map.entry("InstanceTypeFamily", type -> type.family().id()),
            Map.entry("InstanceFamilyLevel", type -> type.family().level()),
            Map.entry("InstanceCategory", type -> type.family().category()),
            Map.entry("CpuArchitecture", type -> type.family().architecture()),
            Map.entry("PhysicalProcessorModel", type -> type.family().processor()),
            Map.entry(
                    "GPUSpec", type -> Objects.requireNonNullElse(type.family().gpu(), "")),
            Map.entry("LocalStorageCategory", type -> ""),
            Map.entry("NvmeSupport", type -> "unsupported")));

    /** Filters that want no more than a part of it. */
    private static final List<String> BY_PART = List.of("PhysicalProcessorModel", "GPUSpec");

    /** Filters that name several, and what they are compared with. */
    private static final Map<String, String> BY_LIST = new TreeMap<>(Map.of(
            "InstanceTypes", "InstanceTypeId",
            "InstanceTypeFamilies", "InstanceTypeFamily",
            "InstanceCategories", "InstanceCategory",
            "CpuArchitectures", "CpuArchitecture",
            "PhysicalProcessorModels", "PhysicalProcessorModel",
            "GpuSpecs", "GPUSpec",
            "LocalStorageCategories", "LocalStorageCategory"));

    /** What types say in numbers: each is in the answer, and filters ask for a minimum and a maximum of it. */
    private static final Map<String, Function<InstanceType, BigDecimal>> NUMBERS = new TreeMap<>(Map.ofEntries(
            number("CpuCoreCount", InstanceType::cores),
            Map.entry("MemorySize", InstanceType::memoryGiB),
            Map.entry("CpuSpeedFrequency", type -> type.family().clock()),
            Map.entry("CpuTurboFrequency", type -> type.family().turbo()),
            number("GPUAmount", type -> type.size().gpus()),
            number("InstanceBandwidthRx", type -> type.size().kbits()),
            number("InstanceBandwidthTx", type -> type.size().kbits()),
            number("InstancePpsRx", type -> type.size().pps()),
            number("InstancePpsTx", type -> type.size().pps()),
            number("PrimaryEniQueueNumber", type -> type.size().queues()),
            number("SecondaryEniQueueNumber", InstanceType::secondaryQueues),
            number("MaximumQueueNumberPerEni", type -> type.size().queues()),
            number("TotalEniQueueQuantity", InstanceType::allQueues),
            number("EniQuantity", type -> type.size().enis()),
            number("EniPrivateIpAddressQuantity", type -> type.size().addresses()),
            number("EniIpv6AddressQuantity", type -> type.size().ipv6Addresses()),
            number("EriQuantity", type -> 0),
            number("QueuePairNumber", type -> 0),
            number("LocalStorageAmount", type -> 0),
            number("LocalStorageCapacity", type -> 0),
            number("DiskQuantity", InstanceType::disks),
            number("BaselineCredit", type -> type.size().baselineCredit()),
            number("InitialCredit", InstanceType::initialCredit)));

    private static Map.Entry<String, Function<InstanceType, BigDecimal>> number(
            String name, ToIntFunction<InstanceType> value) {
        return Map.entry(name, type -> BigDecimal.valueOf(value.applyAsInt(type)));
    }

    static DescribeInstanceTypes of(Call call) {
        var filters = call.action().parameters().stream().map(ParameterSpec::name);
        return new DescribeInstanceTypes(call.arguments(), filters.collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var found = InstanceTypes.ALL.stream().filter(filter()).toList();
        int from = Math.min(from(), found.size());
        int to = Math.min(from + maxResults(), found.size());
        var body = JsonNodeFactory.instance.objectNode();
        body.put("NextToken", to < found.size() ? Paging.token(to) : "");
        var types = body.putObject("InstanceTypes").putArray("InstanceType");
        found.subList(from, to).forEach(type -> types.add(describe(type)));
        return Outcome.success(body);
    }

    private Optional<Rejection> wrong() {
        for (var list : BY_LIST.keySet()) {
            if (arguments.strings(list).size() > MAX_VALUES) {
                return Optional.of(Rejection.of(INVALID_PARAMETER, list));
            }
        }
        if (maxResults() < 1) return Optional.of(Rejection.of(INVALID_PARAMETER, "MaxResults"));
        if (from() < 0) return Optional.of(Rejection.of(INVALID_PARAMETER, "NextToken"));
        return Optional.empty();
    }

    private int maxResults() {
        return Math.min(MAX_RESULTS, arguments.integer("MaxResults").orElse(MAX_RESULTS));
    }

    private int from() {
        return arguments
                .string("NextToken")
                .map(token -> (int) Math.min(Integer.MAX_VALUE, Paging.place(token)))
                .orElse(0);
    }

    private Predicate<InstanceType> filter() {
        Predicate<InstanceType> filter =
                type -> arguments.string("InstanceType").orElse(type.id()).equals(type.id());
        for (var text : TEXTS.entrySet()) {
            var wanted = wanted(text.getKey());
            if (wanted.isEmpty()) continue;
            boolean part = BY_PART.contains(text.getKey());
            filter = filter.and(type -> part
                    ? holds(text.getValue().apply(type), wanted.get())
                    : text.getValue().apply(type).equalsIgnoreCase(wanted.get()));
        }
        for (var list : BY_LIST.entrySet()) {
            var wanted = arguments.strings(list.getKey());
            if (wanted.isEmpty()) continue;
            var text = Objects.requireNonNull(TEXTS.get(list.getValue()));
            filter = filter.and(type -> wanted.stream().anyMatch(text.apply(type)::equalsIgnoreCase));
        }
        for (var number : NUMBERS.entrySet()) {
            var minimum = wanted("Minimum" + number.getKey()).map(BigDecimal::new);
            var maximum = wanted("Maximum" + number.getKey()).map(BigDecimal::new);
            if (minimum.isPresent()) {
                filter = filter.and(type -> number.getValue().apply(type).compareTo(minimum.get()) >= 0);
            }
            if (maximum.isPresent()) {
                filter = filter.and(type -> number.getValue().apply(type).compareTo(maximum.get()) <= 0);
            }
        }
        return filter;
    }

    private Optional<String> wanted(String filter) {
        return filters.contains(filter) ? arguments.string(filter) : Optional.empty();
    }

    private static boolean holds(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static ObjectNode describe(InstanceType type) {
        var node = JsonNodeFactory.instance.objectNode();
        TEXTS.forEach((name, text) -> node.put(name, text.apply(type)));
        NUMBERS.forEach((name, number) -> putNumber(node, name, number.apply(type)));
        node.put("EniTrunkSupported", false);
        node.put("NetworkEncryptionSupport", false);
        return node;
    }

    /** A whole number is written as one: some clients read no other. */
    private static void putNumber(ObjectNode node, String name, BigDecimal number) {
        if (number.scale() <= 0) node.put(name, number.longValueExact());
        else node.put(name, number);
    }
}
