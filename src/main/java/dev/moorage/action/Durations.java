package dev.moorage.action;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** How long slow actions take, by the name of the action, in simulated time. */
public record Durations(Map<String, Duration> byAction) {
    public Duration of(String action) {
        var duration = byAction.get(action);
        if (duration == null) throw new IllegalArgumentException("No duration is configured for " + action);
        return duration;
    }

    /** With another duration for one action. */
    public Durations with(String action, Duration duration) {
        var changed = new TreeMap<>(byAction);
        changed.put(action, duration);
        return new Durations(Map.copyOf(changed));
    }
}
