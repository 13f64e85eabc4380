package dev.moorage.journal;

import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps everything until the process ends. */
public final class MemoryStorage implements Storage {
    private final NavigableMap<Long, byte[]> rows = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, NavigableMap<Long, Long>> histories = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Void> append(List<Row> batch) {
        for (var row : batch) {
            rows.put(row.offset(), row.value());
            histories
                    .computeIfAbsent(row.persistenceId(), id -> new ConcurrentSkipListMap<>())
                    .put(row.sequenceNr(), row.offset());
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void read(long from, long to, long max, Reader reader) {
        if (from > to) return;
        rows.subMap(from, true, to, true).entrySet().stream()
                .limit(max)
                .forEach(row -> reader.read(row.getKey(), row.getValue()));
    }

    @Override
    public void readHistory(String persistenceId, long from, long to, long max, Reader reader) {
        var history = histories.get(persistenceId);
        if (history == null || from > to) return;
        history.subMap(from, true, to, true).values().stream()
                .limit(max)
                .forEach(offset -> reader.read(offset, Objects.requireNonNull(rows.get(offset))));
    }

    @Override
    public long highestSequenceNr(String persistenceId) {
        var history = histories.get(persistenceId);
        return history == null ? 0 : history.lastKey();
    }

    @Override
    public String description() {
        return "in memory, lost at the end";
    }

    @Override
    public void close() {}
}
