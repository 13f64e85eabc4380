package dev.moorage.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a tool says what it found: for people, or as JSON, one object a line. */
final class Output {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

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

    /** For people, to whom milliseconds are enough. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /** The time of the day alone, for people who know the day. */
    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /** How long something took, for people: {@code 1m0.5s}. */
    static String length(Duration length) {
        return length.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
