package dev.moorage.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins again. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Begin again: everything, or one account's, is gone, and the fleets are loaded anew.",
        footer = {"", "Examples:", "  moorage reset", "  moorage reset --account test-7"})
public final class Reset implements Runnable {
    @Option(names = "--account", paramLabel = "NAME", description = "Of this account alone.")
    private @Nullable String account;

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        var body = JsonNodeFactory.instance.objectNode();
        if (account != null) body.put("account", account);
        target.print(target.ask("POST", "reset", body.toString()));
    }
}
