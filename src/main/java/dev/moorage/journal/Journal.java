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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into an event store: one order, and one commit for all who write.
 *
 * <p>Writers do not wait for one another's fsync: while one batch is on its way to the device, whatever else is to be
 * written gathers, and goes as one batch next. So one fsync serves all who came meanwhile, and one who comes alone waits
 * for nobody. What is durable is told to the listener in order, and only then to the writers.
 */
public final class Journal implements AutoCloseable {
    private static final int MAX_BATCH = 4_096;
    /** About half a second's worth. */
    private static final int MAX_WAITING = 65_536;

    private static final long NONE = -1;

    /** What is to be written. */
    public sealed interface Entry {
        String persistenceId();

        long sequenceNr();
    }

    /** An event of a disk or an instance: the listener hears of it. */
    public record Fact(EntityId entity, String persistenceId, long sequenceNr, Event event) implements Entry {
        public Fact(EntityId entity, long sequenceNr, Event event) {
            this(entity, PersistenceIds.of(entity), sequenceNr, event);
        }
    }

    /** An event of another persistent actor. */
    record Foreign(String persistenceId, long sequenceNr, byte[] message) implements Entry {}

    /** More waits to be written than the journal takes. Nothing of what was given with it is written. */
    public static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Full() {
            super("More than " + MAX_WAITING + " events wait to be written");
        }
    }

    private record Write(
            List<? extends Entry> entries, List<byte[]> values, Instant at, CompletableFuture<Void> done) {}

    /** What goes to the device together. */
    private record Batch(List<Write> writes, List<EventStore.Row> rows, CompletableFuture<Void> stored) {}

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final EventStore store;
    private final Clock wallClock;
    private final Consumer<Recorded> listener;
    private volatile Executor writers = Runnable::run;
    private volatile @Nullable CommitWatch watch;

    // Guarded by this.
    private final Deque<Write> pending = new ArrayDeque<>();
    private final Map<String, CompletableFuture<Void>> unsettled = new HashMap<>();
    private int waiting;
    private boolean writing;
    private long nextOffset;
    private long firstVoid = NONE;
    // Why nothing more is taken: the listener is behind what is written.
    private @Nullable Throwable broken;
    // Why the last batch was not written; null if it was.
    private @Nullable Throwable failing;

    /**
     * Writes to a store from its end on.
     *
     * @param listener hears of every fact, in order, once it is durable and before its writer knows
     */
    public Journal(EventStore store, Clock wallClock, Consumer<Recorded> listener) {
        this.store = store;
        this.wallClock = wallClock;
        this.listener = listener;
        this.nextOffset = store.end();
    }

    /** Where writers hear from now on that their events are durable; at first, on the device's thread. */
    void acknowledgeOn(Executor executor) {
        writers = executor;
    }

    /** Tells this one from now on how commits fare. */
    public void watch(CommitWatch onlooker) {
        watch = onlooker;
        store.timeWrites(onlooker::written);
    }

    /** How many events wait to be written, or are being written. */
    public synchronized int waiting() {
        return waiting;
    }

    public EventStore store() {
        return store;
    }

    /**
     * Completes once the entries are durable and the listener has heard of them. All are written or none. To write
     * nothing is to try whether the device writes at all, after it has failed.
     *
     * @return fails with {@link Full} if too much waits to be written
     */
    public CompletableFuture<Void> append(List<? extends Entry> entries) {
        var done = gather(entries);
        flush();
        return done;
    }

    /** Like {@link #append}, but nothing is begun before {@link #flush}: others may want to come along. */
    CompletableFuture<Void> gather(List<? extends Entry> entries) {
        var at = wallClock.instant();
        var values = new ArrayList<byte[]>(entries.size());
        for (var entry : entries) values.add(encode(entry, at));
        var write = new Write(entries, values, at, new CompletableFuture<>());
        synchronized (this) {
            if (broken != null) return CompletableFuture.failedFuture(broken);
            if (waiting + entries.size() > MAX_WAITING && waiting > 0) {
                return CompletableFuture.failedFuture(new Full());
            }
            waiting += entries.size();
            pending.add(write);
            for (var entry : entries) unsettled.put(entry.persistenceId(), write.done());
        }
        return write.done();
    }

    private static byte[] encode(Entry entry, Instant at) {
        if (entry instanceof Fact fact) {
            return EventCodec.encode(fact.persistenceId(), fact.sequenceNr(), at, fact.event());
        }
        var foreign = (Foreign) entry;
        return EventCodec.encodeForeign(foreign.persistenceId(), foreign.sequenceNr(), at, foreign.message());
    }

    /** Why who writes now would be disappointed: {@link Full}, or what the last batch failed with. Else null. */
    public synchronized @Nullable Throwable obstacle() {
        if (broken != null) return broken;
        if (failing != null) return failing;
        return waiting >= MAX_WAITING ? new Full() : null;
    }

    /** Completes once nothing of this entity is on its way to the device any more. */
    synchronized CompletableFuture<Void> settled(String persistenceId) {
        var last = unsettled.get(persistenceId);
        return last == null ? CompletableFuture.completedFuture(null) : last.handle((done, failure) -> null);
    }

    /** Begins to write, unless that is under way. */
    void flush() {
        synchronized (this) {
            if (writing) return;
            writing = true;
        }
        writeFrom(beginOrRest());
    }

    /** Goes on as long as there is something to write and the device is done at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // Failures are settled.
    private void writeFrom(@Nullable Batch first) {
        for (var batch = first; batch != null; batch = settleAndBeginNext(batch)) {
            var written = batch;
            if (!written.stored().isDone()) {
                written.stored().whenComplete((done, failure) -> writeFrom(settleAndBeginNext(written)));
                return;
            }
        }
    }

    /** The next batch is on its way before the last one's writers hear of it: they take a while to listen. */
    private @Nullable Batch settleAndBeginNext(Batch written) {
        var failure = failureOf(written.stored());
        note(failure, written.rows());
        var next = begin(nextWrites());
        settle(written, failure);
        return next != null ? next : beginOrRest();
    }

    private static @Nullable Throwable failureOf(CompletableFuture<Void> done) {
        if (!done.isCompletedExceptionally()) return null;
        Throwable[] cause = {null};
        done.exceptionally(failure -> {
            cause[0] = failure;
            return null;
        });
        return cause[0];
    }

    /**
     * Nobody knows how much of a failed batch is on the device: its offsets are not used again, and nobody reads them.
     * The next batch that succeeds takes that note along.
     */
    private synchronized void note(@Nullable Throwable failure, List<EventStore.Row> rows) {
        if (failing != null && failure == null) LOG.warn("Events are written again");
        failing = failure;
        if (failure == null) {
            firstVoid = NONE;
        } else if (!rows.isEmpty()) {
            if (firstVoid == NONE) firstVoid = rows.get(0).offset();
            store.markVoid(firstVoid, rows.get(rows.size() - 1).offset());
        }
    }

    private @Nullable Batch beginOrRest() {
        List<Write> writes;
        synchronized (this) {
            writes = nextWrites();
            writing = !writes.isEmpty();
        }
        return begin(writes);
    }

    private synchronized List<Write> nextWrites() {
        var writes = new ArrayList<Write>();
        int events = 0;
        while (!pending.isEmpty()
                && (writes.isEmpty() || events + pending.peek().entries().size() <= MAX_BATCH)) {
            var write = pending.remove();
            events += write.entries().size();
            writes.add(write);
        }
        return writes;
    }

    private @Nullable Batch begin(List<Write> writes) {
        if (writes.isEmpty()) return null;
        var rows = rowsOf(writes);
        return new Batch(writes, rows, store(rows));
    }

    private synchronized List<EventStore.Row> rowsOf(List<Write> writes) {
        var rows = new ArrayList<EventStore.Row>();
        for (var write : writes) {
            for (int i = 0; i < write.entries().size(); i++) {
                var entry = write.entries().get(i);
                rows.add(new EventStore.Row(
                        nextOffset++,
                        entry.persistenceId(),
                        entry.sequenceNr(),
                        write.values().get(i)));
            }
        }
        return rows;
    }

    private synchronized CompletableFuture<Void> store(List<EventStore.Row> rows) {
        try {
            if (firstVoid == NONE) return store.append(rows).toCompletableFuture();
            long lastVoid = nextOffset - rows.size() - 1;
            return store.append(rows, firstVoid, lastVoid).toCompletableFuture();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void settle(Batch batch, @Nullable Throwable failure) {
        var problem = failure;
        if (problem == null) {
            problem = tellListener(batch);
        } else {
            if (!batch.rows().isEmpty())
                LOG.error("{} events could not be written", batch.rows().size(), problem);
        }
        synchronized (this) {
            waiting -= batch.rows().size();
            for (var write : batch.writes()) {
                for (var entry : write.entries()) unsettled.remove(entry.persistenceId(), write.done());
            }
        }
        var outcome = problem;
        tellWatch(batch.rows().size(), outcome == null);
        try {
            writers.execute(() -> acknowledge(batch, outcome));
        } catch (RuntimeException e) {
            // Their threads are gone, and they perhaps too.
            acknowledge(batch, outcome);
        }
    }

    private void tellWatch(int events, boolean durable) {
        var onlooker = watch;
        if (onlooker == null) return;
        if (durable) {
            onlooker.committed(events);
        } else {
            onlooker.failed(events);
        }
    }

    private static void acknowledge(Batch batch, @Nullable Throwable problem) {
        for (var write : batch.writes()) {
            if (problem == null) {
                write.done().complete(null);
            } else {
                write.done().completeExceptionally(problem);
            }
        }
    }

    /** A listener that missed an event must not hear of a later one, so if it fails nothing goes on. */
    private @Nullable Throwable tellListener(Batch batch) {
        synchronized (this) {
            if (broken != null) return broken;
        }
        try {
            tell(batch);
            return null;
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "What was written from offset {} on could not be taken in",
                    batch.rows().get(0).offset(),
                    e);
            synchronized (this) {
                broken = e;
            }
            return e;
        }
    }

    private void tell(Batch batch) {
        var row = batch.rows().iterator();
        for (var write : batch.writes()) {
            for (var entry : write.entries()) {
                long offset = row.next().offset();
                if (entry instanceof Fact fact) {
                    listener.accept(new Recorded(offset, fact.entity(), fact.sequenceNr(), write.at(), fact.event()));
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            noteVoidAtEnd();
        } finally {
            store.close();
        }
    }

    /** What failed last has no next batch to take the note along. */
    private synchronized void noteVoidAtEnd() {
        if (firstVoid == NONE) return;
        try {
            store.leaveOut(firstVoid, nextOffset - 1).toCompletableFuture().join();
        } catch (CompletionException e) {
            LOG.warn("It could not be noted that offsets from {} on were never acknowledged", firstVoid, e);
        }
    }
}
