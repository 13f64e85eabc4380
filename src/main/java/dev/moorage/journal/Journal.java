package dev.moorage.journal;

import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All events in one order, and the way they get there.
 *
 * <p>Writers do not wait for one another's fsync: while one batch is on its way to the device, whatever else is to be
 * written gathers, and goes as one batch next. So one fsync serves all who came meanwhile, and one who comes alone waits
 * for nobody. What is durable is told to the listener in order, and only then to the writers.
 */
public final class Journal implements AutoCloseable {
    private static final int MAX_BATCH = 4_096;

    /** An event that is to be written. */
    public record Entry(EntityId entity, long sequenceNr, Event event) {}

    private record Write(List<Entry> entries, List<byte[]> values, Instant at, CompletableFuture<Void> done) {}

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Storage storage;
    private final Clock wallClock;
    private final Consumer<Recorded> listener;

    // Guarded by this.
    private final Deque<Write> pending = new ArrayDeque<>();
    private final Map<EntityId, CompletableFuture<Void>> unsettled = new HashMap<>();
    private boolean writing;
    private long nextOffset;

    /**
     * Takes a storage over: reads all it holds, then is ready to write.
     *
     * @param listener hears of every event, in order: first of those that are there already, then of each once it is
     *     durable and before its writer knows
     * @throws JournalDamaged if something cannot be read
     */
    public Journal(Storage storage, Clock wallClock, Consumer<Recorded> listener) {
        this.storage = storage;
        this.wallClock = wallClock;
        this.listener = listener;
        var continuity = new Continuity();
        storage.readFrom(0, (offset, value) -> {
            var recorded = EventCodec.decode(offset, value);
            continuity.check(recorded);
            listener.accept(recorded);
            nextOffset = offset + 1;
        });
    }

    /** Completes once the entries are durable and the listener has heard of them. All are written or none. */
    public CompletableFuture<Void> append(List<Entry> entries) {
        var at = wallClock.instant();
        var values = entries.stream()
                .map(entry -> EventCodec.encode(entry.entity(), entry.sequenceNr(), at, entry.event()))
                .toList();
        var write = new Write(entries, values, at, new CompletableFuture<>());
        synchronized (this) {
            pending.add(write);
            entries.forEach(entry -> unsettled.put(entry.entity(), write.done()));
            if (writing) return write.done();
            writing = true;
        }
        writePending();
        return write.done();
    }

    public void read(String persistenceId, long from, long to, long max, Consumer<Recorded> reader) {
        storage.readHistory(
                persistenceId, from, to, max, (offset, value) -> reader.accept(EventCodec.decode(offset, value)));
    }

    /** Completes once nothing of this entity is on its way to the device any more. */
    synchronized CompletableFuture<Void> settled(String persistenceId) {
        var last = unsettled.get(PersistenceIds.parse(persistenceId));
        return last == null ? CompletableFuture.completedFuture(null) : last.handle((done, failure) -> null);
    }

    public long highestSequenceNr(String persistenceId) {
        return storage.highestSequenceNr(persistenceId);
    }

    public String description() {
        return storage.description();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Failures are settled.
    private void writePending() {
        for (var batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            var writes = batch;
            var rows = rowsOf(batch);
            var stored = append(storage, rows);
            if (!stored.isDone()) {
                // Goes on where the device leaves off, on the device's thread.
                stored.whenComplete((done, failure) -> {
                    settle(writes, rows, failure);
                    writePending();
                });
                return;
            }
            settle(writes, rows, failureOf(stored));
        }
    }

    private static CompletableFuture<Void> append(Storage storage, List<Storage.Row> rows) {
        try {
            return storage.append(rows).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static @Nullable Throwable failureOf(CompletableFuture<Void> done) {
        return done.handle((ok, failure) -> Optional.ofNullable(failure)).join().orElse(null);
    }

    private synchronized List<Write> nextBatch() {
        var batch = new ArrayList<Write>();
        int events = 0;
        while (!pending.isEmpty()
                && (batch.isEmpty() || events + pending.peek().entries().size() <= MAX_BATCH)) {
            var write = pending.remove();
            events += write.entries().size();
            batch.add(write);
        }
        writing = !batch.isEmpty();
        return batch;
    }

    // An offset is used once, also if its batch fails: nobody knows how much of that batch is there.
    private synchronized List<Storage.Row> rowsOf(List<Write> batch) {
        var rows = new ArrayList<Storage.Row>();
        for (var write : batch) {
            for (int i = 0; i < write.entries().size(); i++) {
                var entry = write.entries().get(i);
                rows.add(new Storage.Row(
                        nextOffset++,
                        PersistenceIds.of(entry.entity()),
                        entry.sequenceNr(),
                        write.values().get(i)));
            }
        }
        return rows;
    }

    private void settle(List<Write> batch, List<Storage.Row> rows, @Nullable Throwable failure) {
        if (failure == null) {
            failure = tellListener(batch, rows);
        } else {
            LOG.error("{} events could not be written", rows.size(), failure);
        }
        synchronized (this) {
            for (var write : batch) {
                write.entries().forEach(entry -> unsettled.remove(entry.entity(), write.done()));
            }
        }
        for (var write : batch) {
            if (failure == null) {
                write.done().complete(null);
            } else {
                write.done().completeExceptionally(failure);
            }
        }
    }

    private @Nullable Throwable tellListener(List<Write> batch, List<Storage.Row> rows) {
        try {
            tell(batch, rows);
            return null;
        } catch (RuntimeException e) {
            LOG.error(
                    "What was written at offset {} is not what can be read",
                    rows.get(0).offset(),
                    e);
            return e;
        }
    }

    private void tell(List<Write> batch, List<Storage.Row> rows) {
        var row = rows.iterator();
        for (var write : batch) {
            for (var entry : write.entries()) {
                listener.accept(new Recorded(
                        row.next().offset(), entry.entity(), entry.sequenceNr(), write.at(), entry.event()));
            }
        }
    }

    @Override
    public void close() {
        storage.close();
    }
}
