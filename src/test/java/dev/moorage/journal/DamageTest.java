package dev.moorage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A journal whose files are damaged by chance, many times, each time from its whole state. What is read is either all that
 * was written, or a sentence says what is damaged. {@code -Dmoorage.damages=1000} does it longer, and
 * {@code -Dmoorage.seed} again.
 */
@Timeout(600)
class DamageTest {
    private static final int TIMES = Integer.getInteger("moorage.damages", 60);
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final int[] SESSIONS = {1_200, 500, 300};
    private static final Pattern NAMED =
            Pattern.compile("offset \\d+|number \\d+|history|\\d{6}\\.(log|sst)|MANIFEST|CURRENT");

    private final Path directory;
    private final Map<Long, byte[]> written = new TreeMap<>();
    // The first offsets of commits: a journal that ends between two of them ends with a whole commit.
    private final TreeSet<Long> commits = new TreeSet<>();

    DamageTest(@TempDir Path directory) {
        this.directory = directory;
    }

    enum Kind {
        FLIP,
        ZERO,
        TRUNCATE,
        DELETE,
        DUPLICATE
    }

    /** What was done to which file. */
    private record Damage(Kind kind, Path file, int from, int to) {
        @Override
        public String toString() {
            return kind + " " + file.getFileName() + " " + from + " to " + to;
        }
    }

    @ParameterizedTest
    @CsvSource({"JNI, true", "JNI, false", "JAVA, true", "JAVA, false"})
    void isReadAsItWasWrittenOrSaid(Engine engine, boolean closed) throws IOException {
        long seed = Long.getLong("moorage.seed", 20_261_123L);
        Path whole = write(engine, closed, new Random(seed));
        for (long i = seed; i < seed + TIMES; i++) {
            Path copy = copy(whole, "copy");
            var damage = damage(copy, new Random(i));
            String where = damage + ", engine " + engine + ", closed " + closed + ", -Dmoorage.seed=" + i;
            try {
                examine(engine, closed, whole, copy, damage, where);
            } catch (RuntimeException e) {
                throw new AssertionError(where, e);
            }
            delete(copy);
        }
    }

    private Path write(Engine engine, boolean closed, Random random) throws IOException {
        Path data = directory.resolve("data");
        for (int events : SESSIONS) {
            try (var store = new EventStore(LevelDbStorage.open(data, engine, false))) {
                writeSession(store, events, random);
                if (!closed && events == SESSIONS[SESSIONS.length - 1]) return copy(data, "killed");
            }
        }
        return data;
    }

    private void writeSession(EventStore store, int events, Random random) {
        for (int left = events; left > 0; ) {
            int size = Math.min(left, random.nextInt(10) == 0 ? 150 : 1 + random.nextInt(10));
            commits.add((long) written.size());
            var rows = new ArrayList<EventStore.Row>();
            for (int i = 0; i < size; i++) rows.add(row(written.size()));
            store.append(rows).toCompletableFuture().join();
            left -= size;
        }
    }

    private EventStore.Row row(long offset) {
        var disk = new DiskId("d-" + offset % 97);
        long sequenceNr = 1 + offset / 97;
        byte[] value = EventCodec.encode(
                disk, sequenceNr, TIME, new DiskEvent.Attached(new Story("request " + offset, "testid", "Test", TIME)));
        written.put(offset, value);
        return new EventStore.Row(offset, PersistenceIds.of(disk), sequenceNr, value);
    }

    private Path copy(Path from, String name) throws IOException {
        Path to = directory.resolve(name);
        Files.createDirectories(to.resolve("journal"));
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        // Whoever was killed left its lock's file, but not the mark of who closed.
        return to;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private static Damage damage(Path data, Random random) throws IOException {
        List<Path> files;
        try (var all = Files.list(data.resolve("journal"))) {
            files = all.filter(file -> !file.getFileName().toString().startsWith("LO"))
                    .sorted()
                    .toList();
        }
        var file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        // Engines extend their files in advance: most damage is to be where something is.
        int used = bytes.length;
        while (used > 1 && bytes[used - 1] == 0) used--;
        int from = random.nextInt(Math.max(1, random.nextInt(8) == 0 ? bytes.length : used));
        int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 16 : 9_000));
        switch (kind) {
            case FLIP -> {
                if (bytes.length > 0) bytes[from] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
            case ZERO -> {
                Arrays.fill(bytes, Math.min(from, to), to, (byte) 0);
                Files.write(file, bytes);
            }
            case TRUNCATE -> Files.write(file, Arrays.copyOf(bytes, from));
            case DELETE -> Files.delete(file);
            case DUPLICATE -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + to - from);
                System.arraycopy(bytes, from, longer, to, bytes.length - from);
                Files.write(file, longer);
            }
        }
        return new Damage(kind, file, from, to);
    }

    private void examine(Engine engine, boolean closed, Path whole, Path copy, Damage damage, String where)
            throws IOException {
        var before = contents(copy);
        boolean said = !salvage(copy, where).isEmpty();
        assertThat(contents(copy)).as("what the salvage left, %s", where).isEqualTo(before);
        boolean opened = false;
        var read = new TreeMap<Long, byte[]>();
        try (var storage = LevelDbStorage.open(copy, engine, false)) {
            opened = true;
            var store = new EventStore(storage);
            store.read(0, Long.MAX_VALUE, (offset, value) -> {
                EventCodec.decode(offset, value);
                read.put(offset, value);
            });
            var problems = new ArrayList<Finding>();
            store.check(problems::add);
            if (problems.isEmpty()) {
                assertRead(read, closed, whole, damage, said, where);
            } else {
                assertThat(problems)
                        .as(where)
                        .allSatisfy(problem -> assertThat(problem.text()).containsPattern(NAMED));
            }
        } catch (JournalDamaged e) {
            assertThat(e.getMessage()).as(where).containsPattern(NAMED).doesNotContain("Exception");
            if (!opened)
                assertThat(contents(copy)).as("what is left, %s", where).isEqualTo(before);
            assertThat(said)
                    .as("what the salvage says, %s: %s", where, e.getMessage())
                    .isTrue();
        } catch (IOException e) {
            assertThat(e.getMessage()).as(where).isNotBlank();
        }
    }

    /** What can be read past the damage is as it was written, and what cannot is said. */
    private List<Finding> salvage(Path copy, String where) throws IOException {
        var found = new ArrayList<Finding>();
        try (var files = LevelDbFiles.take(copy)) {
            var store = new EventStore(files);
            store.read(0, Long.MAX_VALUE, new EventStore.Reader() {
                @Override
                public void read(long offset, byte[] value) {
                    try {
                        EventCodec.decode(offset, value);
                    } catch (JournalDamaged e) {
                        return;
                    }
                    assertThat(value).as("offset %s, %s", offset, where).isEqualTo(written.get(offset));
                }

                @Override
                public void lost(long fromOffset, long toOffset) {
                    found.add(new Finding(true, "lost " + fromOffset + " to " + toOffset));
                }
            });
            files.readAll();
            found.addAll(files.findings());
            store.check(found::add);
        }
        return found;
    }

    private void assertRead(
            Map<Long, byte[]> read, boolean closed, Path whole, Damage damage, boolean said, String where)
            throws IOException {
        if (read.size() < written.size() && !closed && isTearing(whole, damage)) {
            assertThat(commits)
                    .as("a whole commit begins where it ends, %s", where)
                    .contains((long) read.size());
            if (!said)
                assertThat(boundaries(whole, damage))
                        .as("boundaries, %s", where)
                        .contains((long) damage.from());
        } else {
            assertThat(read.size()).as(where).isEqualTo(written.size());
        }
        read.forEach((offset, value) ->
                assertThat(value).as("offset %s, %s", offset, where).isEqualTo(written.get(offset)));
    }

    /** What a crash can do too: the end of a log is not there, or still zeros. */
    private static boolean isTearing(Path whole, Damage damage) throws IOException {
        if (!damage.file().toString().endsWith(".log")) return false;
        byte[] bytes = Files.readAllBytes(
                whole.resolve("journal").resolve(damage.file().getFileName()));
        return damage.kind() == Kind.TRUNCATE
                || (damage.kind() == Kind.ZERO && Bytes.areZero(bytes, damage.to(), bytes.length));
    }

    private static List<Long> boundaries(Path whole, Damage damage) throws IOException {
        return LogFile.read(whole.resolve("journal").resolve(damage.file().getFileName()), WriteBatch::isComplete)
                .stream()
                .map(LogFile.Entry::position)
                .toList();
    }

    private static Map<String, Integer> contents(Path data) throws IOException {
        var contents = new TreeMap<String, Integer>();
        try (var files = Files.list(data.resolve("journal"))) {
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        if (contents.isEmpty()) fail("Nothing is left");
        return contents;
    }
}
