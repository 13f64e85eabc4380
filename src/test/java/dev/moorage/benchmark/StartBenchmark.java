package dev.moorage.benchmark;

import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Journal;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.view.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The start of a server over many disks that are at rest. */
final class StartBenchmark {
    private StartBenchmark() {}

    /** Instances, and their disks with their histories. */
    static long events(int disks) {
        return (long) disks / Samples.DISKS_PER_INSTANCE + (long) disks * Samples.EVENTS_PER_DISK;
    }

    /** Writes such a journal, past all actors. */
    record Fleet(Path directory, int disks) implements Measurement {
        private static final int BATCH = 4_000;

        @Override
        public Map<String, Double> measure() throws Exception {
            var store = new EventStore(LevelDbStorage.open(directory, Engine.JNI, false));
            try (var journal = new Journal(store, Clock.systemUTC(), recorded -> {})) {
                long start = System.nanoTime();
                write(journal);
                return Map.of("eventsPerSecond", events(disks) / Measurement.secondsSince(start));
            }
        }

        private void write(Journal journal) {
            var batch = new ArrayList<Journal.Fact>();
            for (int disk = 0; disk < disks; disk++) {
                if (disk % Samples.DISKS_PER_INSTANCE == 0) {
                    var instance = Samples.provisioned(disk / Samples.DISKS_PER_INSTANCE);
                    add(instance.instance().id(), List.of(instance), batch);
                }
                add(Samples.disk(disk), Samples.history(disk), batch);
                if (batch.size() >= BATCH) {
                    journal.append(List.copyOf(batch)).join();
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) journal.append(batch).join();
        }

        private static void add(EntityId id, List<? extends Event> history, List<Journal.Fact> batch) {
            long sequenceNr = 1;
            for (var event : history) batch.add(new Journal.Fact(id, sequenceNr++, event));
        }
    }

    /** Folds the journal into the world as a server does, in this JVM, without a server. */
    record Rebuild(Path directory, int disks) implements Measurement {
        @Override
        public Map<String, Double> measure() throws Exception {
            var world = new World();
            long start = System.nanoTime();
            try (var store = new EventStore(LevelDbStorage.open(directory, Engine.JNI, true))) {
                store.read(0, Long.MAX_VALUE, (offset, value) -> {
                    var recorded = EventCodec.decode(offset, value);
                    world.apply(offset, recorded.entity(), recorded.event());
                });
                double seconds = Measurement.secondsSince(start);
                if (world.diskCount() != disks) {
                    throw new IllegalStateException("The world has " + world.diskCount() + " disks, not " + disks);
                }
                return Map.of("seconds", seconds, "rowsPerSecond", events(disks) / seconds);
            }
        }
    }

    /** Starts the packaged product, and waits for the line in which it says that it is ready. */
    record Serve(Path directory, int disks) implements Measurement {
        @Override
        public Map<String, Double> measure() throws Exception {
            long start = System.nanoTime();
            var server = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var lines =
                    new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
                String ready = lines.readLine();
                double seconds = Measurement.secondsSince(start);
                if (ready == null || !ready.contains(" " + disks + " disks, 0 unfinished")) {
                    throw new IOException("The server over " + disks + " disks at rest said: " + ready);
                }
                return Map.of("seconds", seconds, "rowsPerSecond", events(disks) / seconds);
            } finally {
                // Killed, so that the next one finds the directory as this one did.
                server.destroyForcibly().waitFor();
            }
        }

        private List<String> command() {
            var command = new ArrayList<>(FreshJvm.java());
            command.addAll(List.of("-jar", System.getProperty("moorage.home") + "/target/moorage.jar"));
            command.addAll(List.of("serve", "--data", directory.toString(), "--port", "0"));
            return command;
        }
    }
}
