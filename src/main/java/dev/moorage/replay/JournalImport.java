package dev.moorage.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a data directory of an exported file, with the same offsets and times. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make a data directory of an exported file.",
        footer = {
            "",
            "Examples:",
            "  moorage journal import journal.jsonl.gz --data /tmp/imported",
            "  moorage serve --data /tmp/imported",
        })
final class JournalImport implements Runnable {
    @Parameters(paramLabel = "FILE", description = "A file that journal export wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The data directory to make; there is no journal in it yet.")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        if (Files.exists(directory.resolve("journal"))) {
            throw new BadInput("There is a journal in " + directory + " already: import takes a new directory");
        }
        try (var exported = ExportHistory.open(file)) {
            NewDirectory.copy(exported, Long.MAX_VALUE, directory, Progress.of("Importing"))
                    .report("Imported", output);
        }
    }
}
