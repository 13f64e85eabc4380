package dev.moorage.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import dev.moorage.domain.Controls;
import dev.moorage.domain.Disk;
import dev.moorage.domain.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * All disks and instances as they were after one event, in a file beside the journal: who starts from it has to read
 * only the events since then. The journal is the truth, so it is no loss when there is none that can be used: because it
 * is damaged, because the rules by which events are folded have changed since, or because the journal's files have.
 *
 * <p>The file: chunks of states in Smile, their table of contents, and how long that is.
 */
public final class CheckpointFile implements AutoCloseable {
    /** A disk or an instance, and the place it has in lists; or what an operator has set. */
    public record State(
            long place,
            @Nullable Disk disk,
            @Nullable Instance instance,
            @Nullable Controls controls) {}

    /** A checkpoint that cannot be used. The message says why. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private Unusable(String message) {
            super(message);
        }
    }

    private record Chunk(long position, int length, int checksum) {}

    /** A table of the journal, which never changes once it is written: its bytes, and when that was. */
    private record Table(long bytes, long modifiedMillis) {}

    private record Contents(long fold, long offset, Map<String, Table> tables, List<Chunk> chunks) {}

    private static final String NAME = "checkpoint";
    private static final int STATES_PER_CHUNK = 2_048;
    // The length and the checksum of the contents.
    private static final int TRAILER_BYTES = 2 * Integer.BYTES;

    private static final ObjectMapper SMILE = EventCodec.configured(SmileMapper.builder(SmileFactory.builder()
                    .enable(SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES)
                    .build()))
            .build();
    private static final ObjectWriter STATES = SMILE.writerFor(State[].class);
    private static final ObjectReader STATES_READER = SMILE.readerFor(State[].class);

    private final FileChannel channel;
    private final Contents contents;

    private CheckpointFile(FileChannel channel, Contents contents) {
        this.channel = channel;
        this.contents = contents;
    }

    /**
     * Writes the checkpoint of a data directory; the one before stays until this one is whole.
     *
     * @param offset of the last event that is in the states
     */
    public static void write(Path directory, long offset, List<State> states) throws IOException {
        var part = directory.resolve(NAME + ".part");
        try (var channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var chunks = new ArrayList<Chunk>();
            for (int from = 0; from < states.size(); from += STATES_PER_CHUNK) {
                var some = states.subList(from, Math.min(from + STATES_PER_CHUNK, states.size()));
                byte[] bytes = STATES.writeValueAsBytes(some.toArray(State[]::new));
                chunks.add(new Chunk(channel.position(), bytes.length, checksum(bytes)));
                write(channel, ByteBuffer.wrap(bytes));
            }
            byte[] contents = SMILE.writeValueAsBytes(
                    new Contents(FoldFingerprint.VALUE, offset, wholeTables(directory), chunks));
            write(channel, ByteBuffer.wrap(contents));
            write(
                    channel,
                    ByteBuffer.allocate(TRAILER_BYTES)
                            .putInt(contents.length)
                            .putInt(checksum(contents))
                            .flip());
            channel.force(true);
        }
        Files.move(part, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
    }

    /**
     * The checkpoint of a data directory, or null if there is none.
     *
     * @throws Unusable if there is one that cannot be read
     */
    public static @Nullable CheckpointFile open(Path directory) throws Unusable {
        var file = directory.resolve(NAME);
        if (!Files.exists(file)) return null;
        try {
            var channel = FileChannel.open(file);
            try {
                return new CheckpointFile(channel, contents(channel));
            } catch (IOException | Unusable e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Unusable("it cannot be read: " + e.getMessage());
        }
    }

    private static Contents contents(FileChannel channel) throws IOException, Unusable {
        long end = channel.size() - TRAILER_BYTES;
        if (end < 0) throw new Unusable("it is not whole");
        var trailer = read(channel, end, TRAILER_BYTES);
        int length = trailer.getInt();
        if (length < 0 || length > end) throw new Unusable("it is not whole");
        byte[] contents = read(channel, end - length, length).array();
        if (checksum(contents) != trailer.getInt()) throw new Unusable("it is damaged");
        return SMILE.readValue(contents, Contents.class);
    }

    /**
     * Sees whether its states are still what the journal in {@code directory} tells.
     *
     * @throws Unusable if that is not sure
     */
    public void checkStates(Path directory) throws Unusable {
        if (contents.fold() != FoldFingerprint.VALUE) throw new Unusable("it was made by another version");
        try {
            checkTables(directory, contents.tables());
        } catch (IOException e) {
            throw new Unusable("the journal's files cannot be listed: " + e.getMessage());
        }
    }

    /** A table that has changed is damaged. Only who reads the whole journal finds out where. */
    private static void checkTables(Path directory, Map<String, Table> before) throws IOException, Unusable {
        var now = tables(directory);
        for (var table : before.entrySet()) {
            var found = now.get(table.getKey());
            if (found != null && !found.equals(table.getValue())) {
                throw new Unusable("the journal's file " + table.getKey() + " has changed since");
            }
        }
    }

    /** Those that the journal rests on. One that is still being written is not among them. */
    private static Map<String, Table> wholeTables(Path directory) throws IOException {
        var whole = Manifest.read(directory.resolve("journal")).tables();
        var tables = tables(directory);
        tables.keySet().removeIf(name -> !whole.contains(Long.parseLong(name.substring(0, name.indexOf('.')))));
        return tables;
    }

    private static Map<String, Table> tables(Path directory) throws IOException {
        var tables = new TreeMap<String, Table>();
        try (var files = Files.newDirectoryStream(directory.resolve("journal"), "*.{sst,ldb}")) {
            for (var file : files) {
                try {
                    long modifiedMillis = Files.getLastModifiedTime(file).toMillis();
                    tables.put(file.getFileName().toString(), new Table(Files.size(file), modifiedMillis));
                } catch (NoSuchFileException e) {
                    // Another table took its place meanwhile.
                }
            }
        }
        return tables;
    }

    /** The offset of the last event that is in the states. */
    public long offset() {
        return contents.offset();
    }

    /** How many parts there are to be read, from 0 on. */
    public int chunks() {
        return contents.chunks().size();
    }

    /**
     * Reads a part; several can be read at a time.
     *
     * @throws Unusable if it is damaged
     */
    public List<State> read(int number) throws Unusable {
        var chunk = contents.chunks().get(number);
        try {
            byte[] bytes = read(channel, chunk.position(), chunk.length()).array();
            if (checksum(bytes) != chunk.checksum()) throw new Unusable("it is damaged");
            State[] states = STATES_READER.readValue(bytes);
            return List.of(states);
        } catch (IOException e) {
            throw new Unusable("it cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) throw new IOException("it ends too early");
        }
        return bytes.flip();
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
