package dev.moorage.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a data directory that ends at a point of another journal, to go on differently from there. */
@Command(
        name = "fork",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make a data directory that ends at a point of a journal.",
        footer = {
            "",
            "Examples:",
            "  moorage journal fork --at 1234 --to /tmp/forked",
            "  moorage journal fork --from http://127.0.0.1:8642 --at 14:34:12 --to /tmp/forked",
        })
final class JournalFork implements Runnable {
    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Option(
            names = "--at",
            required = true,
            paramLabel = "POINT",
            description = "Where it ends: an offset, a time or a RequestId.")
    @SuppressWarnings("NullAway.Init")
    private String point;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "The data directory to make; nothing is in it yet.")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        if (Files.exists(directory) && !isEmpty(directory)) {
            throw new BadInput(directory + " is not empty: fork takes a new directory");
        }
        try (var history = place.open()) {
            long last = new Point(point).reachedIn(history);
            NewDirectory.copy(history, last, directory, Progress.of("Forking")).report("Forked", output);
        }
    }

    private static boolean isEmpty(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new BadInput(directory + " is no directory that can be read");
        }
    }
}
