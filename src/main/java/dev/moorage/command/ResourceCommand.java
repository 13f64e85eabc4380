package dev.moorage.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a disk, an instance or a snapshot. */
@Command(
        name = "resource",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show a disk, an instance or a snapshot of a server that runs, and its history; or list them.",
        footer = {"", "Example:", "  moorage resource d-23jbf2v5m"})
public final class ResourceCommand implements Runnable {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "Its id.")
    private @Nullable String id;

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        target.print(target.get(id == null ? "resources" : "resources/" + Target.encoded(id)));
    }
}
