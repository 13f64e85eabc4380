package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.JsonLinesReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that {@code journal export} wrote. It is read anew each time. */
final class ExportHistory implements History {
    private final Path file;

    private ExportHistory(Path file) {
        this.file = file;
    }

    /**
     * Reads the beginning of the file.
     *
     * @throws BadInput if there is no such file, or it is something else
     */
    static ExportHistory open(Path file) {
        if (!Files.isRegularFile(file)) throw new BadInput("There is no file " + file);
        var history = new ExportHistory(file);
        history.rows(0, -1, (offset, value) -> {});
        return history;
    }

    /**
     * Reads to the end of the range.
     *
     * @throws BadInput if the file is not whole up to there
     */
    @Override
    public void rows(long fromOffset, long toOffset, EventStore.Reader reader) {
        try (var in = Packing.of(file).unpack(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            var rows = new JsonLinesReader(in);
            if (toOffset < fromOffset) return;
            for (var row = rows.next(); row != null && row.offset() <= toOffset; row = rows.next()) {
                if (row.offset() >= fromOffset) reader.read(row.offset(), row.value());
            }
        } catch (JsonLinesReader.Broken e) {
            throw new BadInput(file + " " + e.getMessage());
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read: " + e.getMessage());
        }
    }

    /** What was damaged before it was exported is nobody's. */
    @Override
    public void rowsOf(EntityId entity, EventStore.Reader reader) {
        rows(0, Long.MAX_VALUE, (offset, value) -> {
            if (isOf(entity, offset, value)) reader.read(offset, value);
        });
    }

    private static boolean isOf(EntityId entity, long offset, byte[] value) {
        try {
            return EventCodec.decode(offset, value).entity().equals(entity);
        } catch (JournalDamaged e) {
            return false;
        }
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public String description() {
        return file + " (exported)";
    }

    @Override
    public void close() {}
}
