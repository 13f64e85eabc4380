package dev.moorage.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How events of old versions become events of today. An event whose form changes gets a new version, and a step here
 * from the version before; old events stay in the journal as they were written.
 */
final class Upcasts {
    /** No event has changed its form so far. */
    static final Upcasts ALL = new Upcasts(Map.of());

    private static final int FIRST = 1;

    // By name of the event: from each old version to the next.
    private final Map<String, Map<Integer, UnaryOperator<ObjectNode>>> steps;

    /** Of each event that has changed, the step from version 1 to 2, from 2 to 3, and so on. */
    Upcasts(Map<String, Map<Integer, UnaryOperator<ObjectNode>>> steps) {
        this.steps = Map.copyOf(steps);
    }

    int currentVersion(String event) {
        var changes = steps.get(event);
        return changes == null ? FIRST : FIRST + changes.size();
    }

    /**
     * The event in the form of today.
     *
     * @throws IllegalArgumentException if the version is not one that this build knows
     */
    ObjectNode upcast(String event, int version, ObjectNode tree) {
        int current = currentVersion(event);
        if (version < FIRST || version > current) {
            throw new IllegalArgumentException("this build does not know version " + version + " of " + event
                    + ": was it written by a newer one?");
        }
        var today = tree;
        for (var step : new TreeMap<>(steps.getOrDefault(event, Map.of()))
                .tailMap(version)
                .values()) {
            today = step.apply(today);
        }
        return today;
    }
}
