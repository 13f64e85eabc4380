package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an operator has set, at one moment.
 *
 * @param clock how simulated time runs
 * @param progressions how slow actions come to their ends, by action, where that was set while running
 */
@RecordBuilder
public record Controls(ClockSetting clock, SortedMap<String, String> progressions) implements ControlsBuilder.With {
    /** Nobody has set anything. */
    public static final Controls UNTOUCHED = new Controls(ClockSetting.REAL, Collections.emptySortedMap());

    public Controls {
        progressions = Collections.unmodifiableSortedMap(new TreeMap<>(progressions));
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
}
