package dev.moorage.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows what happens. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print every fact of a server that runs as it is written, one JSON object a line, until Ctrl-C.",
        footer = {"", "Examples:", "  moorage events", "  moorage events --from 0 --entity d-23jbf2v5m"})
public final class Events implements Runnable {
    private static final String DATA = "data:";

    @Option(names = "--from", paramLabel = "OFFSET", description = "From this offset on (default from now on).")
    private @Nullable Long from;

    @Option(names = "--entity", paramLabel = "ID", description = "Only of this disk or instance.")
    private @Nullable String entity;

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        String query =
                (from == null ? "" : "from=" + from + "&") + (entity == null ? "" : "entity=" + Target.encoded(entity));
        try (var lines = new BufferedReader(
                new InputStreamReader(target.open("GET", "events?" + query, ""), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null && !target.isClosed(); line = lines.readLine()) {
                if (line.startsWith(DATA))
                    target.line(line.substring(DATA.length()).strip());
            }
        } catch (IOException e) {
            throw NotDone.failed("The server has ended the answer: " + e.getMessage());
        }
    }
}
