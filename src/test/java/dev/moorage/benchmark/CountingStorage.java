package dev.moorage.benchmark;

import dev.moorage.journal.Storage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is written to a device. */
final class CountingStorage implements Storage {
    private static final int PAIRS_PER_EVENT = 2;

    private final Storage device;
    private final LongAdder commits = new LongAdder();
    private final LongAdder pairs = new LongAdder();

    CountingStorage(Storage device) {
        this.device = device;
    }

    long commits() {
        return commits.sum();
    }

    long events() {
        return pairs.sum() / PAIRS_PER_EVENT;
    }

    @Override
    public CompletionStage<Void> write(List<Pair> batch) {
        commits.increment();
        pairs.add(batch.size());
        return device.write(batch);
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) {
        device.scan(from, to, visitor);
    }

    @Override
    public byte[] get(byte[] key) {
        return device.get(key);
    }

    @Override
    public String description() {
        return device.description();
    }

    @Override
    public void close() {
        device.close();
    }
}
