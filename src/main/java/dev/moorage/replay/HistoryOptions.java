package dev.moorage.replay;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the journal is that a tool reads: the options that all tools share. */
final class HistoryOptions {
    @ArgGroup(exclusive = true)
    private @Nullable Place place;

    private static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "The data directory of a server that is not running (default ./data).")
        private @Nullable Path data;
    }

    /**
     * Opens the journal.
     *
     * @throws BadInput if there is none there that can be read
     */
    History open() {
        return DirectoryHistory.open(directory());
    }

    /**
     * Opens the journal to be read past whatever is damaged.
     *
     * @throws BadInput if there is none there
     */
    History openDamaged() {
        return DirectoryHistory.openDamaged(directory());
    }

    private Path directory() {
        return place == null || place.data == null ? Path.of("data") : place.data;
    }
}
