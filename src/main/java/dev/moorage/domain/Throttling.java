package dev.moorage.domain;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many calls of an action each account can make in a region in a calendar minute, and what it hears beyond.
 *
 * @param code one of {@link #CODES}
 * @param limits by action; in its name {@code *} stands for any letters
 */
public record Throttling(String code, SortedMap<String, Long> limits) {
    /** What clients know as such. They differ in which of them they try again after. */
    public static final List<String> CODES = List.of("Throttling", "Throttling.User", "Throttling.Api");

    public static final Throttling OFF = new Throttling(CODES.get(0), Collections.emptySortedMap());

    public Throttling {
        limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    }
}
