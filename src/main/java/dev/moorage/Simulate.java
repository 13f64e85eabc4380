package dev.moorage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.moorage.simulation.Cloud;
import dev.moorage.simulation.Exploration;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the server's actors in virtual time. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Run the same actors in virtual time, as a seed decides.",
        footer = {
            "",
            "Exit code: 0 all held, 2 a promise did not, 1 it could not run.",
            "",
            "Examples:",
            "  moorage simulate --explore --seeds 1..10000",
            "  moorage simulate --explore --budget 10m"
        })
final class Simulate implements Callable<Integer> {
    private static final int NOT_HELD = 2;
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})(?:\\.\\.(-?\\d{1,18}))?");
    private static final String SMALL_FLEET = "generate = { instances = 3, disksPerInstance = 3 }";
    /** Servers that differ in what has to do with time. */
    private static final List<String> SERVERS = List.of(
            "idle = 5s",
            "idle = 2m, compatibility = current",
            "idle = 1s, durations { DetachDisk = \"uniform 1s 90s\", AttachDisk = \"uniform 1s 10s\" }",
            "idle = 30s, durations { DetachDisk = immediate, AttachDisk = immediate, CreateDisk = 0s }");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--explore", description = "Look for a promise that is broken, with crashes at any moment.")
    private boolean explore;

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "Explore with these seeds, or with one (default 1..1000).")
    private @Nullable String seeds;

    @Option(names = "--budget", paramLabel = "TIME", description = "Begin with no seed after so long, such as 10m.")
    private @Nullable String budget;

    @Option(names = "--threads", paramLabel = "N", description = "So many at once (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws InterruptedException {
        if (!explore) throw wrong("What is to be simulated? There is --explore");
        return explore();
    }

    private int explore() throws InterruptedException {
        if (threads < 1) throw wrong("--threads is 1 or more, not " + threads);
        String range = seeds == null ? budget == null ? "1..1000" : "1.." + Integer.MAX_VALUE : seeds;
        var bounds = RANGE.matcher(range);
        if (!bounds.matches()) throw wrong("--seeds is such as 1..10000 or 42, not " + range);
        long from = Long.parseLong(bounds.group(1));
        long to = bounds.group(2) == null ? from : Long.parseLong(bounds.group(2));
        if (to < from) throw wrong("--seeds goes upwards, not " + range);
        var limit = budget == null ? Duration.ofDays(1_000) : duration("--budget", budget);
        // Failed writes are part of it, and there are thousands.
        ((Logger) LoggerFactory.getLogger("dev.moorage")).setLevel(Level.OFF);
        var exploration = new Exploration(clouds(), from, to, limit, (int) Math.min(threads, to - from + 1));
        var out = spec.commandLine().getOut();
        var live = new Live(spec.commandLine().getErr());
        var found = exploration.run(sum -> live.say(line(sum)));
        live.end();
        out.println(line(exploration.sum()));
        for (var one : found) print(one, out);
        if (found.isEmpty()) out.println("Every promise was kept");
        out.flush();
        return found.isEmpty() ? 0 : NOT_HELD;
    }

    private static List<Cloud> clouds() {
        return SERVERS.stream()
                .map(settings -> SimulatedCloud.of(server(settings), SMALL_FLEET))
                .toList();
    }

    private static Config server(String settings) {
        return ConfigFactory.parseString("moorage { " + settings + " }").withFallback(ConfigFactory.load("server"));
    }

    private static String line(Exploration.Sum sum) {
        return String.format(
                Locale.ROOT,
                "%d seeds, %d lives, %d events, %d calls done, %d refused, in %.1f s: %.0f lives a minute and core",
                sum.seeds(),
                sum.lives(),
                sum.events(),
                sum.acknowledged(),
                sum.refused(),
                sum.took().toMillis() / 1e3,
                sum.livesPerMinuteAndCore());
    }

    private static void print(Exploration.Found found, PrintWriter out) {
        out.println();
        out.println("Seed " + found.seed() + " breaks a promise: " + found.promise());
        out.println("  " + found.how());
        out.println("What was done, without all that could be left out:");
        found.deeds().forEach(deed -> out.println("  " + deed));
        out.println("What was asked and heard:");
        found.told().forEach(line -> out.println("  " + line));
        out.println("The history:");
        found.history().forEach(line -> out.println("  " + line));
        out.println("To run it again: scripts/moorage simulate --explore --seeds " + found.seed());
    }

    private Duration duration(String option, String text) {
        try {
            return ConfigFactory.parseString("time = \"" + text + "\"").getDuration("time");
        } catch (ConfigException e) {
            throw wrong(option + " is a time such as 90s or 10m, not " + text);
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** A line that is written over and over, where there is a terminal. */
    private record Live(PrintWriter err) {
        @SuppressWarnings("SystemConsoleNull") // on the Java 17 that this is for, it is null where there is no terminal
        private static boolean isTerminal() {
            return System.console() != null;
        }

        void say(String line) {
            if (!isTerminal()) return;
            err.print("\r" + line);
            err.flush();
        }

        void end() {
            if (isTerminal()) err.println();
        }
    }
}
