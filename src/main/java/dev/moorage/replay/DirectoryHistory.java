package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.journal.DirectoryLock;
import dev.moorage.journal.Engine;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.PersistenceIds;
import dev.moorage.journal.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data directory of a server that is not running. */
final class DirectoryHistory implements History {
    private final Storage storage;

    /** Takes a directory's storage over that is open already. */
    DirectoryHistory(Storage storage) {
        this.storage = storage;
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
            return new DirectoryHistory(LevelDbStorage.open(directory, Engine.AUTO, true));
        } catch (DirectoryLock.Held e) {
            throw new BadInput(e.getMessage() + ": ask the server itself with --from http://HOST:PORT");
        } catch (IOException e) {
            throw new BadInput("The journal in " + directory + " cannot be used: " + e.getMessage());
        }
    }

    @Override
    public void rows(long fromOffset, long toOffset, Storage.Reader reader) {
        storage.read(fromOffset, toOffset, Long.MAX_VALUE, reader);
    }

    @Override
    public void rowsOf(EntityId entity, Storage.Reader reader) {
        storage.readHistory(PersistenceIds.of(entity), 1, Long.MAX_VALUE, Long.MAX_VALUE, reader);
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public String description() {
        return storage.description();
    }

    @Override
    public void close() {
        storage.close();
    }
}
