package dev.moorage;

import dev.moorage.journal.CheckpointFile;
import dev.moorage.journal.DirectoryLock;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.LevelDbFiles;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.MemoryStorage;
import dev.moorage.replay.Progress;
import dev.moorage.replay.Rebuild;
import dev.moorage.view.World;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that is open, and the world as it tells it.
 *
 * @param checkpoint the offset of the last event in the checkpoint that the world was built from, or -1
 */
record Opened(EventStore store, World world, long checkpoint) {
    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    /** From so many events on, it pays to read them past the engine: the native one scans slowly. */
    private static final long LONG_TAIL = 100_000;

    /**
     * Opens the journal that the settings name.
     *
     * @throws CannotStart if it cannot be used, or is damaged
     */
    static Opened of(Settings settings) {
        if (settings.inMemory()) return new Opened(new EventStore(new MemoryStorage()), new World(), -1);
        try {
            return read(settings);
        } catch (JournalDamaged e) {
            throw damaged(settings, e);
        }
    }

    /**
     * Opens the store alone.
     *
     * @throws CannotStart if it cannot be used
     */
    static EventStore store(Settings settings) {
        try {
            return new EventStore(LevelDbStorage.open(settings.data(), settings.engine(), settings.fsync()));
        } catch (DirectoryLock.Held e) {
            throw new CannotStart(e.getMessage());
        } catch (JournalDamaged e) {
            throw damaged(settings, e);
        } catch (IOException e) {
            throw new CannotStart("The data directory " + settings.data() + " cannot be used: " + e);
        }
    }

    static CannotStart damaged(Settings settings, JournalDamaged damage) {
        return new CannotStart(damage.in(settings.data()));
    }

    private static Opened read(Settings settings) {
        var store = store(settings);
        try (var progress = Progress.of("Reading the journal", store.end())) {
            var world = worldOfCheckpoint(settings, store.end());
            long checkpoint = world.offset();
            if (store.end() - checkpoint > LONG_TAIL) {
                store.close();
                advanceByFiles(world, settings, progress);
                store = store(settings);
            }
            return new Opened(store, Rebuild.advance(world, store, progress), checkpoint);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Not with the Java port: it compacts whatever it opens, notes its tables as four bytes longer than they are, and the
     * native engine cannot read them then.
     */
    private static void advanceByFiles(World world, Settings settings, Progress progress) {
        try (var files = LevelDbFiles.take(settings.data())) {
            Rebuild.advance(world, new EventStore(files), progress);
            for (var finding : files.findings()) if (finding.isDamage()) throw new JournalDamaged(finding.text());
        } catch (IOException e) {
            throw new CannotStart("The data directory " + settings.data() + " cannot be used: " + e);
        }
    }

    private static World worldOfCheckpoint(Settings settings, long end) {
        var directory = settings.data();
        try (var checkpoint = CheckpointFile.open(directory)) {
            if (checkpoint == null) return new World();
            if (checkpoint.offset() >= end && !settings.fsync()) {
                LOG.warn("Events from offset {} on were lost, as they can be with fsync off", end);
                return new World();
            }
            if (checkpoint.offset() >= end) {
                throw new JournalDamaged("It ends before offset " + end + ", and there were events up to offset "
                        + checkpoint.offset() + " when its checkpoint was made");
            }
            checkpoint.checkStates(directory);
            return Rebuild.from(checkpoint);
        } catch (CheckpointFile.Unusable e) {
            LOG.warn("The whole journal is read, without its checkpoint: {}", e.getMessage());
            return new World();
        }
    }
}
