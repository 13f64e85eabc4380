package dev.moorage;

import dev.moorage.journal.CheckpointFile;
import dev.moorage.replay.Rebuild;
import dev.moorage.view.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a checkpoint every so many events, beside the server's work, and one at the end. */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private static final long EVENTS_BETWEEN = 1_000_000;
    /** So few are read again in no time. */
    private static final long EVENTS_NOT_WORTH_ONE = 10_000;

    private final Path directory;
    private final World world;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "moorage-checkpoint"));
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile long last;

    /** The last checkpoint, if there is one, was taken after the event at {@code last}; else that is -1. */
    Checkpoints(Path directory, World world, long last) {
        this.directory = directory;
        this.world = world;
        this.last = last;
    }

    /** To be called by the one who changes the world, after a change. */
    void applied() {
        if (world.offset() - last < EVENTS_BETWEEN || !writing.compareAndSet(false, true)) return;
        long offset = world.offset();
        last = offset;
        // What is in the list does not change any more; only to make it, the world has to stand still.
        var states = Rebuild.states(world);
        writer.execute(() -> {
            try {
                write(offset, states);
            } finally {
                writing.set(false);
            }
        });
    }

    private void write(long offset, List<CheckpointFile.State> states) {
        try {
            CheckpointFile.write(directory, offset, states);
        } catch (IOException | RuntimeException e) {
            LOG.warn("No checkpoint could be written, so the next start reads more of the journal: {}", e.toString());
        }
    }

    /** To be called once the world does not change any more. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (world.offset() - last >= EVENTS_NOT_WORTH_ONE) write(world.offset(), Rebuild.states(world));
    }
}
