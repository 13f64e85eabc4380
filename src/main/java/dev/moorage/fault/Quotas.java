package dev.moorage.fault;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Caller;
import dev.moorage.domain.Rule;
import dev.moorage.domain.Throttling;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Which quotas calls come under: those of rules, and what is set for all. */
final class Quotas {
    private final List<Rule> rules;
    private final List<Rule> counting;
    private final Throttling throttling;
    private final Map<String, Optional<Quota>> ofAll = new ConcurrentHashMap<>();

    Quotas(List<Rule> rules, Throttling throttling) {
        this.rules = rules;
        this.counting =
                rules.stream().filter(rule -> rule.limits().perMinute() != null).toList();
        this.throttling = throttling;
    }

    /** They are those of these very objects: asked at each call, so nothing is compared. */
    @SuppressWarnings("ReferenceEquality")
    boolean areOf(List<Rule> others, Throttling set) {
        return rules == others && throttling == set;
    }

    /** Those that a call comes under, rules first: an incident is heard of whatever is set for all. */
    List<Quota> of(String action, Caller caller, Instant now) {
        var all = ofAll.computeIfAbsent(action, this::ofAll);
        if (counting.isEmpty()) return all.stream().toList();
        var subject = new Subject(action, caller.account(), caller.name(), null, null, Arguments.of(Map.of()));
        return Stream.concat(
                        counting.stream()
                                .filter(rule -> rule.limits().isIn(now) && Matching.fitsCall(rule.match(), subject))
                                .map(Quotas::of),
                        all.stream())
                .toList();
    }

    private static Quota of(Rule rule) {
        Long limit = rule.limits().perMinute();
        return new Quota(rule.id(), rule.incident(), rule.effect().error(), limit == null ? 0 : limit);
    }

    /** The name itself counts before patterns, and of these the longest. */
    private Optional<Quota> ofAll(String action) {
        return throttling.limits().keySet().stream()
                .filter(pattern -> Matching.glob(pattern, action))
                .max(Comparator.<String>comparingInt(pattern -> pattern.equals(action) ? 1 : 0)
                        .thenComparing(String::length)
                        .thenComparing(Comparator.naturalOrder()))
                .map(pattern ->
                        new Quota("", "", throttling.code(), throttling.limits().getOrDefault(pattern, 0L)));
    }
}
