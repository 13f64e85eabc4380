package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_FILTER_KEY_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_FILTER_VALUE;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** When what is looked for was made: {@code Filter.N.Key} and {@code Filter.N.Value}, both ends included. */
record CreationPeriod(Arguments arguments) {
    private static final String FROM = "CreationStartTime";
    private static final String TO = "CreationEndTime";

    Optional<Rejection> wrong() {
        for (var index : filters()) {
            String key = key(index);
            if (!key.equals(FROM) && !key.equals(TO)) return Optional.of(Rejection.of(INVALID_FILTER_KEY_NOT_FOUND));
            if (time(index).isEmpty()) return Optional.of(Rejection.of(INVALID_FILTER_VALUE));
        }
        return Optional.empty();
    }

    /** Check {@link #wrong} first. */
    Predicate<Instant> contains() {
        Predicate<Instant> period = at -> true;
        for (var index : filters()) {
            var limit = time(index).orElseThrow();
            period = period.and(key(index).equals(FROM) ? at -> !at.isBefore(limit) : at -> !at.isAfter(limit));
        }
        return period;
    }

    /** Those of which anything is said. */
    private List<Integer> filters() {
        return arguments.indexes("Filter").stream()
                .filter(index ->
                        arguments.has("Filter." + index + ".Key") || arguments.has("Filter." + index + ".Value"))
                .toList();
    }

    private String key(int index) {
        return arguments.string("Filter." + index + ".Key").orElse("");
    }

    private Optional<Instant> time(int index) {
        return arguments.string("Filter." + index + ".Value").flatMap(Timestamps::parse);
    }
}
