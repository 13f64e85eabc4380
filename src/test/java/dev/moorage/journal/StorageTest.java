package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.iq80.leveldb.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StorageTest {
    private final Path directory;

    StorageTest(@TempDir Path directory) {
        this.directory = directory;
    }

    enum Device {
        JNI,
        JAVA,
        MEMORY;

        Storage open(Path directory) {
            if (this == MEMORY) return new MemoryStorage();
            var engine = Engine.of(name());
            assumeTrue(this == JAVA || loads(engine), "The native library does not load here");
            try {
                return LevelDbStorage.open(directory, engine, false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean loads(Engine engine) {
            try {
                return engine.factory() != null;
            } catch (LinkageError e) {
                return false;
            }
        }
    }

    private static Storage.Row row(long offset, String persistenceId, long sequenceNr) {
        return new Storage.Row(offset, persistenceId, sequenceNr, value(offset).getBytes(UTF_8));
    }

    private static String value(long offset) {
        return "value " + offset;
    }

    private static List<String> values(long... offsets) {
        return LongStream.of(offsets)
                .mapToObj(offset -> offset + ": " + value(offset))
                .toList();
    }

    private static void append(Storage storage, Storage.Row... rows) {
        storage.append(List.of(rows)).toCompletableFuture().join();
    }

    private static List<String> from(Storage storage, long offset) {
        var read = new ArrayList<String>();
        storage.readFrom(offset, (at, value) -> read.add(at + ": " + new String(value, UTF_8)));
        return read;
    }

    private static List<String> history(Storage storage, String persistenceId, long from, long to, long max) {
        var read = new ArrayList<String>();
        storage.readHistory(
                persistenceId, from, to, max, (at, value) -> read.add(at + ": " + new String(value, UTF_8)));
        return read;
    }

    private static List<String> history(Storage storage, String persistenceId) {
        return history(storage, persistenceId, 0, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private static void fill(Storage storage) {
        append(storage, row(0, "Disk|d-1", 1));
        append(storage, row(1, "Disk|d-10", 1), row(2, "Disk|d-1", 2), row(3, "Instance|i-1", 1));
        append(storage, row(4, "Disk|d-1", 3), row(5, "Disk|d-1", 4), row(6, "Disk|d-100", 1));
        append(storage, row(7, "Disk|d-10", 2));
    }

    @ParameterizedTest
    @EnumSource
    void readsEverythingInOneOrder(Device device) {
        try (var storage = device.open(directory)) {
            fill(storage);

            assertThat(from(storage, 0)).isEqualTo(values(0, 1, 2, 3, 4, 5, 6, 7));
            assertThat(from(storage, 6)).isEqualTo(values(6, 7));
            assertThat(from(storage, 8)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtTheEndOfARangeOrWhenItIsEnough(Device device) {
        try (var storage = device.open(directory)) {
            fill(storage);

            assertThat(range(storage, 2, 4, 9)).isEqualTo(values(2, 3, 4));
            assertThat(range(storage, 2, 7, 2)).isEqualTo(values(2, 3));
            assertThat(range(storage, 0, -1, 9)).isEmpty();
            assertThat(range(storage, 5, 4, 9)).isEmpty();
        }
    }

    private static List<String> range(Storage storage, long from, long to, long max) {
        var read = new ArrayList<String>();
        storage.read(from, to, max, (at, value) -> read.add(at + ": " + new String(value, UTF_8)));
        return read;
    }

    @ParameterizedTest
    @EnumSource
    void tellsHistoriesApartWhoseIdsBeginAlike(Device device) {
        try (var storage = device.open(directory)) {
            fill(storage);

            assertThat(history(storage, "Disk|d-1")).isEqualTo(values(0, 2, 4, 5));
            assertThat(history(storage, "Disk|d-10")).isEqualTo(values(1, 7));
            assertThat(history(storage, "Disk|d-100")).isEqualTo(values(6));
            assertThat(history(storage, "Disk|d-")).isEmpty();
            assertThat(storage.highestSequenceNr("Disk|d-1")).isEqualTo(4);
            assertThat(storage.highestSequenceNr("Disk|d-10")).isEqualTo(2);
            assertThat(storage.highestSequenceNr("Disk|d-100")).isEqualTo(1);
            assertThat(storage.highestSequenceNr("Disk|d-")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAPartOfAHistoryWithBothEnds(Device device) {
        try (var storage = device.open(directory)) {
            fill(storage);

            assertThat(history(storage, "Disk|d-1", 2, 3, Long.MAX_VALUE)).isEqualTo(values(2, 4));
            assertThat(history(storage, "Disk|d-1", 3, 3, Long.MAX_VALUE)).isEqualTo(values(4));
            assertThat(history(storage, "Disk|d-1", 4, 99, Long.MAX_VALUE)).isEqualTo(values(5));
            assertThat(history(storage, "Disk|d-1", 5, 99, Long.MAX_VALUE)).isEmpty();
            assertThat(history(storage, "Disk|d-1", 3, 2, Long.MAX_VALUE)).isEmpty();
            assertThat(history(storage, "Disk|d-1", 1, 0, Long.MAX_VALUE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsNoMoreThanItIsAskedFor(Device device) {
        try (var storage = device.open(directory)) {
            fill(storage);

            assertThat(history(storage, "Disk|d-1", 1, 4, 3)).isEqualTo(values(0, 2, 4));
            assertThat(history(storage, "Disk|d-1", 2, 4, 1)).isEqualTo(values(2));
            assertThat(history(storage, "Disk|d-1", 1, 4, 0)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsOrderBeyondTheNumbersOfOneByte(Device device) {
        try (var storage = device.open(directory)) {
            var rows = new ArrayList<Storage.Row>();
            for (int i = 0; i < 1_000; i++) rows.add(row(i, "Disk|d-" + i % 3, 1 + i / 3));
            storage.append(rows).toCompletableFuture().join();

            assertThat(from(storage, 0))
                    .isEqualTo(values(LongStream.range(0, 1_000).toArray()));
            assertThat(history(storage, "Disk|d-2"))
                    .isEqualTo(
                            values(LongStream.range(0, 333).map(i -> 3 * i + 2).toArray()));
            assertThat(storage.highestSequenceNr("Disk|d-0")).isEqualTo(334);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isEmptyAtFirst(Device device) {
        try (var storage = device.open(directory)) {
            assertThat(from(storage, 0)).isEmpty();
            assertThat(history(storage, "Disk|d-1")).isEmpty();
            assertThat(storage.highestSequenceNr("Disk|d-1")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingBehindForAnIdThatIsOnlyAskedFor(Device device) throws IOException {
        try (var storage = device.open(directory)) {
            append(storage, row(0, "Disk|d-1", 1));
            assertThat(history(storage, "Disk|d-404")).isEmpty();
            assertThat(storage.highestSequenceNr("Disk|d-404")).isZero();

            assertThat(from(storage, 0)).isEqualTo(values(0));
            assertThat(storage.highestSequenceNr("Disk|d-404")).isZero();
        }
        // A row and its place in its history.
        if (device != Device.MEMORY) assertThat(keysIn(directory)).isEqualTo(2);
    }

    private static int keysIn(Path directory) throws IOException {
        int keys = 0;
        try (var database =
                        Engine.JAVA.factory().open(directory.resolve("journal").toFile(), new Options());
                var entries = database.iterator()) {
            for (entries.seekToFirst(); entries.hasNext(); entries.next()) keys++;
        }
        return keys;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void isThereAgainWhenItIsOpenedAgain(Device device) {
        try (var storage = device.open(directory)) {
            fill(storage);
        }
        try (var storage = device.open(directory)) {
            assertThat(from(storage, 0)).isEqualTo(values(0, 1, 2, 3, 4, 5, 6, 7));
            append(storage, row(8, "Disk|d-1", 5));
        }
        try (var storage = device.open(directory)) {
            assertThat(from(storage, 7)).isEqualTo(values(7, 8));
            assertThat(history(storage, "Disk|d-1")).isEqualTo(values(0, 2, 4, 5, 8));
            assertThat(storage.highestSequenceNr("Disk|d-1")).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"JNI, JAVA", "JAVA, JNI"})
    void isReadByTheOtherEngine(Device writer, Device reader) {
        try (var storage = writer.open(directory)) {
            fill(storage);
        }
        try (var storage = reader.open(directory)) {
            assertThat(from(storage, 0)).isEqualTo(values(0, 1, 2, 3, 4, 5, 6, 7));
            assertThat(history(storage, "Disk|d-1")).isEqualTo(values(0, 2, 4, 5));
            append(storage, row(8, "Disk|d-1", 5));
        }
        try (var storage = writer.open(directory)) {
            assertThat(history(storage, "Disk|d-1")).isEqualTo(values(0, 2, 4, 5, 8));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void waitsForItsReadersBeforeItCloses(Device device) throws Exception {
        var storage = device.open(directory);
        fill(storage);
        var reading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var read = new ArrayList<Long>();
        var reader = CompletableFuture.runAsync(
                () -> storage.readFrom(0, (offset, value) -> {
                    read.add(offset);
                    reading.countDown();
                    await(goOn);
                }),
                task -> new Thread(task, "reader").start());
        await(reading);
        var closer = CompletableFuture.runAsync(storage::close, task -> new Thread(task, "closer").start());

        assertThat(closer).as("closed under its reader").isNotDone();
        goOn.countDown();
        reader.get(10, TimeUnit.SECONDS);
        closer.get(10, TimeUnit.SECONDS);

        assertThat(read).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThatThrownBy(() -> from(storage, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> storage.highestSequenceNr("Disk|d-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void writesWhatItWasGivenBeforeItCloses(Device device) {
        var appended = new ArrayList<CompletableFuture<Void>>();
        try (var storage = device.open(directory)) {
            for (int i = 0; i < 200; i++) {
                appended.add(storage.append(List.of(row(i, "Disk|d-1", i + 1))).toCompletableFuture());
            }
        }
        assertThat(appended).allSatisfy(append -> assertThat(append).isCompleted());
        try (var storage = device.open(directory)) {
            assertThat(storage.highestSequenceNr("Disk|d-1")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void canBeClosedTwice(Device device) {
        var storage = device.open(directory);
        append(storage, row(0, "Disk|d-1", 1));
        storage.close();
        storage.close();
    }

    @Test
    void saysWhichEngineItRunsAndWhere() {
        try (var storage = Device.JAVA.open(directory)) {
            assertThat(storage.description()).contains(directory.toString(), "java", "fsync off");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void isRefusedWhenItIsDamaged(Device device) throws IOException {
        try (var storage = device.open(directory)) {
            fill(storage);
        }
        try (var files = Files.newDirectoryStream(directory.resolve("journal"), "MANIFEST-*")) {
            for (var manifest : files) {
                byte[] damaged = Files.readAllBytes(manifest);
                damaged[damaged.length / 2] ^= 0x20;
                Files.write(manifest, damaged);
            }
        }

        assertThatThrownBy(() -> LevelDbStorage.open(directory, Engine.of(device.name()), false))
                .isInstanceOf(IOException.class);
        try (var lock = DirectoryLock.take(directory)) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void isRefusedWhereThereIsNoDirectory() throws IOException {
        var file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> LevelDbStorage.open(file, Engine.JAVA, false)).isInstanceOf(IOException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) throw new AssertionError("Nothing happened for 10 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
