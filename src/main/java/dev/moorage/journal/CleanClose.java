package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a journal left behind when it was closed. The file {@code closed} in the data directory says it, and is there
 * only while nobody has the journal open: without it, the last one who had it was killed.
 *
 * @param end the first offset that was free
 * @param sizes of the files by their names
 */
record CleanClose(long end, Map<String, Long> sizes) {
    private static Path file(Path directory) {
        return directory.resolve("closed");
    }

    /** What was left, or null if the journal was not closed. */
    static @Nullable CleanClose read(Path directory) throws IOException {
        if (!Files.exists(file(directory))) return null;
        String text = Files.readString(file(directory), ISO_8859_1);
        int last = text.lastIndexOf("check ");
        if (last < 0 || !text.substring(last).equals(check(text.substring(0, last)))) return null;
        var sizes = new TreeMap<String, Long>();
        text.substring(0, last)
                .lines()
                .map(line -> line.split(" "))
                .forEach(line -> sizes.put(line[0], Long.parseLong(line[1])));
        Long end = sizes.remove("end");
        return end == null ? null : new CleanClose(end, sizes);
    }

    private static String check(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return "check " + crc.getValue() + "\n";
    }

    /** To be called when the journal is closed. Of one that is damaged nothing is said. */
    static void write(Path directory) throws IOException {
        var files = LevelDbFiles.open(directory);
        long end = new EventStore(files).end();
        if (!files.findings().isEmpty()) return;
        var text = new StringBuilder("end " + end + "\n");
        for (var file : files.sizes().entrySet()) {
            text.append(file.getKey()).append(' ').append(file.getValue()).append('\n');
        }
        try (var channel = FileChannel.open(
                file(directory),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap((text + check(text.toString())).getBytes(UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
    }

    /** To be called before the journal is opened. */
    static void remove(Path directory) throws IOException {
        Path file = file(directory);
        if (!Files.exists(file)) return;
        // A file that is gone can be there again after a power cut, but what was in it cannot.
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            channel.force(true);
        }
        Files.delete(file);
    }
}
