package dev.moorage.view;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Things of one kind, by id and in the order in which they came to be. One writer, any number of readers.
 *
 * <p>The place of a thing is the journal offset of its first event: it never changes, so a caller who pages through a
 * list that others add to and take from sees nothing twice and misses nothing that stays.
 */
final class Catalogue<I, T> {
    private final Map<I, Entry<T>> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, I> shown = new ConcurrentSkipListMap<>();

    private record Entry<T>(long place, T thing, boolean visible) {
        private Listed<T> listed() {
            return new Listed<>(place, thing);
        }
    }

    @Nullable T get(I id) {
        var entry = byId.get(id);
        return entry == null ? null : entry.thing();
    }

    /** Keeps {@code thing}, and tells its place; one that is not {@code visible} is found by id only. */
    long put(I id, T thing, long offset, boolean visible) {
        var before = byId.get(id);
        var entry = new Entry<>(before == null ? offset : before.place(), thing, visible);
        byId.put(id, entry);
        boolean wasVisible = before != null && before.visible();
        if (visible && !wasVisible) shown.put(entry.place(), id);
        if (!visible && wasVisible) shown.remove(entry.place());
        return entry.place();
    }

    /** As if it had never been there. */
    void forget(I id) {
        var gone = byId.remove(id);
        if (gone != null) shown.remove(gone.place());
    }

    Stream<T> all() {
        return byId.values().stream().map(Entry::thing);
    }

    /** Also what is not shown, in no particular order. */
    Stream<Listed<T>> placed() {
        return byId.values().stream().map(Entry::listed);
    }

    /** What is shown, in order, from the first place after {@code place} on. */
    Stream<Listed<T>> listedAfter(long place) {
        return shown.tailMap(place, false).values().stream().mapMulti((id, into) -> {
            var entry = byId.get(id);
            if (entry != null && entry.visible()) into.accept(entry.listed());
        });
    }

    /** Also what is not shown. */
    Optional<Listed<T>> known(I id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::listed);
    }

    Optional<Listed<T>> listed(I id) {
        var entry = byId.get(id);
        return entry == null || !entry.visible() ? Optional.empty() : Optional.of(entry.listed());
    }

    int shownCount() {
        return shown.size();
    }
}
