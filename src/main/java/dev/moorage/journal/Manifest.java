package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which files of a LevelDB count: CURRENT names a log of changes to that. */
final class Manifest {
    private static final Pattern NAME = Pattern.compile("MANIFEST-\\d+\n");

    private final Set<Long> tables = new TreeSet<>();
    private long logNumber = -1;
    private long previousLogNumber;

    private Manifest() {}

    /**
     * Reads it. A change at the end that was not written wholly was not made: then the files from before are all there.
     *
     * @throws JournalDamaged if it is not there, or cannot be read
     */
    static Manifest read(Path directory) throws IOException {
        Path current = directory.resolve("CURRENT");
        if (!Files.exists(current)) throw new JournalDamaged("The file CURRENT is gone");
        // Whatever its bytes are, they are characters.
        String name = Files.readString(current, StandardCharsets.ISO_8859_1);
        if (!NAME.matcher(name).matches())
            throw new JournalDamaged("The file CURRENT is damaged: it names no manifest");
        Path file = directory.resolve(name.strip());
        if (!Files.exists(file)) throw new JournalDamaged("The file " + name.strip() + " is gone");
        var manifest = new Manifest();
        for (var entry : LogFile.read(file, bytes -> false)) {
            if (entry.state() == LogFile.State.DAMAGED) throw damaged(file, entry.position());
            if (entry.isWhole()) manifest.apply(file, entry);
        }
        if (manifest.logNumber < 0) throw new JournalDamaged(file.getFileName() + " is damaged: it ends too soon");
        return manifest;
    }

    private static JournalDamaged damaged(Path file, long position) {
        return new JournalDamaged(file.getFileName() + " is damaged at byte " + position);
    }

    private void apply(Path file, LogFile.Entry edit) {
        var fields = ByteBuffer.wrap(edit.bytes());
        try {
            while (fields.hasRemaining()) apply((int) Bytes.varint(fields), fields);
        } catch (IllegalArgumentException e) {
            throw damaged(file, edit.position());
        }
    }

    private void apply(int tag, ByteBuffer fields) {
        switch (tag) {
            case 1 -> requireOrderOfBytes(new String(Bytes.prefixed(fields), US_ASCII));
            case 2 -> logNumber = Bytes.varint(fields);
            case 9 -> previousLogNumber = Bytes.varint(fields);
            // The next file's number, and the last sequence number.
            case 3, 4 -> Bytes.varint(fields);
            // Where in a level the next compaction begins.
            case 5 -> {
                Bytes.varint(fields);
                Bytes.prefixed(fields);
            }
            case 6 -> {
                Bytes.varint(fields);
                tables.remove(Bytes.varint(fields));
            }
            case 7 -> {
                Bytes.varint(fields);
                tables.add(Bytes.varint(fields));
                // Its size, which the Java port gets wrong, its first key, and its last one.
                Bytes.varint(fields);
                Bytes.prefixed(fields);
                Bytes.prefixed(fields);
            }
            default -> throw new IllegalArgumentException("field " + tag);
        }
    }

    private static void requireOrderOfBytes(String comparator) {
        if (!comparator.equals("leveldb.BytewiseComparator")) throw new IllegalArgumentException(comparator);
    }

    /** The numbers of the tables. */
    Set<Long> tables() {
        return tables;
    }

    /** The oldest log that is not in tables yet, which is there always; 0 in a database that is just being made. */
    long logNumber() {
        return logNumber;
    }

    boolean isLive(long log) {
        return log >= logNumber || log == previousLogNumber;
    }
}
