package dev.moorage.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A file in LevelDB's log format, read by ourselves: the engines drop what they cannot read, and go on behind it.
 *
 * <p>The file is in blocks of 32 KiB. A record is one fragment, or several where it does not fit into its block. A
 * fragment is a masked CRC-32C of what follows it but for the length, the length, the type, and the bytes. Engines extend
 * the file before they write, so that zeros follow the last record until the file is closed.
 */
final class LogFile {
    private static final int BLOCK = 32 * 1024;
    private static final int HEADER = Integer.BYTES + Short.BYTES + 1;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;
    /** A whole record can end in one number that is zero. One that ends in more was not written to its end. */
    private static final int ZEROS_OF_A_NUMBER = Long.BYTES;

    /** A record at its place, or what is left of it. */
    record Entry(long position, byte[] bytes, State state) {
        boolean isWhole() {
            return state == State.WHOLE;
        }
    }

    enum State {
        WHOLE,
        /** The last one, which was being written when its writer died. */
        TORN,
        DAMAGED
    }

    private final byte[] file;
    private final Predicate<byte[]> isComplete;
    private final List<Entry> entries = new ArrayList<>();
    private int position;

    // The record whose fragments are being read.
    private int start;
    private @Nullable ByteArrayOutputStream record;
    private boolean isBroken;

    private LogFile(byte[] file, Predicate<byte[]> isComplete) {
        this.file = file;
        this.isComplete = isComplete;
    }

    /**
     * Reads a log.
     *
     * @param isComplete whether all of a record is there, as far as its content tells: one that is cannot be torn
     */
    static List<Entry> read(Path file, Predicate<byte[]> isComplete) throws IOException {
        var log = new LogFile(Files.readAllBytes(file), isComplete);
        log.read();
        return log.entries;
    }

    private void read() {
        while (!Bytes.areZero(file, position, file.length)) {
            int left = BLOCK - position % BLOCK;
            if (left < HEADER) {
                position += Math.min(left, file.length - position);
            } else if (isFragment(position)) {
                takeFragment();
            } else if (isTorn()) {
                takeRest();
            } else {
                skipDamage();
            }
        }
        if (record != null) end(State.TORN);
    }

    private int length(int at) {
        return (file[at + 4] & 0xff) | (file[at + 5] & 0xff) << 8;
    }

    private boolean hasType(int at) {
        return file[at + 6] >= FULL && file[at + 6] <= LAST;
    }

    private static int blockEnd(int at) {
        return at - at % BLOCK + BLOCK;
    }

    private boolean isFragment(int at) {
        if (at + HEADER > Math.min(blockEnd(at), file.length) || !hasType(at)) return false;
        int end = at + HEADER + length(at);
        return end <= Math.min(blockEnd(at), file.length)
                && Bytes.littleEndian(file).getInt(at) == Bytes.maskedChecksum(file, at + 6, 1 + length(at));
    }

    private void takeFragment() {
        int type = file[position + 6];
        boolean begins = type == FULL || type == FIRST;
        // Another one begins before this one has ended.
        if (begins && record != null) end(State.DAMAGED);
        if (record == null) begin(!begins);
        append(position + HEADER, length(position));
        position += HEADER + length(position);
        if (type == FULL || type == LAST) end(State.WHOLE);
    }

    private void begin(boolean withoutBeginning) {
        start = position;
        isBroken = withoutBeginning;
        record = new ByteArrayOutputStream();
    }

    private void append(int from, int length) {
        if (record != null) record.write(file, from, length);
    }

    private void end(State state) {
        if (record != null) entries.add(new Entry(start, record.toByteArray(), isBroken ? State.DAMAGED : state));
        record = null;
    }

    /** The fragment here was not written to its end, nor anything behind it. */
    private boolean isTorn() {
        if (position + HEADER > file.length) return true;
        if (Bytes.areZero(file, position + HEADER, file.length) && !isComplete.test(soFar(file.length))) return true;
        int end = position + HEADER + length(position);
        if (!hasType(position) || end > blockEnd(position)) return false;
        boolean goesOn = file[position + 6] != FULL && file[position + 6] != LAST;
        if (goesOn && end != blockEnd(position)) return false;
        if (end <= file.length
                && !Bytes.areZero(file, Math.max(position + HEADER, end - ZEROS_OF_A_NUMBER - 1), file.length)) {
            return false;
        }
        return !isComplete.test(soFar(Math.min(end, file.length)));
    }

    /** The record as far as it has been read, and what is left of the fragment here. */
    private byte[] soFar(int end) {
        var bytes = new ByteArrayOutputStream();
        if (record != null) bytes.writeBytes(record.toByteArray());
        int from = Math.min(position + HEADER, end);
        bytes.write(file, from, end - from);
        return bytes.toByteArray();
    }

    private void takeRest() {
        if (record == null) begin(false);
        int from = Math.min(position + HEADER, file.length);
        append(from, file.length - from);
        position = file.length;
        end(State.TORN);
    }

    /** Goes on at the next fragment that is whole, wherever the damaged one says that it ends. */
    private void skipDamage() {
        int next = position + 1;
        while (next < file.length && !isFragment(next)) next++;
        if (record == null) begin(true);
        isBroken = true;
        int from = Math.min(position + HEADER, next);
        append(from, next - from);
        position = next;
    }
}
