package dev.moorage.benchmark;

import dev.moorage.journal.Engine;
import dev.moorage.journal.EventStore;
import java.nio.file.Path;
import java.util.Map;

/** Reads every row of a journal without looking into it: no start over this journal can be faster. */
record RawScan(Path directory, Engine engine, long events) implements Measurement {
    @Override
    public Map<String, Double> measure() throws Exception {
        try (var store = new EventStore(RawLevelDb.open(Backend.journalIn(directory), engine))) {
            long start = System.nanoTime();
            long[] rowsAndBytes = new long[2];
            store.read(0, Long.MAX_VALUE, (offset, value) -> {
                rowsAndBytes[0]++;
                rowsAndBytes[1] += value.length;
            });
            double seconds = Measurement.secondsSince(start);
            if (rowsAndBytes[0] != events) {
                throw new IllegalStateException(events + " events were written, and " + rowsAndBytes[0] + " read");
            }
            return Map.of(
                    "seconds", seconds,
                    "rowsPerSecond", rowsAndBytes[0] / seconds,
                    "bytesPerRow", (double) rowsAndBytes[1] / rowsAndBytes[0]);
        }
    }
}
