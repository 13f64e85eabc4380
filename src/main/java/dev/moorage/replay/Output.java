package dev.moorage.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a tool says what it found: for people, or as JSON, one object a line. */
final class Output {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec tool;

    @Option(names = "--json", description = "Print JSON: one object, or one object a line.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    PrintWriter lines() {
        return tool.commandLine().getOut();
    }

    void print(JsonNode object) {
        lines().println(object);
    }

    /** Nobody reads on, as when the output is piped into {@code head}. Whatever was printed has gone out. */
    boolean isClosed() {
        return lines().checkError();
    }
}
