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

class EventStoreTest {
    private final Path directory;

    EventStoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    enum Device {
        JNI,
        JAVA,
        MEMORY;

        EventStore open(Path directory) {
            if (this == MEMORY) return new EventStore(new MemoryStorage());
            var engine = Engine.of(name());
            assumeTrue(this == JAVA || loads(engine), "The native library does not load here");
            try {
                return new EventStore(LevelDbStorage.open(directory, engine, false));
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

    private static EventStore.Row row(long offset, String persistenceId, long sequenceNr) {
        return new EventStore.Row(
                offset, persistenceId, sequenceNr, value(offset).getBytes(UTF_8));
    }

    private static String value(long offset) {
        return "value " + offset;
    }

    private static List<String> values(long... offsets) {
        return LongStream.of(offsets)
                .mapToObj(offset -> offset + ": " + value(offset))
                .toList();
    }

    private static void append(EventStore store, EventStore.Row... rows) {
        store.append(List.of(rows)).toCompletableFuture().join();
    }

    private static List<String> from(EventStore store, long offset) {
        var read = new ArrayList<String>();
        store.read(offset, Long.MAX_VALUE, (at, value) -> read.add(at + ": " + new String(value, UTF_8)));
        return read;
    }

    private static List<String> history(EventStore store, String persistenceId, long from, long to, long max) {
        var read = new ArrayList<String>();
        store.readHistory(persistenceId, from, to, max, (at, value) -> read.add(at + ": " + new String(value, UTF_8)));
        return read;
    }

    private static List<String> history(EventStore store, String persistenceId) {
        return history(store, persistenceId, 0, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private static void fill(EventStore store) {
        append(store, row(0, "Disk|d-1", 1));
        append(store, row(1, "Disk|d-10", 1), row(2, "Disk|d-1", 2), row(3, "Instance|i-1", 1));
        append(store, row(4, "Disk|d-1", 3), row(5, "Disk|d-1", 4), row(6, "Disk|d-100", 1));
        append(store, row(7, "Disk|d-10", 2));
    }

    @ParameterizedTest
    @EnumSource
    void readsEverythingInOneOrder(Device device) {
        try (var store = device.open(directory)) {
            fill(store);

            assertThat(from(store, 0)).isEqualTo(values(0, 1, 2, 3, 4, 5, 6, 7));
            assertThat(from(store, 6)).isEqualTo(values(6, 7));
            assertThat(from(store, 8)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtTheEndOfARangeOrWhenItIsEnough(Device device) {
        try (var store = device.open(directory)) {
            fill(store);

            assertThat(range(store, 2, 4, 9)).isEqualTo(values(2, 3, 4));
            assertThat(range(store, 2, 7, 2)).isEqualTo(values(2, 3));
            assertThat(range(store, 0, -1, 9)).isEmpty();
            assertThat(range(store, 5, 4, 9)).isEmpty();
        }
    }

    private static List<String> range(EventStore store, long from, long to, long max) {
        var read = new ArrayList<String>();
        store.read(from, to, max, (at, value) -> read.add(at + ": " + new String(value, UTF_8)));
        return read;
    }

    @ParameterizedTest
    @EnumSource
    void tellsHistoriesApartWhoseIdsBeginAlike(Device device) {
        try (var store = device.open(directory)) {
            fill(store);

            assertThat(history(store, "Disk|d-1")).isEqualTo(values(0, 2, 4, 5));
            assertThat(history(store, "Disk|d-10")).isEqualTo(values(1, 7));
            assertThat(history(store, "Disk|d-100")).isEqualTo(values(6));
            assertThat(history(store, "Disk|d-")).isEmpty();
            assertThat(store.highestSequenceNr("Disk|d-1")).isEqualTo(4);
            assertThat(store.highestSequenceNr("Disk|d-10")).isEqualTo(2);
            assertThat(store.highestSequenceNr("Disk|d-100")).isEqualTo(1);
            assertThat(store.highestSequenceNr("Disk|d-")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAPartOfAHistoryWithBothEnds(Device device) {
        try (var store = device.open(directory)) {
            fill(store);

            assertThat(history(store, "Disk|d-1", 2, 3, Long.MAX_VALUE)).isEqualTo(values(2, 4));
            assertThat(history(store, "Disk|d-1", 3, 3, Long.MAX_VALUE)).isEqualTo(values(4));
            assertThat(history(store, "Disk|d-1", 4, 99, Long.MAX_VALUE)).isEqualTo(values(5));
            assertThat(history(store, "Disk|d-1", 5, 99, Long.MAX_VALUE)).isEmpty();
            assertThat(history(store, "Disk|d-1", 3, 2, Long.MAX_VALUE)).isEmpty();
            assertThat(history(store, "Disk|d-1", 1, 0, Long.MAX_VALUE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsNoMoreThanItIsAskedFor(Device device) {
        try (var store = device.open(directory)) {
            fill(store);

            assertThat(history(store, "Disk|d-1", 1, 4, 3)).isEqualTo(values(0, 2, 4));
            assertThat(history(store, "Disk|d-1", 2, 4, 1)).isEqualTo(values(2));
            assertThat(history(store, "Disk|d-1", 1, 4, 0)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsOrderBeyondTheNumbersOfOneByte(Device device) {
        try (var store = device.open(directory)) {
            var rows = new ArrayList<EventStore.Row>();
            for (int i = 0; i < 1_000; i++) rows.add(row(i, "Disk|d-" + i % 3, 1 + i / 3));
            store.append(rows).toCompletableFuture().join();

            assertThat(from(store, 0))
                    .isEqualTo(values(LongStream.range(0, 1_000).toArray()));
            assertThat(history(store, "Disk|d-2"))
                    .isEqualTo(
                            values(LongStream.range(0, 333).map(i -> 3 * i + 2).toArray()));
            assertThat(store.highestSequenceNr("Disk|d-0")).isEqualTo(334);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isEmptyAtFirst(Device device) {
        try (var store = device.open(directory)) {
            assertThat(from(store, 0)).isEmpty();
            assertThat(history(store, "Disk|d-1")).isEmpty();
            assertThat(store.highestSequenceNr("Disk|d-1")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingBehindForAnIdThatIsOnlyAskedFor(Device device) throws IOException {
        try (var store = device.open(directory)) {
            append(store, row(0, "Disk|d-1", 1));
            assertThat(history(store, "Disk|d-404")).isEmpty();
            assertThat(store.highestSequenceNr("Disk|d-404")).isZero();

            assertThat(from(store, 0)).isEqualTo(values(0));
            assertThat(store.highestSequenceNr("Disk|d-404")).isZero();
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
        try (var store = device.open(directory)) {
            fill(store);
        }
        try (var store = device.open(directory)) {
            assertThat(from(store, 0)).isEqualTo(values(0, 1, 2, 3, 4, 5, 6, 7));
            append(store, row(8, "Disk|d-1", 5));
        }
        try (var store = device.open(directory)) {
            assertThat(from(store, 7)).isEqualTo(values(7, 8));
            assertThat(history(store, "Disk|d-1")).isEqualTo(values(0, 2, 4, 5, 8));
            assertThat(store.highestSequenceNr("Disk|d-1")).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"JNI, JAVA", "JAVA, JNI"})
    void isReadByTheOtherEngine(Device writer, Device reader) {
        try (var store = writer.open(directory)) {
            fill(store);
        }
        try (var store = reader.open(directory)) {
            assertThat(from(store, 0)).isEqualTo(values(0, 1, 2, 3, 4, 5, 6, 7));
            assertThat(history(store, "Disk|d-1")).isEqualTo(values(0, 2, 4, 5));
            append(store, row(8, "Disk|d-1", 5));
        }
        try (var store = writer.open(directory)) {
            assertThat(history(store, "Disk|d-1")).isEqualTo(values(0, 2, 4, 5, 8));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void waitsForItsReadersBeforeItCloses(Device device) throws Exception {
        var store = device.open(directory);
        fill(store);
        var reading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var read = new ArrayList<Long>();
        var reader = CompletableFuture.runAsync(
                () -> store.read(0, Long.MAX_VALUE, (offset, value) -> {
                    read.add(offset);
                    reading.countDown();
                    await(goOn);
                }),
                task -> new Thread(task, "reader").start());
        await(reading);
        var closer = CompletableFuture.runAsync(store::close, task -> new Thread(task, "closer").start());

        assertThat(closer).as("closed under its reader").isNotDone();
        goOn.countDown();
        reader.get(10, TimeUnit.SECONDS);
        closer.get(10, TimeUnit.SECONDS);

        assertThat(read).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThatThrownBy(() -> from(store, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store.highestSequenceNr("Disk|d-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void writesWhatItWasGivenBeforeItCloses(Device device) {
        var appended = new ArrayList<CompletableFuture<Void>>();
        try (var store = device.open(directory)) {
            for (int i = 0; i < 200; i++) {
                appended.add(store.append(List.of(row(i, "Disk|d-1", i + 1))).toCompletableFuture());
            }
        }
        assertThat(appended).allSatisfy(append -> assertThat(append).isCompleted());
        try (var store = device.open(directory)) {
            assertThat(store.highestSequenceNr("Disk|d-1")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void canBeClosedTwice(Device device) {
        var store = device.open(directory);
        append(store, row(0, "Disk|d-1", 1));
        store.close();
        store.close();
    }

    @Test
    void saysWhichEngineItRunsAndWhere() {
        try (var store = Device.JAVA.open(directory)) {
            assertThat(store.description()).contains(directory.toString(), "java", "fsync off");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void isRefusedWhenItIsDamaged(Device device) throws IOException {
        try (var store = device.open(directory)) {
            fill(store);
        }
        try (var files = Files.newDirectoryStream(directory.resolve("journal"), "MANIFEST-*")) {
            for (var manifest : files) {
                byte[] damaged = Files.readAllBytes(manifest);
                damaged[damaged.length / 2] ^= 0x20;
                Files.write(manifest, damaged);
            }
        }

        assertThatThrownBy(() -> LevelDbStorage.open(directory, Engine.of(device.name()), false))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("MANIFEST");
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
