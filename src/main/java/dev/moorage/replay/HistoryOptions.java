package dev.moorage.replay;

import java.nio.file.Path;
import java.util.Objects;
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
                description = "A server that is running, such as http://127.0.0.1:8642.")
        private @Nullable String from;
    }

    /**
     * Opens the journal.
     *
     * @throws BadInput if there is none there that can be read
     */
    History open() {
        if (place == null) return DirectoryHistory.open(Path.of("data"));
        if (place.export != null) return ExportHistory.open(place.export);
        if (place.from != null) return ServerHistory.open(place.from);
        return DirectoryHistory.open(Objects.requireNonNull(place.data));
    }
}
