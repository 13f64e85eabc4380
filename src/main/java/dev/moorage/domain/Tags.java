package dev.moorage.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tags of a resource: keys and values, by key. They change by copies. */
public final class Tags {
    public static final SortedMap<String, String> NONE = Collections.unmodifiableSortedMap(new TreeMap<>());

    private Tags() {}

    public static SortedMap<String, String> of(Map<String, String> tags) {
        return tags.isEmpty() ? NONE : Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    static SortedMap<String, String> plus(SortedMap<String, String> tags, Map<String, String> more) {
        var all = new TreeMap<>(tags);
        all.putAll(more);
        return of(all);
    }

    static SortedMap<String, String> minus(SortedMap<String, String> tags, Collection<String> keys) {
        var rest = new TreeMap<>(tags);
        rest.keySet().removeAll(keys);
        return of(rest);
    }
}
