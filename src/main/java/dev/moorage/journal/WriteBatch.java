package dev.moorage.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What LevelDB commits at once, as it stands in its log, as far as it can be read.
 *
 * @param sequence the number of its first change, in LevelDB's own count
 * @param isComplete whether all changes are there
 */
record WriteBatch(long sequence, List<Change> changes, boolean isComplete) {
    private static final int HEADER = Long.BYTES + Integer.BYTES;
    private static final int PUT = 1;

    /** A key and the value it got; without a value the key was removed. */
    record Change(byte[] key, byte @Nullable [] value, long sequence) {}

    /** Whether a change is one that can have been made. */
    interface Plausible {
        boolean test(byte[] key, byte @Nullable [] value);
    }

    static boolean isComplete(byte[] bytes) {
        var batch = parse(bytes);
        // Zeros where a value is to be written still look like an empty one.
        return batch.isComplete() && batch.changes().stream().noneMatch(Traces::isCutShort);
    }

    static WriteBatch parse(byte[] bytes) {
        if (bytes.length < HEADER) return new WriteBatch(0, List.of(), false);
        var from = Bytes.littleEndian(bytes);
        long sequence = from.getLong();
        int count = from.getInt();
        var changes = new ArrayList<Change>();
        try {
            while (changes.size() != count && from.hasRemaining()) {
                byte kind = from.get();
                byte[] key = Bytes.prefixed(from);
                if (kind < 0 || kind > PUT || key.length == 0) break;
                changes.add(new Change(key, kind == PUT ? Bytes.prefixed(from) : null, sequence + changes.size()));
            }
        } catch (IllegalArgumentException e) {
            // It breaks off here.
        }
        // Nobody commits nothing.
        return new WriteBatch(sequence, changes, count > 0 && changes.size() == count);
    }

    /** What can be found in a batch that is damaged: whatever looks like a change, wherever it stands. */
    static List<Change> salvage(byte[] bytes, Plausible plausible) {
        var changes = new ArrayList<Change>();
        long sequence = bytes.length < HEADER ? 0 : Bytes.littleEndian(bytes).getLong();
        var from = Bytes.littleEndian(bytes);
        for (int at = 0; at < bytes.length; ) {
            from.position(at);
            var change = from.get() == PUT ? put(from, sequence) : null;
            boolean found = change != null && plausible.test(change.key(), change.value());
            if (found) changes.add(change);
            at = found ? from.position() : at + 1;
        }
        return changes;
    }

    private static @Nullable Change put(ByteBuffer from, long sequence) {
        try {
            return new Change(Bytes.prefixed(from), Bytes.prefixed(from), sequence);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
