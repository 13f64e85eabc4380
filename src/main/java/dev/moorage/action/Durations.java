package dev.moorage.action;

import dev.moorage.domain.Progression;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long slow actions take, by the name of the action, in simulated time.
 *
 * @param seed what is left to chance follows from it, from the action, from what it is done to and from when
 */
public record Durations(Map<String, Progression> byAction, long seed) {
    /** Each always as long. */
    public static Durations fixed(Map<String, Duration> byAction) {
        return new Durations(
                byAction.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> new Progression.After(entry.getValue()))),
                0);
    }

    public Progression of(String action) {
        var progression = byAction.get(action);
        if (progression == null) throw new IllegalArgumentException("No duration is configured for " + action);
        return progression;
    }

    /** When {@code progression} ends what {@code action} begins now; empty if it does not end by itself. */
    public Optional<Instant> due(Progression progression, String action, String about, Instant now) {
        long chance = 31 * (31 * seed + action.hashCode()) + about.hashCode();
        return progression.due(now, new Random(31 * (31 * chance + now.getEpochSecond()) + now.getNano()));
    }

    /** With other progressions for some actions. */
    public Durations with(Map<String, String> progressions) {
        if (progressions.isEmpty()) return this;
        var changed = new TreeMap<>(byAction);
        progressions.forEach((action, progression) -> changed.put(action, Progression.parse(progression)));
        return new Durations(Map.copyOf(changed), seed);
    }
}
