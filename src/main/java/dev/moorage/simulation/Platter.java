package dev.moorage.simulation;

import dev.moorage.journal.Storage.Pair;
import dev.moorage.journal.Storage.Visitor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a device when the power goes: all batches that are durable, in the order in which they became so.
 *
 * <p>Keys as the journal makes them end in a number, and are written in its order, so each beginning has a row of its own
 * in which the next one goes to the end.
 */
final class Platter {
    /** In place of the length of a value. */
    private static final int GONE = -1;

    private final Map<ByteBuffer, Row> rows = new HashMap<>();
    /** Too short to end in a number; their rows have one place. */
    private final Map<ByteBuffer, Row> words = new HashMap<>();

    private final MessageDigest digest = sha256();
    private long bytes;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** What a batch is once it is durable. */
    void commit(List<Pair> batch) {
        digest.update(number(batch.size()));
        for (var pair : batch) {
            byte[] key = pair.key();
            byte[] value = pair.value();
            digest.update(number(key.length));
            digest.update(key);
            digest.update(number(value == null ? GONE : value.length));
            if (value != null) digest.update(value);
            bytes += key.length + (value == null ? 0 : value.length);
            if (value != null) {
                rowsOf(key).computeIfAbsent(beginning(key), same -> new Row()).put(number(key), key, value);
                continue;
            }
            var row = rowsOf(key).get(beginning(key));
            if (row != null) row.remove(number(key));
        }
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /** Over all batches with their keys and values, in the order in which they were written. */
    String hash() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 can be cloned", e);
        }
    }

    long bytes() {
        return bytes;
    }

    byte @Nullable [] get(byte[] key) {
        var row = rowsOf(key).get(beginning(key));
        return row == null ? null : row.get(number(key));
    }

    void scan(byte[] from, byte[] to, Visitor visitor) {
        if (Arrays.compareUnsigned(from, to) > 0) return;
        var beginning = beginning(from);
        if (hasNumber(from) && from.length == to.length && beginning.equals(beginning(to))) {
            var row = rows.get(beginning);
            if (row != null) row.visit(number(from), number(to), visitor);
            return;
        }
        // Over several rows: that is what tools do, and never in the middle of a run.
        var found = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        for (var row : rows.values()) row.collect(from, to, found);
        for (var row : words.values()) row.collect(from, to, found);
        for (var pair : found.entrySet()) {
            if (!visitor.visit(pair.getKey(), pair.getValue())) return;
        }
    }

    /** Visits all, in no order. */
    void all(Visitor visitor) {
        for (var row : rows.values()) row.all(visitor);
        for (var row : words.values()) row.all(visitor);
    }

    private Map<ByteBuffer, Row> rowsOf(byte[] key) {
        return hasNumber(key) ? rows : words;
    }

    private static boolean hasNumber(byte[] key) {
        return key.length > Long.BYTES;
    }

    private static ByteBuffer beginning(byte[] key) {
        return ByteBuffer.wrap(key, 0, hasNumber(key) ? key.length - Long.BYTES : key.length);
    }

    private static long number(byte[] key) {
        return key.length > Long.BYTES ? ByteBuffer.wrap(key).getLong(key.length - Long.BYTES) : 0;
    }

    /** Keys that differ in their number only. */
    private static final class Row {
        private long[] numbers = new long[4];
        private byte[][] keys = new byte[4][];
        private byte[][] values = new byte[4][];
        private int size;

        void put(long number, byte[] key, byte[] value) {
            int place = size == 0 || Long.compareUnsigned(number, numbers[size - 1]) > 0 ? size : find(number);
            if (place < size && numbers[place] == number) {
                values[place] = value;
                return;
            }
            if (size == numbers.length) {
                int room = 2 * size;
                numbers = Arrays.copyOf(numbers, room);
                keys = Arrays.copyOf(keys, room);
                values = Arrays.copyOf(values, room);
            }
            System.arraycopy(numbers, place, numbers, place + 1, size - place);
            System.arraycopy(keys, place, keys, place + 1, size - place);
            System.arraycopy(values, place, values, place + 1, size - place);
            numbers[place] = number;
            keys[place] = key;
            values[place] = value;
            size++;
        }

        void remove(long number) {
            int place = find(number);
            if (place == size || numbers[place] != number) return;
            size--;
            System.arraycopy(numbers, place + 1, numbers, place, size - place);
            System.arraycopy(keys, place + 1, keys, place, size - place);
            System.arraycopy(values, place + 1, values, place, size - place);
        }

        byte @Nullable [] get(long number) {
            int place = find(number);
            return place < size && numbers[place] == number ? values[place] : null;
        }

        /** The first place with a number that is no less. */
        private int find(long number) {
            // Without a gap a number says itself where it is.
            long guess = size == 0 ? 0 : number - numbers[0];
            if (guess >= 0 && guess < size && numbers[(int) guess] == number) return (int) guess;
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (Long.compareUnsigned(numbers[middle], number) < 0) low = middle + 1;
                else high = middle;
            }
            return low;
        }

        void visit(long from, long to, Visitor visitor) {
            for (int i = find(from); i < size && Long.compareUnsigned(numbers[i], to) <= 0; i++) {
                if (!visitor.visit(keys[i], values[i])) return;
            }
        }

        void collect(byte[] from, byte[] to, Map<byte[], byte[]> found) {
            for (int i = 0; i < size; i++) {
                boolean isIn = Arrays.compareUnsigned(from, keys[i]) <= 0 && Arrays.compareUnsigned(keys[i], to) <= 0;
                if (isIn) found.put(keys[i], values[i]);
            }
        }

        void all(Visitor visitor) {
            for (int i = 0; i < size; i++) visitor.visit(keys[i], values[i]);
        }
    }
}
