package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events and snapshots on a storage. It needs no actor system.
 *
 * <p>An event is stored once, under its offset, so that reading everything is one scan; the history of an entity is an
 * index from its sequence numbers to offsets, written in the same batch.
 *
 * <p>Offsets have no holes: one that was given to a write that failed is noted as void, and one whose event was deleted
 * holds an empty value. So an offset that is not there is a loss.
 */
public final class EventStore implements AutoCloseable {
    static final byte EVENT = 'e';
    static final byte INDEX = 'i';
    private static final byte DELETED = 'd';
    static final byte SNAPSHOT = 's';
    private static final byte VOID = 'v';

    private static final byte[] NOTHING = {};
    /** Histories are short. Longer ones than this are searched, not walked through. */
    private static final int SHORT_HISTORY = 32;

    /**
     * An event, encoded.
     *
     * @param persistenceId whose history {@code sequenceNr} counts in
     */
    public record Row(long offset, String persistenceId, long sequenceNr, byte[] value) {}

    /** Takes events, in order. */
    public interface Reader {
        void read(long offset, byte[] value);

        /** Events that were there once, and are not. Who does not say otherwise stops there. */
        default void lost(long fromOffset, long toOffset) {
            throw new JournalDamaged(gone(fromOffset, toOffset));
        }
    }

    /** A snapshot, encoded. */
    record StoredSnapshot(long sequenceNr, byte[] value) {}

    private final Storage storage;
    // From the first void offset to the last one.
    private final NavigableMap<Long, Long> voids = new ConcurrentSkipListMap<>();
    private final long end;

    public EventStore(Storage storage) {
        this.storage = storage;
        scan(() -> "What was void", key(VOID, 0), key(VOID, Long.MAX_VALUE), (key, value) -> {
            voids.put(longAtEnd(key), longAtEnd(value));
            return true;
        });
        long written = firstAbsent(key(EVENT, 0), 0, Long.MAX_VALUE);
        this.end =
                voids.isEmpty() ? written : Math.max(written, voids.lastEntry().getValue() + 1);
    }

    /** The first offset that was free when the store was opened. */
    public long end() {
        return end;
    }

    /** Tells from now on how long each write keeps the device busy. */
    void timeWrites(Consumer<Duration> watch) {
        storage.timeWrites(watch);
    }

    /** Writes all rows or none. */
    public CompletionStage<Void> append(List<Row> rows) {
        return storage.write(changes(rows));
    }

    /**
     * Writes all rows or none, and that earlier ones were not written: whatever of them the device may have kept is not
     * read any more.
     */
    CompletionStage<Void> append(List<Row> rows, long firstVoid, long lastVoid) {
        var changes = changes(rows);
        changes.add(new Storage.Pair(key(VOID, firstVoid), bytes(lastVoid)));
        return storage.write(changes);
    }

    /** Notes that offsets hold nothing, and never did. */
    public CompletionStage<Void> leaveOut(long first, long last) {
        markVoid(first, last);
        return storage.write(List.of(new Storage.Pair(key(VOID, first), bytes(last))));
    }

    /** From now on these offsets hold nothing for any reader. The next batch makes that durable. */
    void markVoid(long first, long last) {
        voids.put(first, last);
    }

    private static List<Storage.Pair> changes(List<Row> rows) {
        var changes = new ArrayList<Storage.Pair>(2 * rows.size() + 1);
        for (var row : rows) {
            changes.add(new Storage.Pair(key(EVENT, row.offset()), row.value()));
            changes.add(new Storage.Pair(key(INDEX, row.persistenceId(), row.sequenceNr()), bytes(row.offset())));
        }
        return changes;
    }

    private boolean isVoid(long offset) {
        var range = voids.floorEntry(offset);
        return range != null && offset <= range.getValue();
    }

    /** The first offset after {@code offset} that is not void. */
    private long afterVoids(long offset) {
        var range = voids.floorEntry(offset);
        return range != null && offset <= range.getValue() ? afterVoids(range.getValue() + 1) : offset;
    }

    private void scan(Supplier<String> what, byte[] from, byte[] to, Storage.Visitor visitor) {
        try {
            storage.scan(from, to, visitor);
        } catch (Storage.Unreadable e) {
            throw unreadable(what, e);
        }
    }

    private byte @Nullable [] get(Supplier<String> what, byte[] key) {
        try {
            return storage.get(key);
        } catch (Storage.Unreadable e) {
            throw unreadable(what, e);
        }
    }

    private static JournalDamaged unreadable(Supplier<String> what, Storage.Unreadable e) {
        return new JournalDamaged(what.get() + " cannot be read: " + e.getMessage(), e);
    }

    /** Takes the index: where each event of each history is. */
    interface IndexReader {
        void read(String persistenceId, long sequenceNr, long offset);
    }

    /** Reads the index of all histories, by their names. */
    void readIndex(IndexReader reader) {
        scan(() -> "The index of histories", new byte[] {INDEX}, new byte[] {INDEX + 1}, (key, value) -> {
            if (!isVoid(longAtEnd(value))) reader.read(idOf(key), longAtEnd(key), longAtEnd(value));
            return true;
        });
    }

    /** Compares all events with the index of histories, and says where they differ, and which cannot be read. */
    public void check(Consumer<Finding> found) {
        new IndexCheck(this, found).run();
    }

    /** Reads every event with an offset in the range, both ends included. */
    public void read(long fromOffset, long toOffset, Reader reader) {
        read(fromOffset, toOffset, Long.MAX_VALUE, reader);
    }

    /** Reads events with an offset in the range, both ends included, and stops after {@code max}. */
    public void read(long fromOffset, long toOffset, long max, Reader reader) {
        if (fromOffset > toOffset || max <= 0) return;
        long[] expected = {afterVoids(fromOffset)};
        long[] left = {max};
        Supplier<String> what = () -> "What stands from offset " + expected[0] + " on";
        scan(what, key(EVENT, fromOffset), key(EVENT, toOffset), (key, value) -> {
            long offset = longAtEnd(key);
            if (isVoid(offset)) return true;
            if (offset > expected[0]) reader.lost(expected[0], offset - 1);
            expected[0] = afterVoids(offset + 1);
            if (value.length == 0) return true;
            reader.read(offset, value);
            return --left[0] > 0;
        });
    }

    /** Reads the events of one history, both ends included. */
    public void readHistory(String persistenceId, long from, long to, long max, Reader reader) {
        if (from > to || max <= 0) return;
        long[] left = {max};
        Supplier<String> what = () -> "The history of " + persistenceId;
        scan(what, key(INDEX, persistenceId, from), key(INDEX, persistenceId, to), (key, value) -> {
            long offset = longAtEnd(value);
            if (isVoid(offset)) return true;
            byte[] row = get(() -> "The record of " + persistenceId + " at offset " + offset, key(EVENT, offset));
            if (row == null) {
                lostOf(persistenceId, longAtEnd(key), offset, reader);
                return true;
            }
            reader.read(offset, row);
            return --left[0] > 0;
        });
    }

    private static void lostOf(String persistenceId, long sequenceNr, long offset, Reader reader) {
        try {
            reader.lost(offset, offset);
        } catch (JournalDamaged e) {
            throw new JournalDamaged(
                    "The record of " + persistenceId + " number " + sequenceNr + " at offset " + offset + " is gone",
                    e);
        }
    }

    /**
     * The last sequence number of a history, also of one whose events were deleted, or 0. Nothing is left behind for an
     * id that is only asked for.
     */
    public long highestSequenceNr(String persistenceId) {
        Supplier<String> what = () -> "The history of " + persistenceId;
        byte[] deleted = get(what, key(DELETED, persistenceId));
        long[] highest = {deleted == null ? 0 : longAtEnd(deleted)};
        int[] seen = {0};
        // What is void can be at the end only by walking there.
        boolean walks = !voids.isEmpty();
        scan(what, key(INDEX, persistenceId, 0), key(INDEX, persistenceId, Long.MAX_VALUE), (key, value) -> {
            if (!isVoid(longAtEnd(value))) highest[0] = longAtEnd(key);
            // What is void can be at the end only by walking there.
            return ++seen[0] < SHORT_HISTORY || walks;
        });
        return seen[0] < SHORT_HISTORY || walks
                ? highest[0]
                : firstAbsent(key(INDEX, persistenceId, 0), highest[0], Long.MAX_VALUE) - 1;
    }

    /** The number after the last one under which there is a key like {@code like}, which ends in a number. */
    private long firstAbsent(byte[] like, long atLeast, long atMost) {
        long low = atLeast;
        long step = 1;
        while (low <= atMost - step && existsFrom(like, low + step - 1, atMost)) {
            low += step;
            step *= 2;
        }
        long high = low > atMost - step ? atMost : low + step - 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (existsFrom(like, middle, atMost)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean existsFrom(byte[] like, long from, long to) {
        boolean[] found = {false};
        scan(() -> "Where it ends", withNumber(like, from), withNumber(like, to), (key, value) -> {
            found[0] = true;
            return false;
        });
        return found[0];
    }

    /** Forgets the events of a history up to a sequence number; that they were there is remembered. */
    CompletionStage<Void> delete(String persistenceId, long toSequenceNr) {
        var changes = new ArrayList<Storage.Pair>();
        long[] last = {0};
        Supplier<String> what = () -> "The history of " + persistenceId;
        scan(what, key(INDEX, persistenceId, 0), key(INDEX, persistenceId, toSequenceNr), (key, value) -> {
            changes.add(new Storage.Pair(key, null));
            changes.add(new Storage.Pair(key(EVENT, longAtEnd(value)), NOTHING));
            if (!isVoid(longAtEnd(value))) last[0] = longAtEnd(key);
            return true;
        });
        if (last[0] > 0) changes.add(new Storage.Pair(key(DELETED, persistenceId), bytes(last[0])));
        return storage.write(changes);
    }

    CompletionStage<Void> saveSnapshot(String persistenceId, StoredSnapshot snapshot) {
        return storage.write(
                List.of(new Storage.Pair(key(SNAPSHOT, persistenceId, snapshot.sequenceNr()), snapshot.value())));
    }

    /** The snapshots of an entity in a range of sequence numbers, both ends included, oldest first. */
    List<StoredSnapshot> snapshots(String persistenceId, long from, long to) {
        var snapshots = new ArrayList<StoredSnapshot>();
        Supplier<String> what = () -> "A snapshot of " + persistenceId;
        scan(what, key(SNAPSHOT, persistenceId, from), key(SNAPSHOT, persistenceId, to), (key, value) -> {
            snapshots.add(new StoredSnapshot(longAtEnd(key), value));
            return true;
        });
        return snapshots;
    }

    CompletionStage<Void> deleteSnapshots(String persistenceId, List<StoredSnapshot> snapshots) {
        return storage.write(snapshots.stream()
                .map(snapshot -> new Storage.Pair(key(SNAPSHOT, persistenceId, snapshot.sequenceNr()), null))
                .toList());
    }

    /** That some offsets are not there. */
    static String gone(long fromOffset, long toOffset) {
        return fromOffset == toOffset
                ? "The record at offset " + fromOffset + " is gone"
                : "The records from offset " + fromOffset + " to " + toOffset + " are gone";
    }

    public String description() {
        return storage.description();
    }

    @Override
    public void close() {
        storage.close();
    }

    private static byte[] key(byte kind, long number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(number).array();
    }

    // The zero byte ends the id, so that d-1 does not run into d-10.
    static byte[] key(byte kind, String persistenceId, long number) {
        byte[] id = id(persistenceId);
        return ByteBuffer.allocate(1 + id.length + 1 + Long.BYTES)
                .put(kind)
                .put(id)
                .put((byte) 0)
                .putLong(number)
                .array();
    }

    private static byte[] key(byte kind, String persistenceId) {
        byte[] id = id(persistenceId);
        return ByteBuffer.allocate(1 + id.length).put(kind).put(id).array();
    }

    static String idOf(byte[] key) {
        return new String(key, 1, key.length - 1 - 1 - Long.BYTES, UTF_8);
    }

    private static byte[] id(String persistenceId) {
        if (persistenceId.indexOf(0) >= 0) {
            throw new IllegalArgumentException("A persistence id has no zero character");
        }
        return persistenceId.getBytes(UTF_8);
    }

    private static byte[] withNumber(byte[] key, long number) {
        byte[] other = key.clone();
        ByteBuffer.wrap(other).putLong(key.length - Long.BYTES, number);
        return other;
    }

    static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long longAtEnd(byte[] bytes) {
        return ByteBuffer.wrap(bytes, bytes.length - Long.BYTES, Long.BYTES).getLong();
    }
}
