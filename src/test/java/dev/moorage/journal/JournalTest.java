package dev.moorage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Story;
import dev.moorage.journal.Journal.Entry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JournalTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678901234Z"), ZoneOffset.UTC);
    private static final int MAX_BATCH = 4_096;

    private final SlowStorage storage = new SlowStorage();
    private final List<Recorded> heard = Collections.synchronizedList(new ArrayList<>());
    private final Journal journal = new Journal(storage, CLOCK, heard::add);

    /** A device that takes until it is told that it is done, or that it failed. */
    private static class SlowStorage implements Storage {
        private final MemoryStorage kept = new MemoryStorage();
        private final List<List<Row>> batches = new ArrayList<>();
        private CompletableFuture<Void> current = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Void> append(List<Row> rows) {
            assertThat(current).as("the batch before").isDone();
            batches.add(List.copyOf(rows));
            current = new CompletableFuture<>();
            return current;
        }

        List<Row> last() {
            return batches.get(batches.size() - 1);
        }

        void finish() {
            kept.append(last()).toCompletableFuture().join();
            current.complete(null);
        }

        void fail() {
            current.completeExceptionally(new IllegalStateException("The device is gone"));
        }

        @Override
        public void read(long from, long to, long max, Reader reader) {
            kept.read(from, to, max, reader);
        }

        @Override
        public void readHistory(String persistenceId, long from, long to, long max, Reader reader) {
            kept.readHistory(persistenceId, from, to, max, reader);
        }

        @Override
        public long highestSequenceNr(String persistenceId) {
            return kept.highestSequenceNr(persistenceId);
        }

        @Override
        public String description() {
            return "slow";
        }

        @Override
        public void close() {}
    }

    private static Entry entry(EntityId entity, long sequenceNr) {
        var story = new Story(entity + " " + sequenceNr, "testid", "DetachDisk", CLOCK.instant());
        return new Entry(entity, sequenceNr, new DiskEvent.Attached(story));
    }

    private static DiskId disk(int number) {
        return new DiskId("d-" + number);
    }

    private static Storage.Row row(long offset, EntityId entity, long sequenceNr) {
        var event = entry(entity, sequenceNr).event();
        byte[] value = EventCodec.encode(entity, sequenceNr, CLOCK.instant(), event);
        return new Storage.Row(offset, PersistenceIds.of(entity), sequenceNr, value);
    }

    private CompletableFuture<Void> append(Entry... entries) {
        return journal.append(List.of(entries));
    }

    private static List<Long> offsets(List<Storage.Row> rows) {
        return rows.stream().map(Storage.Row::offset).toList();
    }

    private List<Long> heardOffsets() {
        return heard.stream().map(Recorded::offset).toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static List<Recorded> history(Journal journal, EntityId id) {
        var read = new ArrayList<Recorded>();
        journal.read(PersistenceIds.of(id), 0, Long.MAX_VALUE, Long.MAX_VALUE, read::add);
        return read;
    }

    @Test
    void writesAtOnceWhatComesAlone() {
        var written = append(entry(disk(1), 1));

        assertThat(storage.batches).hasSize(1);
        assertThat(written).isNotDone();
        storage.finish();
        assertThat(written).isCompleted();
        assertThat(storage.batches).hasSize(1);
    }

    @Test
    void writesAsOneBatchWhatGathersDuringACommit() {
        var first = append(entry(disk(1), 1));
        var second = append(entry(disk(2), 1));
        var third = append(entry(disk(3), 1), entry(disk(3), 2));
        assertThat(storage.batches).hasSize(1);

        storage.finish();
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(third).isNotDone();
        assertThat(storage.batches).hasSize(2);
        assertThat(offsets(storage.last())).containsExactly(1L, 2L, 3L);

        storage.finish();
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(storage.batches).hasSize(2);
    }

    @Test
    void tellsTheListenerInOrderAndBeforeTheWriters() {
        var events = Collections.synchronizedList(new ArrayList<String>());
        var watched = new Journal(storage, CLOCK, recorded -> events.add("heard " + recorded.offset()));
        var first = watched.append(List.of(entry(disk(1), 1))).thenRun(() -> events.add("1 written"));
        var second =
                watched.append(List.of(entry(disk(2), 1), entry(disk(2), 2))).thenRun(() -> events.add("2 written"));
        var third = watched.append(List.of(entry(disk(3), 1))).thenRun(() -> events.add("3 written"));
        assertThat(events).isEmpty();

        storage.finish();
        assertThat(events).containsExactly("heard 0", "1 written");
        storage.finish();
        assertThat(events)
                .containsExactly("heard 0", "1 written", "heard 1", "heard 2", "heard 3", "2 written", "3 written");
        assertThat(List.of(first, second, third))
                .allSatisfy(write -> assertThat(write).isCompleted());
    }

    @Test
    void tellsTheListenerWhatIsReadLater() {
        var written = append(entry(disk(1), 1), entry(new InstanceId("i-1"), 1));
        storage.finish();
        assertThat(written).isCompleted();

        var readLater = new ArrayList<Recorded>();
        try (var later = new Journal(storage, CLOCK, readLater::add)) {
            assertThat(readLater).hasSize(2).containsExactlyElementsOf(heard);
            assertThat(history(later, disk(1))).containsExactly(heard.get(0));
            assertThat(history(later, new InstanceId("i-1"))).containsExactly(heard.get(1));
        }
    }

    @Test
    void goesOnBehindTheLastOffsetThatIsThere() {
        storage.kept.append(List.of(row(6, disk(1), 1), row(9, disk(1), 2)));
        try (var later = new Journal(storage, CLOCK, heard::add)) {
            var written = later.append(List.of(entry(disk(1), 3)));
            storage.finish();

            assertThat(written).isCompleted();
            assertThat(heardOffsets()).containsExactly(6L, 9L, 10L);
            assertThat(later.highestSequenceNr("Disk|d-1")).isEqualTo(3);
        }
    }

    @Test
    void refusesToTakeOverWhatIsDamaged() {
        storage.kept.append(List.of(new Storage.Row(3, "Disk|d-1", 1, new byte[] {1, 2, 3, 4, 5})));

        assertThatThrownBy(() -> new Journal(storage, CLOCK, heard::add))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("offset 3");
    }

    /** A device that drops what it finds damaged leaves a hole, in which acknowledged facts were. */
    @Test
    void refusesToTakeOverAHistoryWithAHole() {
        storage.kept.append(List.of(row(3, disk(1), 1), row(4, disk(2), 1), row(7, disk(1), 3)));

        assertThatThrownBy(() -> new Journal(storage, CLOCK, heard::add))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("d-1")
                .hasMessageContaining("offset 7");
    }

    @Test
    void failsTheWritersOfAFailedBatchAndNoOthers() {
        var before = append(entry(disk(1), 1));
        var failed = append(entry(disk(2), 1));
        var failedToo = append(entry(disk(3), 1));
        storage.finish();
        var after = append(entry(disk(4), 1));
        storage.fail();
        storage.finish();

        assertThat(before).isCompleted();
        assertThatThrownBy(failed::join).hasMessageContaining("The device is gone");
        assertThatThrownBy(failedToo::join).hasMessageContaining("The device is gone");
        assertThat(after).isCompleted();
        assertThat(heard.stream().map(Recorded::entity)).containsExactly(disk(1), disk(4));
    }

    @Test
    void usesNoOffsetTwiceAfterAFailure() {
        var failed = append(entry(disk(1), 1), entry(disk(1), 2));
        storage.fail();
        var again = append(entry(disk(1), 1));
        storage.finish();

        assertThat(failed).isCompletedExceptionally();
        assertThat(again).isCompleted();
        assertThat(heardOffsets()).containsExactly(2L);
        assertThat(history(journal, disk(1))).containsExactlyElementsOf(heard);
    }

    @Test
    void settlesAFailureThatIsThrown() {
        var broken = new boolean[] {true};
        var device = new MemoryStorage();
        Storage refusing = new SlowStorage() {
            @Override
            public CompletionStage<Void> append(List<Row> rows) {
                if (broken[0]) throw new IllegalStateException("The device is gone");
                return device.append(rows);
            }
        };
        try (var fragile = new Journal(refusing, CLOCK, heard::add)) {
            assertThatThrownBy(() -> fragile.append(List.of(entry(disk(1), 1))).join())
                    .hasMessageContaining("The device is gone");
            broken[0] = false;

            assertThat(fragile.append(List.of(entry(disk(1), 1)))).isCompleted();
        }
    }

    @Test
    void writesLimitedBatches() {
        var first = append(entry(disk(0), 1));
        var writes = new ArrayList<CompletableFuture<Void>>();
        for (int i = 1; i <= MAX_BATCH + 10; i++) writes.add(append(entry(disk(i), 1)));
        storage.finish();
        assertThat(offsets(storage.last())).isEqualTo(numbers(1, 1 + MAX_BATCH));
        storage.finish();
        assertThat(offsets(storage.last())).isEqualTo(numbers(1 + MAX_BATCH, 11 + MAX_BATCH));
        storage.finish();

        assertThat(first).isCompleted();
        assertThat(writes).allSatisfy(write -> assertThat(write).isCompleted());
        assertThat(heardOffsets()).isEqualTo(numbers(0, 11 + MAX_BATCH));
    }

    @Test
    void neverDividesWhatIsWrittenTogether() {
        var first = append(entry(disk(0), 1));
        var small = append(entry(disk(1), 1));
        var large = new ArrayList<Entry>();
        for (int i = 0; i < MAX_BATCH + 10; i++) large.add(entry(disk(2), i + 1));
        var together = journal.append(large);
        storage.finish();
        assertThat(storage.last()).hasSize(1);
        storage.finish();
        assertThat(storage.last()).hasSize(MAX_BATCH + 10);
        storage.finish();

        assertThat(List.of(first, small, together))
                .allSatisfy(write -> assertThat(write).isCompleted());
    }

    @Test
    void knowsWhenNothingOfAnEntityIsOnItsWay() {
        assertThat(journal.settled("Disk|d-1")).isCompleted();
        var first = append(entry(disk(1), 1));
        var second = append(entry(disk(1), 2));
        var settled = journal.settled("Disk|d-1");
        assertThat(journal.settled("Disk|d-2")).isCompleted();

        storage.finish();
        assertThat(first).isCompleted();
        assertThat(settled).isNotDone();
        storage.fail();
        assertThat(second).isCompletedExceptionally();
        assertThat(settled).isCompleted();
        assertThat(journal.settled("Disk|d-1")).isCompleted();
    }

    @Test
    void letsEveryWriterFindItsEventsAmongMany() throws Exception {
        long seed = Long.getLong("moorage.seed", 20_260_102);
        int writers = 8;
        var device = Executors.newSingleThreadExecutor(task -> new Thread(task, "device"));
        var threads = Executors.newFixedThreadPool(writers);
        var shared = new Journal(new ThreadedStorage(device), CLOCK, heard::add);
        try {
            var done = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < writers; i++) {
                var random = new SplittableRandom(seed + i);
                var writer = new Writer(shared, disk(i), random);
                done.add(CompletableFuture.runAsync(writer::write, threads));
            }
            for (var writer : done) writer.get(20, TimeUnit.SECONDS);

            assertThat(heardOffsets()).as("seed %s", seed).isEqualTo(numbers(0, heard.size()));
            for (int i = 0; i < writers; i++) {
                var id = disk(i);
                var own = heard.stream()
                        .filter(recorded -> recorded.entity().equals(id))
                        .toList();
                assertThat(own.stream().map(Recorded::sequenceNr).toList())
                        .as("%s, seed %s", id, seed)
                        .isEqualTo(numbers(1, own.size() + 1L));
                assertThat(history(shared, id)).as("%s, seed %s", id, seed).isEqualTo(own);
            }
        } finally {
            threads.shutdown();
            device.shutdown();
        }
    }

    /** Writes now one event, now several, and looks for them once they are said to be there. */
    private record Writer(Journal journal, DiskId id, SplittableRandom random) {
        void write() {
            for (long next = 1; next <= 300; ) {
                var entries = new ArrayList<Entry>();
                int count = random.nextInt(1, 4);
                for (int i = 0; i < count; i++) entries.add(entry(id, next++));
                journal.append(entries).join();
                assertThat(journal.highestSequenceNr(PersistenceIds.of(id))).isEqualTo(next - 1);
            }
        }
    }

    /** A device with a thread of its own. */
    private static final class ThreadedStorage extends SlowStorage {
        private final MemoryStorage rows = new MemoryStorage();
        private final ExecutorService thread;

        ThreadedStorage(ExecutorService thread) {
            this.thread = thread;
        }

        @Override
        public CompletionStage<Void> append(List<Row> batch) {
            return CompletableFuture.runAsync(
                    () -> rows.append(batch).toCompletableFuture().join(), thread);
        }

        @Override
        public void readHistory(String persistenceId, long from, long to, long max, Reader reader) {
            rows.readHistory(persistenceId, from, to, max, reader);
        }

        @Override
        public long highestSequenceNr(String persistenceId) {
            return rows.highestSequenceNr(persistenceId);
        }
    }
}
