package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.journal.DirectoryLock;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Finding;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.LevelDbFiles;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.PersistenceIds;
import dev.moorage.journal.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The data directory of a server that is not running. */
final class DirectoryHistory implements History {
    private interface Opening {
        DirectoryHistory open() throws IOException;
    }

    private final EventStore store;
    // Only if the journal is read past whatever is damaged.
    private final @Nullable LevelDbFiles files;

    /** Takes a directory's store over that is open already. */
    DirectoryHistory(EventStore store) {
        this.store = store;
        this.files = null;
    }

    private DirectoryHistory(Storage storage, @Nullable LevelDbFiles files) {
        this.files = files;
        try {
            this.store = new EventStore(storage);
        } catch (JournalDamaged e) {
            storage.close();
            throw e;
        }
    }

    /**
     * Takes the directory until it is closed.
     *
     * @throws BadInput if there is no journal in it, it is damaged, or a server has it
     */
    static DirectoryHistory open(Path directory) {
        return open(directory, () -> new DirectoryHistory(LevelDbStorage.open(directory, Engine.AUTO, true), null));
    }

    /**
     * Takes the directory until it is closed, and reads past whatever is damaged. Nothing in the journal is changed.
     *
     * @throws BadInput if there is no journal in it, or a server has it
     */
    static DirectoryHistory openDamaged(Path directory) {
        return open(directory, () -> {
            var files = LevelDbFiles.take(directory);
            return new DirectoryHistory(files, files);
        });
    }

    private static DirectoryHistory open(Path directory, Opening opening) {
        if (!Files.isDirectory(directory.resolve("journal"))) {
            throw new BadInput(
                    "There is no journal in " + directory
                            + ": --data takes the data directory of a server, --export an exported file, --from a server's URL");
        }
        try {
            return opening.open();
        } catch (DirectoryLock.Held e) {
            throw new BadInput(e.getMessage() + ": ask the server itself with --from http://HOST:PORT");
        } catch (JournalDamaged e) {
            throw new BadInput(e.in(directory));
        } catch (IOException e) {
            throw new BadInput("The journal in " + directory + " cannot be used: " + e.getMessage());
        }
    }

    @Override
    public void check(Consumer<Finding> found) {
        if (files != null) {
            files.readAll();
            files.findings().forEach(found);
        }
        store.check(found);
    }

    @Override
    public void rows(long fromOffset, long toOffset, EventStore.Reader reader) {
        store.read(fromOffset, toOffset, reader);
    }

    @Override
    public void rowsOf(EntityId entity, EventStore.Reader reader) {
        store.readHistory(PersistenceIds.of(entity), 1, Long.MAX_VALUE, Long.MAX_VALUE, reader);
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public String description() {
        return store.description();
    }

    @Override
    public void close() {
        store.close();
    }
}
