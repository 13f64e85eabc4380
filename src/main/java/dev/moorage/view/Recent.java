package dev.moorage.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What things of one kind were a while ago, by id. Kept in memory only, and only while somebody wants to see it: what
 * changed before is not known. One writer, any number of readers.
 */
final class Recent<I, T> {
    /** Something as it was before it changed; null if it was not there yet. */
    record Version<T>(@Nullable T thing, Instant until) {}

    private final Map<I, List<Version<T>>> versions = new ConcurrentHashMap<>();
    private volatile Duration kept = Duration.ZERO;

    /** How long from now on; nothing at all for zero. */
    void keep(Duration longest) {
        kept = longest;
        if (longest.isZero()) versions.clear();
    }

    void changed(I id, @Nullable T before, Instant at) {
        if (kept.isZero()) return;
        var old = at.minus(kept);
        versions.merge(
                id,
                List.of(new Version<>(before, at)),
                (known, next) -> Stream.concat(
                                known.stream().filter(version -> version.until().isAfter(old)), next.stream())
                        .toList());
    }

    /** What it was, if it has changed since. */
    Optional<Version<T>> at(I id, Instant moment) {
        return versions.getOrDefault(id, List.of()).stream()
                .filter(version -> version.until().isAfter(moment))
                .findFirst();
    }
}
