package dev.moorage.journal;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Keeps everything until the process ends. */
public final class MemoryStorage implements Storage {
    private final NavigableMap<byte[], byte[]> pairs = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    @Override
    public CompletionStage<Void> write(List<Pair> batch) {
        for (var pair : batch) {
            if (pair.value() == null) {
                pairs.remove(pair.key());
            } else {
                pairs.put(pair.key(), pair.value());
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) {
        if (Arrays.compareUnsigned(from, to) > 0) return;
        for (var pair : pairs.subMap(from, true, to, true).entrySet()) {
            if (!visitor.visit(pair.getKey(), pair.getValue())) return;
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return pairs.get(key);
    }

    @Override
    public String description() {
        return "in memory, lost at the end";
    }

    @Override
    public void close() {}
}
