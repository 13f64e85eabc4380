package dev.moorage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a kill leaves of a log, and what only damage does. */
class LogFileTest {
    private static final int COMMITS = 12;

    private final Path directory;

    LogFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** A log as a process leaves it that is killed: with the zeros that the engine wrote in advance. */
    private byte[] written(Engine engine) throws IOException {
        Path data = directory.resolve("data");
        try (var store = new EventStore(LevelDbStorage.open(data, engine, false))) {
            for (long i = 0; i < COMMITS; i++) {
                // From the first one on some are larger than a block.
                store.append(rows(10 * i, i % 10 == 0 ? 200 : 2))
                        .toCompletableFuture()
                        .join();
            }
            return Files.readAllBytes(log(data));
        }
    }

    private static List<EventStore.Row> rows(long first, int count) {
        var rows = new ArrayList<EventStore.Row>();
        for (long offset = first; offset < first + count; offset++) {
            var disk = new DiskId("d-" + offset);
            byte[] value = EventCodec.encode(
                    disk,
                    1,
                    Instant.EPOCH,
                    new DiskEvent.Attached(new Story("request " + offset, "testid", "Test", Instant.EPOCH)));
            rows.add(new EventStore.Row(offset, PersistenceIds.of(disk), 1, value));
        }
        return rows;
    }

    private static Path log(Path data) throws IOException {
        try (var files = Files.newDirectoryStream(data.resolve("journal"), "*.log")) {
            return files.iterator().next();
        }
    }

    private List<LogFile.Entry> read(byte[] log) throws IOException {
        return LogFile.read(Files.write(directory.resolve("000001.log"), log), WriteBatch::isComplete);
    }

    private static List<LogFile.State> states(List<LogFile.Entry> entries) {
        return entries.stream().map(LogFile.Entry::state).toList();
    }

    /** The bytes up to the last one that is not zero. */
    private static int used(byte[] log) {
        int used = log.length;
        while (log[used - 1] == 0) used--;
        return used;
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void isWholeWithTheZerosBehindItsEnd(Engine engine) throws IOException {
        var entries = read(written(engine));

        assertThat(states(entries)).hasSize(COMMITS).containsOnly(LogFile.State.WHOLE);
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void isTornWhereverAKillStopsItsWriter(Engine engine) throws IOException {
        byte[] log = written(engine);
        var whole = read(log);
        long begin = whole.get(COMMITS - 11).position();
        int used = used(log);
        for (int end = (int) begin; end < used; end += 331) {
            byte[] cut = Arrays.copyOf(log, end);
            int before = (int) whole.stream()
                            .map(LogFile.Entry::position)
                            .filter(at -> at <= cut.length)
                            .count()
                    - 1;
            assertTorn(read(cut), before, "cut at " + end);
            // Without its last number alone a commit cannot be told from a damaged one.
            long next = whole.stream()
                    .mapToLong(LogFile.Entry::position)
                    .filter(at -> at > cut.length)
                    .findFirst()
                    .orElse(used);
            if (next - end > 2 * Long.BYTES)
                assertTorn(read(Arrays.copyOf(cut, log.length)), before, "zeros from " + end);
        }
    }

    private static void assertTorn(List<LogFile.Entry> entries, int before, String where) {
        assertThat(entries).as(where).hasSizeBetween(before, before + 1);
        assertThat(states(entries.subList(0, before))).as(where).containsOnly(LogFile.State.WHOLE);
        assertThat(states(entries)).as(where).doesNotContain(LogFile.State.DAMAGED);
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void isDamagedWhereABitOfItsLastCommitIsWrong(Engine engine) throws IOException {
        byte[] log = written(engine);
        int begin = (int) read(log).get(COMMITS - 1).position();
        int end = used(log);
        for (int at = begin; at < end; at++) {
            byte[] flipped = log.clone();
            flipped[at] ^= (byte) (1 << at % Byte.SIZE);
            assertThat(states(read(flipped))).as("byte %s of %s", at, begin).contains(LogFile.State.DAMAGED);
        }
    }

    @Test
    void namesWhatADamagedCommitHeld() throws IOException {
        Path data = data();
        byte[] log = Files.readAllBytes(log(data));
        int third = (int) LogFile.read(log(data), WriteBatch::isComplete).get(2).position();
        log[third + 60] ^= 1;
        Files.write(log(data), log);

        assertThatThrownBy(() -> LevelDbStorage.open(data, Engine.JAVA, false))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageStartingWith(log(data).getFileName() + " is damaged at byte " + third + ": a commit of ")
                .hasMessageEndingWith("with offset 4 (Disk|d-4 number 1), offset 5 (Disk|d-5 number 1)");
    }

    @Test
    void mayNotBreakOffWhenItWasClosed() throws IOException {
        Path data = data();
        byte[] log = Files.readAllBytes(log(data));
        Files.write(log(data), Arrays.copyOf(log, log.length - 10));

        assertThatThrownBy(() -> LevelDbStorage.open(data, Engine.JAVA, false))
                .isInstanceOf(JournalDamaged.class)
                .hasMessage("%s is damaged: it has %d bytes, and had %d when the journal was closed"
                        .formatted(log(data).getFileName(), log.length - 10, log.length));
        try (var files = LevelDbFiles.take(data)) {
            assertThat(files.findings())
                    .extracting(Finding::text)
                    .contains("The records from offset 8 to 9 are gone: they were there when the journal was closed");
        }
    }

    @Test
    void mayBreakOffWhenItWasNot() throws IOException {
        Path data = data();
        byte[] log = Files.readAllBytes(log(data));
        Files.write(log(data), Arrays.copyOf(log, log.length - 10));
        Files.delete(data.resolve("closed"));

        try (var files = LevelDbFiles.take(data)) {
            assertThat(files.findings()).hasSize(1).allSatisfy(finding -> {
                assertThat(finding.isDamage()).isFalse();
                assertThat(finding.text()).contains("cut short by a crash", "behind offset 7");
            });
        }
        try (var store = new EventStore(LevelDbStorage.open(data, Engine.JAVA, false))) {
            assertThat(store.end()).isEqualTo(8);
        }
    }

    /** Closed, with ten events in commits of two. */
    private Path data() throws IOException {
        Path data = directory.resolve("data");
        try (var store = new EventStore(LevelDbStorage.open(data, Engine.JAVA, false))) {
            for (long i = 0; i < 10; i += 2)
                store.append(rows(i, 2)).toCompletableFuture().join();
        }
        return data;
    }
}
