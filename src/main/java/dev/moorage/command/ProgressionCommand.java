package dev.moorage.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says how long slow actions take, and changes it. */
@Command(
        name = "progression",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Say how long slow actions take in a server that runs, or let one take another time.",
        footer = {
            "",
            "Examples:",
            "  moorage progression",
            "  moorage progression DetachDisk manual",
            "  moorage progression DetachDisk 'lognormal 60s 0.5'",
            "  moorage progression DetachDisk configured"
        })
public final class ProgressionCommand implements Runnable {
    private static final String CONFIGURED = "configured";

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "The action.")
    private @Nullable String action;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "HOW",
            description =
                    "A duration, uniform FROM TO, lognormal MEDIAN SIGMA, immediate, manual, never, or configured.")
    private @Nullable String how;

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        if (action == null) {
            target.print(target.get("progressions"));
            return;
        }
        if (how == null) throw NotDone.wrong("How is " + action + " to end? Say it behind the action, such as 60s");
        String path = "progressions/" + Target.encoded(action);
        var answer = how.equals(CONFIGURED)
                ? target.ask("DELETE", path, "")
                : target.ask(
                        "PUT",
                        path,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("progression", how)
                                .toString());
        target.print(JsonNodeFactory.instance.objectNode().set(action, answer.path(action)));
    }
}
