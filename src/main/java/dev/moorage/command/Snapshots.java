package dev.moorage.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives a point of the journal a name, and goes back to it. */
@Command(
        name = "snapshots",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Save the world of a server that runs under a name, and bring it back; without a name, list them.",
        footer = {
            "",
            "Examples:",
            "  moorage snapshots --save before",
            "  moorage snapshots --load before",
            "  moorage snapshots"
        })
public final class Snapshots implements Runnable {
    @ArgGroup
    private @Nullable What what;

    private static final class What {
        @Option(names = "--save", paramLabel = "NAME", description = "Save how things are.")
        private @Nullable String save;

        @Option(names = "--load", paramLabel = "NAME", description = "Let things be as they were.")
        private @Nullable String load;

        @Option(names = "--delete", paramLabel = "NAME", description = "Forget the name.")
        private @Nullable String delete;
    }

    @Option(names = "--replace", description = "Take the name from another point, if need be.")
    private boolean replace;

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        if (what == null) {
            target.print(target.get("snapshots"));
        } else if (what.save != null) {
            target.print(target.ask("PUT", path(what.save) + (replace ? "?replace=true" : ""), ""));
        } else if (what.load != null) {
            target.print(target.ask("POST", path(what.load) + "/load", ""));
        } else if (what.delete != null) {
            target.print(target.ask("DELETE", path(what.delete), ""));
        }
    }

    private static String path(String name) {
        return "snapshots/" + Target.encoded(name);
    }
}
