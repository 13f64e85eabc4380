package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has set, at one moment.
 *
 * @param clock how simulated time runs
 * @param progressions how slow actions come to their ends, by action, where that was set while running
 * @param rules in their order: the first that a call fits is the one that counts
 * @param incidents that were begun and not ended, oldest first
 * @param numbers how many were ever begun, by name, and how many rules there ever were, by {@link #RULE}
 * @param applied to how many calls a rule was applied, by its id, as far as that is in the journal
 * @param points moments that have a name, by name
 * @param restoring what is being brought back, if that is not done yet
 * @param throttling how many calls a minute, where that was set while running; null for as configured
 * @param keys those that came with a fleet that was added, oldest first
 */
@RecordBuilder
public record Controls(
        ClockSetting clock,
        SortedMap<String, String> progressions,
        List<Rule> rules,
        List<Incident> incidents,
        SortedMap<String, Integer> numbers,
        SortedMap<String, Long> applied,
        SortedMap<String, SavedPoint> points,
        @Nullable Restoring restoring,
        @Nullable Throttling throttling,
        List<AccessKey> keys)
        implements ControlsBuilder.With {
    /** What ids of rules begin with. */
    public static final String RULE = "rule";

    /** Nobody has set anything. */
    public static final Controls UNTOUCHED = new Controls(
            ClockSetting.REAL,
            Collections.emptySortedMap(),
            List.of(),
            List.of(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            null,
            null,
            List.of());

    /** What was not there yet when a checkpoint was written comes back from it as null. */
    public Controls {
        progressions = Collections.unmodifiableSortedMap(new TreeMap<>(progressions));
        points = Collections.unmodifiableSortedMap(points == null ? new TreeMap<>() : new TreeMap<>(points));
        rules = rules == null ? List.of() : List.copyOf(rules);
        incidents = incidents == null ? List.of() : List.copyOf(incidents);
        numbers = Collections.unmodifiableSortedMap(numbers == null ? new TreeMap<>() : new TreeMap<>(numbers));
        applied = Collections.unmodifiableSortedMap(applied == null ? new TreeMap<>() : new TreeMap<>(applied));
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    /** The id that the next one of this name gets. */
    public String nextId(String name) {
        return name + "-" + (numbers.getOrDefault(name, 0) + 1);
    }

    public Optional<Incident> incident(String id) {
        return incidents.stream().filter(incident -> incident.id().equals(id)).findFirst();
    }

    public Optional<Rule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    Controls withProgression(String action, String progression) {
        var changed = new TreeMap<>(progressions);
        if (progression.isEmpty()) {
            changed.remove(action);
        } else {
            changed.put(action, progression);
        }
        return withProgressions(changed);
    }

    Controls counting(String name) {
        var more = new TreeMap<>(numbers);
        more.merge(name, 1, Integer::sum);
        return withNumbers(more);
    }

    Controls having(List<Rule> more) {
        return withRules(Stream.concat(rules.stream(), more.stream()).toList());
    }

    Controls without(List<Rule> gone) {
        var left = new TreeMap<>(applied);
        gone.forEach(rule -> left.remove(rule.id()));
        return withRules(rules.stream().filter(rule -> !gone.contains(rule)).toList())
                .withApplied(left);
    }

    Controls withApplied(String rule, long times) {
        if (rule(rule).isEmpty()) return this;
        var more = new TreeMap<>(applied);
        more.merge(rule, times, Long::sum);
        return withApplied(more);
    }

    /** @param point null for none of that name */
    Controls withPoint(String name, @Nullable SavedPoint point) {
        var changed = new TreeMap<>(points);
        if (point == null) {
            changed.remove(name);
        } else {
            changed.put(name, point);
        }
        return withPoints(changed);
    }
}
