package dev.moorage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.moorage.simulation.Cloud;
import dev.moorage.simulation.Exploration;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** The search for a promise that is broken, as it is seen on a terminal. */
final class Explore {
    private static final int NOT_TRIED = 1;
    private static final int BROKEN = 2;
    private static final String SMALL_FLEET = "generate = { instances = 3, disksPerInstance = 3 }";
    /** Servers that differ in what has to do with time. */
    private static final List<String> SERVERS = List.of(
            "idle = 2ms",
            "idle = 2m, compatibility = current",
            "idle = 1s, durations { DetachDisk = \"uniform 1s 90s\", AttachDisk = \"uniform 1s 10s\" }",
            "idle = 30s, durations { DetachDisk = immediate, AttachDisk = immediate, CreateDisk = 0s }");

    private final PrintWriter out;
    private final OneLine progress;

    Explore(PrintWriter out, OneLine progress) {
        this.out = out;
        this.progress = progress;
    }

    /** Returns the exit code. */
    int run(long from, long to, Duration budget, int threads) throws InterruptedException {
        // Failed writes are part of it, and there are thousands.
        var log = (Logger) LoggerFactory.getLogger("dev.moorage");
        var level = log.getLevel();
        log.setLevel(Level.OFF);
        try {
            return explore(from, to, budget, threads);
        } finally {
            log.setLevel(level);
        }
    }

    private int explore(long from, long to, Duration budget, int threads) throws InterruptedException {
        var exploration = new Exploration(clouds(), from, to, budget, (int) Math.min(threads, to - from + 1));
        var found = exploration.run(sum -> progress.say(line(sum)));
        progress.end();
        out.println(line(exploration.sum()));
        found.forEach(this::print);
        boolean isNothing = exploration.sum().seeds() == 0;
        if (isNothing) out.println("No seed was tried: there was no time");
        else if (found.isEmpty()) out.println("Every promise was kept");
        else if (exploration.isEnough()) out.println("That was enough: the seeds after these were not tried");
        out.flush();
        return isNothing ? NOT_TRIED : found.isEmpty() ? 0 : BROKEN;
    }

    private static List<Cloud> clouds() {
        return SERVERS.stream()
                .map(settings -> SimulatedCloud.of(server(settings), SMALL_FLEET, 1))
                .toList();
    }

    private static Config server(String settings) {
        return ConfigFactory.parseString("moorage { " + settings + " }").withFallback(ConfigFactory.load("server"));
    }

    private static String line(Exploration.Sum sum) {
        return String.format(
                Locale.ROOT,
                "%d seeds, %d lives, %d events, %d calls done, %d refused, in %.1f s: %.0f lives a minute and thread",
                sum.seeds(),
                sum.lives(),
                sum.events(),
                sum.acknowledged(),
                sum.refused(),
                sum.took().toMillis() / 1e3,
                sum.livesPerMinuteAndThread());
    }

    private void print(Exploration.Found found) {
        out.println();
        out.println("Seed " + found.seed() + " breaks a promise: " + found.promise());
        out.println("  " + found.how());
        print("What was done, without all that could be left out:", found.deeds());
        print("What was asked and heard:", found.told());
        print("The history:", found.history());
        out.println("To run it again: scripts/moorage simulate --explore --seeds " + found.seed());
    }

    private void print(String title, List<String> lines) {
        out.println(title);
        lines.forEach(line -> out.println("  " + line));
    }
}
