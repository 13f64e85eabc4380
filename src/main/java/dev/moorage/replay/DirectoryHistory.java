package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.journal.DirectoryLock;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data directory of a server that is not running. */
final class DirectoryHistory implements History {
    private final EventStore store;

    private DirectoryHistory(EventStore store) {
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
    public void read(long fromOffset, long toOffset, Reader reader) {
        store.read(fromOffset, toOffset, (offset, value) -> decode(offset, value, reader));
    }

    @Override
    public void readOf(EntityId entity, Reader reader) {
        store.readHistory(
                entity.kind() + "|" + entity.value(),
                1,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                (offset, value) -> decode(offset, value, reader));
    }

    private static void decode(long offset, byte[] value, Reader reader) {
        Recorded recorded;
        try {
            recorded = EventCodec.decode(offset, value);
        } catch (JournalDamaged e) {
            reader.damaged(offset, e);
            return;
        }
        reader.event(recorded, value.length);
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
