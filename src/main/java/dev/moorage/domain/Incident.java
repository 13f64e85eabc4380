package dev.moorage.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that has gone wrong, by the name that it has in the catalogue.
 *
 * @param parameters what it was begun with
 * @param until simulated time at which it is over by itself; null if it is not
 */
public record Incident(
        String id,
        String name,
        SortedMap<String, String> parameters,
        Instant begunAt,
        @Nullable Instant until) {

    public Incident {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    public boolean isOver(Instant now) {
        return until != null && !now.isBefore(until);
    }
}
