package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_FILTER_KEY_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_FILTER_VALUE;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Between which times an instance was made, and between which it expires: {@code Filter.N.Key} and its value. */
record TimeFilters(Arguments arguments) {
    /** Nothing expires here: as far as filters go, at the end of time. */
    private static final Map<String, BiPredicate<Instance, Instant>> KEYS = Map.of(
            "CreationStartTime", (instance, time) -> !instance.createdAt().isBefore(time),
            "CreationEndTime", (instance, time) -> !instance.createdAt().isAfter(time),
            "ExpiredStartTime", (instance, time) -> true,
            "ExpiredEndTime", (instance, time) -> false);

    private record Filter(Optional<String> key, Optional<String> value) {
        /** To the minute; seconds do no harm. */
        Optional<Instant> time() {
            return value.flatMap(Timestamps::parse);
        }
    }

    private List<Filter> filters() {
        return arguments.indexes("Filter").stream()
                .map(index -> "Filter." + index + ".")
                .map(member -> new Filter(arguments.string(member + "Key"), arguments.string(member + "Value")))
                .filter(filter -> filter.key().isPresent() || filter.value().isPresent())
                .toList();
    }

    Optional<Rejection> wrong() {
        for (var filter : filters()) {
            if (!filter.key().map(KEYS::containsKey).orElse(false)) {
                return Optional.of(Rejection.of(INVALID_FILTER_KEY_NOT_FOUND));
            }
            if (filter.time().isEmpty()) return Optional.of(Rejection.of(INVALID_FILTER_VALUE));
        }
        return Optional.empty();
    }

    /** Check {@link #wrong} first. */
    Predicate<Instance> matching() {
        Predicate<Instance> all = instance -> true;
        for (var filter : filters()) {
            var test = KEYS.getOrDefault(filter.key().orElseThrow(), (instance, time) -> false);
            var time = filter.time().orElseThrow();
            all = all.and(instance -> test.test(instance, time));
        }
        return all;
    }
}
