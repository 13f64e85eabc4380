package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.journal.DirectoryLock;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.PersistenceIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data directory of a server that is not running. */
final class DirectoryHistory implements History {
    private final EventStore store;

    /** Takes a directory's store over that is open already. */
    DirectoryHistory(EventStore store) {
        this.store = store;
    }

    /**
     * Takes the directory until it is closed.
     *
     * @throws BadInput if there is no journal in it, or a server has it
     */
    static DirectoryHistory open(Path directory) {
        if (!Files.isDirectory(directory.resolve("journal"))) {
            throw new BadInput(
                    "There is no journal in " + directory
                            + ": --data takes the data directory of a server, --export an exported file, --from a server's URL");
        }
        try {
            return new DirectoryHistory(new EventStore(LevelDbStorage.open(directory, Engine.AUTO, true)));
        } catch (DirectoryLock.Held e) {
            throw new BadInput(e.getMessage() + ": ask the server itself with --from http://HOST:PORT");
        } catch (IOException e) {
            throw new BadInput("The journal in " + directory + " cannot be used: " + e.getMessage());
        }
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
