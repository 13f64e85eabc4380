package dev.moorage.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends by hand what is under way. */
@Command(
        name = "complete",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "End what is under way with a disk or an instance, now: also what would never end by itself.",
        footer = {"", "Example:", "  moorage complete d-23jbf2v5m"})
public final class Complete implements Runnable {
    @Parameters(paramLabel = "ID", description = "The disk or the instance.")
    private String id = "";

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        var answer = target.ask("POST", "resources/" + Target.encoded(id) + "/complete", "");
        if (target.isJson()) {
            target.print(answer);
        } else {
            target.line(
                    answer.path("id").asText() + " is " + answer.path("status").asText());
        }
    }
}
