package dev.moorage.replay;

import java.nio.file.Path;
import java.util.Optional;
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

        @Option(names = "--export", paramLabel = "FILE", description = "A file that journal export wrote.")
        private @Nullable Path export;

        @Option(
                names = "--from",
                paramLabel = "URL",
                description =
                        "A server that is running, such as http://127.0.0.1:8642; if it wants an admin token, that"
                                + " comes from the environment variable MOORAGE_ADMIN_TOKEN.")
        private @Nullable String from;
    }

    /**
     * Opens the journal.
     *
     * @throws BadInput if there is none there that can be read
     */
    History open() {
        return elsewhere().orElseGet(() -> DirectoryHistory.open(directory()));
    }

    /**
     * Opens the journal to be read past whatever is damaged.
     *
     * @throws BadInput if there is none there
     */
    History openDamaged() {
        return elsewhere().orElseGet(() -> DirectoryHistory.openDamaged(directory()));
    }

    private Optional<History> elsewhere() {
        if (place != null && place.export != null) return Optional.of(ExportHistory.open(place.export));
        if (place != null && place.from != null)
            return Optional.of(ServerHistory.open(place.from, System.getenv(ServerHistory.TOKEN)));
        return Optional.empty();
    }

    private Path directory() {
        return place == null || place.data == null ? Path.of("data") : place.data;
    }
}
