package dev.moorage.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.journal.Continuity;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.PersistenceIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A data directory that is being made: there whole in the end, or not at all. The journal is written beside its place, and
 * moved there when it is complete.
 */
final class NewDirectory implements AutoCloseable {
    private static final int BATCH = 4_096;

    private final Path directory;
    private final boolean isOurs;
    private final Path workshop;
    private final EventStore store;
    private final Continuity continuity = new Continuity();
    private List<EventStore.Row> batch = new ArrayList<>();
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private long events;
    private long lastOffset = -1;
    private boolean finished;

    private NewDirectory(Path directory, boolean isOurs, Path workshop, EventStore store) {
        this.directory = directory;
        this.isOurs = isOurs;
        this.workshop = workshop;
        this.store = store;
    }

    /** What was made. */
    record Made(Path directory, long events, long lastOffset) {
        void report(String done, Output output) {
            if (output.isJson()) {
                output.print(JsonNodeFactory.instance
                        .objectNode()
                        .put("data", directory.toString())
                        .put("events", events)
                        .put("lastOffset", lastOffset));
            } else {
                output.lines()
                        .println(done + " " + events + " events, up to offset " + lastOffset + ", into " + directory);
            }
        }
    }

    /**
     * Makes a directory of a history up to an offset.
     *
     * @param progress is closed at the end
     * @throws BadInput if nothing can be written there
     * @throws dev.moorage.journal.JournalDamaged if no server could begin with what is in the history
     */
    static Made copy(History from, long lastOffset, Path directory, Progress progress) {
        try (progress;
                var made = begin(directory)) {
            from.rows(0, lastOffset, (offset, value) -> {
                made.add(offset, value);
                progress.step();
            });
            made.finish();
            return new Made(directory, made.events, made.lastOffset);
        }
    }

    private static NewDirectory begin(Path directory) {
        boolean isOurs = !Files.exists(directory);
        Path workshop = workshopIn(directory);
        try {
            return new NewDirectory(
                    directory, isOurs, workshop, new EventStore(LevelDbStorage.open(workshop, Engine.AUTO, true)));
        } catch (IOException e) {
            remove(isOurs ? directory : workshop);
            throw cannotBeWritten(directory, e);
        }
    }

    private static Path workshopIn(Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.createTempDirectory(directory, "unfinished-");
        } catch (IOException e) {
            throw cannotBeWritten(directory, e);
        }
    }

    private static BadInput cannotBeWritten(Path directory, Throwable why) {
        return new BadInput("The data directory " + directory + " cannot be written: " + why);
    }

    private void add(long offset, byte[] value) {
        var recorded = EventCodec.decode(offset, value);
        continuity.check(recorded);
        if (offset > lastOffset + 1)
            store.leaveOut(lastOffset + 1, offset - 1).toCompletableFuture().join();
        batch.add(new EventStore.Row(offset, PersistenceIds.of(recorded.entity()), recorded.sequenceNr(), value));
        events++;
        lastOffset = offset;
        if (batch.size() == BATCH) write();
    }

    /** One batch is on its way to the device while the next one gathers. */
    private void write() {
        try {
            writing.join();
        } catch (CompletionException e) {
            throw cannotBeWritten(directory, e);
        }
        writing = store.append(batch).toCompletableFuture();
        batch = new ArrayList<>();
    }

    /** Puts the journal in its place. */
    private void finish() {
        write();
        write();
        store.close();
        try {
            // What a journal that was here before has left: both tell of that one.
            Files.deleteIfExists(directory.resolve("checkpoint"));
            Files.deleteIfExists(directory.resolve("closed"));
            Files.move(workshop.resolve("journal"), directory.resolve("journal"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw cannotBeWritten(directory, e);
        }
        finished = true;
    }

    @Override
    public void close() {
        store.close();
        remove(finished || !isOurs ? workshop : directory);
    }

    private static void remove(Path directory) {
        try (var left = Files.walk(directory)) {
            // What is in a directory comes behind it, and goes before it.
            for (var path : left.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
