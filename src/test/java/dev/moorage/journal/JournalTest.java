package dev.moorage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Story;
import dev.moorage.journal.Journal.Fact;
import java.nio.ByteBuffer;
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
    private static final int MAX_WAITING = 65_536;

    private final SlowStorage storage = new SlowStorage();
    private final List<Recorded> heard = Collections.synchronizedList(new ArrayList<>());
    private final Journal journal = new Journal(new EventStore(storage), CLOCK, heard::add);

    /** A device that takes until it is told that it is done, or that it failed. */
    private static class SlowStorage implements Storage {
        private final MemoryStorage kept = new MemoryStorage();
        private final List<List<Pair>> batches = new ArrayList<>();
        private CompletableFuture<Void> current = CompletableFuture.completedFuture(null);
        private boolean isQuick;

        @Override
        public CompletionStage<Void> write(List<Pair> batch) {
            assertThat(current).as("the batch before").isDone();
            batches.add(List.copyOf(batch));
            if (isQuick) return kept.write(batch);
            current = new CompletableFuture<>();
            return current;
        }

        List<Pair> last() {
            return batches.get(batches.size() - 1);
        }

        void finish() {
            kept.write(last()).toCompletableFuture().join();
            current.complete(null);
        }

        void fail() {
            current.completeExceptionally(new IllegalStateException("The device is gone"));
        }

        /** Writes, and says that it failed. */
        void failHalfWay() {
            kept.write(last()).toCompletableFuture().join();
            fail();
        }

        @Override
        public void scan(byte[] from, byte[] to, Visitor visitor) {
            kept.scan(from, to, visitor);
        }

        @Override
        public byte[] get(byte[] key) {
            return kept.get(key);
        }

        @Override
        public String description() {
            return "slow";
        }

        @Override
        public void close() {}
    }

    private static Fact entry(EntityId entity, long sequenceNr) {
        var story = new Story(entity + " " + sequenceNr, "testid", "DetachDisk", CLOCK.instant());
        return new Fact(entity, sequenceNr, new DiskEvent.Attached(story));
    }

    private static DiskId disk(int number) {
        return new DiskId("d-" + number);
    }

    private CompletableFuture<Void> append(Fact... entries) {
        return journal.append(List.of(entries));
    }

    /** The offsets of the events in a batch. */
    private static List<Long> offsets(List<Storage.Pair> batch) {
        return batch.stream()
                .map(Storage.Pair::key)
                .filter(key -> key[0] == 'e')
                .map(key -> ByteBuffer.wrap(key).getLong(1))
                .toList();
    }

    private List<Long> heardOffsets() {
        return heard.stream().map(Recorded::offset).toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static List<Recorded> history(Journal journal, EntityId id) {
        var read = new ArrayList<Recorded>();
        journal.store()
                .readHistory(
                        PersistenceIds.of(id),
                        0,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        (offset, value) -> read.add(EventCodec.decode(offset, value)));
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
        var watched = new Journal(new EventStore(storage), CLOCK, recorded -> events.add("heard " + recorded.offset()));
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

        assertThat(all(storage)).hasSize(2).containsExactlyElementsOf(heard);
        assertThat(history(journal, disk(1))).containsExactly(heard.get(0));
        assertThat(history(journal, new InstanceId("i-1"))).containsExactly(heard.get(1));
    }

    private static List<Recorded> all(Storage storage) {
        var read = new ArrayList<Recorded>();
        new EventStore(storage).read(0, Long.MAX_VALUE, (offset, value) -> read.add(EventCodec.decode(offset, value)));
        return read;
    }

    @Test
    void goesOnBehindTheLastOffsetThatIsThere() {
        var before = append(entry(disk(1), 1), entry(disk(1), 2));
        storage.finish();
        assertThat(before).isCompleted();
        try (var later = new Journal(new EventStore(storage), CLOCK, heard::add)) {
            var written = later.append(List.of(entry(disk(1), 3)));
            storage.finish();

            assertThat(written).isCompleted();
            assertThat(heardOffsets()).containsExactly(0L, 1L, 2L);
            assertThat(later.store().highestSequenceNr("Disk|d-1")).isEqualTo(3);
        }
    }

    /** A device that drops what it finds damaged leaves a hole, in which acknowledged facts were. */
    @Test
    void findsAHole() {
        var written = append(entry(disk(1), 1), entry(disk(2), 1), entry(disk(1), 2));
        storage.finish();
        assertThat(written).isCompleted();
        var lost = storage.last().get(2);
        assertThat(lost.key()[0]).isEqualTo((byte) 'e');
        storage.kept.write(List.of(new Storage.Pair(lost.key(), null)));

        assertThatThrownBy(() -> all(storage))
                .isInstanceOf(JournalDamaged.class)
                .hasMessage("The record at offset 1 is gone");
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

    /** The entity begins again where it was before, so what the device has kept of the failed batch must not count. */
    @Test
    void readsNothingOfAFailedBatchAlsoIfTheDeviceHasKeptIt() {
        var before = append(entry(disk(1), 1));
        storage.finish();
        var failed = append(entry(disk(1), 2), entry(disk(1), 3));
        storage.failHalfWay();
        assertThat(before).isCompleted();
        assertThat(failed).isCompletedExceptionally();
        assertThat(journal.store().highestSequenceNr("Disk|d-1")).isEqualTo(1);
        assertThat(history(journal, disk(1))).containsExactlyElementsOf(heard);

        var again = append(entry(disk(1), 2));
        storage.finish();
        assertThat(again).isCompleted();
        assertThat(heardOffsets()).containsExactly(0L, 3L);
        assertThat(journal.store().highestSequenceNr("Disk|d-1")).isEqualTo(2);
        assertThat(all(storage)).containsExactlyElementsOf(heard);
        assertThat(new EventStore(storage).highestSequenceNr("Disk|d-1")).isEqualTo(2);
        assertThat(new EventStore(storage).end()).isEqualTo(4);
    }

    /** Who missed an event must not hear of a later one: the world would go on without it, and keep it so. */
    @Test
    void stopsIfTheListenerFails() {
        var last = new ArrayList<Long>();
        var fragile = new Journal(new EventStore(storage), CLOCK, recorded -> {
            if (recorded.offset() == 1) throw new IllegalStateException("A fold that fails");
            last.add(recorded.offset());
        });
        var first = fragile.append(List.of(entry(disk(1), 1)));
        var second = fragile.append(List.of(entry(disk(2), 1), entry(disk(3), 1)));
        storage.finish();
        var third = fragile.append(List.of(entry(disk(4), 1)));
        storage.finish();
        storage.finish();

        assertThat(first).isCompleted();
        assertThatThrownBy(second::join).hasMessageContaining("A fold that fails");
        assertThatThrownBy(third::join).hasMessageContaining("A fold that fails");
        assertThatThrownBy(() -> fragile.append(List.of(entry(disk(5), 1))).join())
                .hasMessageContaining("A fold that fails");
        assertThat(last).containsExactly(0L);
    }

    @Test
    void notesAtTheEndWhatFailedLast() {
        var failed = append(entry(disk(1), 1));
        storage.failHalfWay();
        assertThat(failed).isCompletedExceptionally();
        storage.isQuick = true;
        journal.close();

        assertThat(all(storage)).isEmpty();
        assertThat(new EventStore(storage).highestSequenceNr("Disk|d-1")).isZero();
    }

    @Test
    void takesNoMoreThanAboutHalfASecondsWorth() {
        var first = append(entry(disk(0), 1));
        var writes = new ArrayList<CompletableFuture<Void>>();
        for (int i = 1; i < MAX_WAITING; i++) writes.add(append(entry(disk(i), 1)));
        assertThatThrownBy(() -> append(entry(disk(MAX_WAITING), 1)).join()).hasCauseInstanceOf(Journal.Full.class);

        while (!writes.get(writes.size() - 1).isDone()) storage.finish();
        assertThat(first).isCompleted();
        assertThat(writes).allSatisfy(write -> assertThat(write).isCompleted());
        assertThat(heardOffsets()).isEqualTo(numbers(0, MAX_WAITING));
    }

    @Test
    void settlesAFailureThatIsThrown() {
        var broken = new boolean[] {true};
        var device = new MemoryStorage();
        Storage refusing = new SlowStorage() {
            @Override
            public CompletionStage<Void> write(List<Pair> batch) {
                if (broken[0]) throw new IllegalStateException("The device is gone");
                return device.write(batch);
            }
        };
        try (var fragile = new Journal(new EventStore(refusing), CLOCK, heard::add)) {
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
        var large = new ArrayList<Fact>();
        for (int i = 0; i < MAX_BATCH + 10; i++) large.add(entry(disk(2), i + 1));
        var together = journal.append(large);
        storage.finish();
        assertThat(offsets(storage.last())).hasSize(1);
        storage.finish();
        assertThat(offsets(storage.last())).hasSize(MAX_BATCH + 10);
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
        var shared = new Journal(new EventStore(new ThreadedStorage(device)), CLOCK, heard::add);
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
                var entries = new ArrayList<Fact>();
                int count = random.nextInt(1, 4);
                for (int i = 0; i < count; i++) entries.add(entry(id, next++));
                journal.append(entries).join();
                assertThat(journal.store().highestSequenceNr(PersistenceIds.of(id)))
                        .isEqualTo(next - 1);
            }
        }
    }

    /** A device with a thread of its own. */
    private static final class ThreadedStorage extends SlowStorage {
        private final ExecutorService thread;

        ThreadedStorage(ExecutorService thread) {
            this.thread = thread;
        }

        @Override
        public CompletionStage<Void> write(List<Pair> batch) {
            return CompletableFuture.runAsync(
                    () -> super.kept.write(batch).toCompletableFuture().join(), thread);
        }
    }
}
