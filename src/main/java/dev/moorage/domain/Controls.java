package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has set, at one moment.
 *
 * @param clock how simulated time runs
 * @param progressions how slow actions come to their ends, by action, where that was set while running
 * @param points moments that have a name, by name
 * @param restoring what is being brought back, if that is not done yet
 */
@RecordBuilder
public record Controls(
        ClockSetting clock,
        SortedMap<String, String> progressions,
        SortedMap<String, SavedPoint> points,
        @Nullable Restoring restoring)
        implements ControlsBuilder.With {
    /** Nobody has set anything. */
    public static final Controls UNTOUCHED =
            new Controls(ClockSetting.REAL, Collections.emptySortedMap(), Collections.emptySortedMap(), null);

    public Controls {
        progressions = Collections.unmodifiableSortedMap(new TreeMap<>(progressions));
        points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
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
