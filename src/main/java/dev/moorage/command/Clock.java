package dev.moorage.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what time it is in the simulation, and moves it. */
@Command(
        name = "clock",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {Clock.Advance.class, Clock.Pause.class, Clock.Resume.class, Clock.Scale.class},
        description = "Say what time it is in a server that runs; move it, hold it, or change its pace.",
        footer = {"", "Examples:", "  moorage clock", "  moorage clock advance 60s", "  moorage clock scale 60"})
public final class Clock implements Runnable {
    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        print(target.get("clock"), target);
    }

    private static void print(JsonNode clock, Target target) {
        if (target.isJson()) {
            target.print(clock);
            return;
        }
        String pace = clock.path("paused").asBoolean()
                ? "stands still"
                : "runs, " + clock.path("scale").asText() + " s in a second";
        String completed = clock.has("completed")
                ? "; ended on the way: " + clock.path("completed").asText()
                : "";
        target.line(clock.path("now").asText() + " " + pace + completed);
    }

    @Command(
            name = "advance",
            mixinStandardHelpOptions = true,
            description = "Move time forward, and return once all has happened that was due.")
    static final class Advance implements Runnable {
        @Parameters(paramLabel = "DURATION", description = "By how much, such as 500ms, 60s or 2m.")
        private String by = "";

        @Mixin
        private final Target target = new Target();

        @Override
        public void run() {
            var body = JsonNodeFactory.instance.objectNode().put("by", by);
            print(target.ask("POST", "clock/advance", body.toString()), target);
        }
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Let time stand still.")
    static final class Pause implements Runnable {
        @Mixin
        private final Target target = new Target();

        @Override
        public void run() {
            print(target.ask("POST", "clock/pause", ""), target);
        }
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Let time run again.")
    static final class Resume implements Runnable {
        @Mixin
        private final Target target = new Target();

        @Override
        public void run() {
            print(target.ask("POST", "clock/resume", ""), target);
        }
    }

    @Command(name = "scale", mixinStandardHelpOptions = true, description = "Change the pace of time.")
    static final class Scale implements Runnable {
        @Parameters(paramLabel = "N", description = "How many simulated seconds pass in a real one.")
        private double scale;

        @Mixin
        private final Target target = new Target();

        @Override
        public void run() {
            var body = JsonNodeFactory.instance.objectNode().put("scale", scale);
            print(target.ask("PUT", "clock", body.toString()), target);
        }
    }
}
