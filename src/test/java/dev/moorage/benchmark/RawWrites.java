package dev.moorage.benchmark;

import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.EventStore.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One thread that writes to LevelDB, with fsync, the pairs that the journal writes: what a journal could reach at most
 * that costs nothing itself. Without Akka, and without encoding events, which is done before.
 *
 * @param batch events a commit
 */
record RawWrites(Path directory, int actors, int batch, Effort effort) implements Measurement {
    private record Disk(String persistenceId, List<byte[]> values) {}

    @Override
    public Map<String, Double> measure() throws Exception {
        var disks = disks();
        try (var store = new EventStore(RawLevelDb.open(directory, Engine.JNI))) {
            long warm = write(store, disks, 0, effort.warmUpSeconds());
            long start = System.nanoTime();
            long end = write(store, disks, warm, effort.windowSeconds());
            return Map.of("eventsPerSecond", (end - warm) / Measurement.secondsSince(start));
        }
    }

    /** Of each disk, what it writes in turns. */
    private List<Disk> disks() {
        return IntStream.range(0, actors).mapToObj(RawWrites::disk).toList();
    }

    private static Disk disk(int number) {
        var id = Samples.disk(number);
        var values = Samples.moves(number).stream()
                .map(event -> EventCodec.encode(id, 1, Samples.recordedAt(event), event))
                .toList();
        return new Disk(Samples.persistenceId(id), values);
    }

    /** Writes from an offset on, for a while, and says how far it came. */
    private long write(EventStore store, List<Disk> disks, long from, double seconds) {
        long start = System.nanoTime();
        long offset = from;
        while (Measurement.secondsSince(start) < seconds) {
            var rows = new ArrayList<Row>(batch);
            for (int i = 0; i < batch; i++) rows.add(row(disks, offset++));
            store.append(rows).toCompletableFuture().join();
        }
        return offset;
    }

    /** All disks write one event each, then all of them the next one. */
    private static Row row(List<Disk> disks, long offset) {
        var disk = disks.get((int) (offset % disks.size()));
        long turn = offset / disks.size();
        return new Row(offset, disk.persistenceId(), turn + 1, disk.values().get((int) (turn % 2)));
    }
}
