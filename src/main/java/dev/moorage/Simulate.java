package dev.moorage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.moorage.journal.Engine;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.Storage;
import dev.moorage.load.Client;
import dev.moorage.load.Live;
import dev.moorage.load.LoadCommand;
import dev.moorage.load.NotRun;
import dev.moorage.load.Report;
import dev.moorage.load.ReportFiles;
import dev.moorage.load.Summary;
import dev.moorage.load.Variant;
import dev.moorage.load.Workload;
import dev.moorage.load.Workloads;
import dev.moorage.simulation.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the server's actors in virtual time. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Run a workload on the same actors in virtual time, as a seed decides:",
            "hours in seconds, and every time the same journal.",
            "With --explore, look for a promise that breaks."
        },
        footer = {
            "",
            "Exit code: 0 all held; 2 an assertion or a promise did not, or the command line",
            "or the workload is wrong; 1 it could not run to its end (a broken promise is 2",
            "even then).",
            "",
            "Examples:",
            "  moorage simulate detach-storm --report storm.html",
            "  moorage simulate churn --client terraform --journal churn-data",
            "  moorage simulate drain --sweep fleet.disksPerInstance=4,8,16",
            "  moorage simulate --explore --seeds 1..10000",
            "  moorage simulate --explore --budget 10m"
        })
final class Simulate implements Callable<Integer> {
    private static final List<String> OF_EXPLORATIONS = List.of("--seeds", "--budget", "--threads");
    private static final List<String> OF_SIMULATIONS =
            List.of("--seed", "--until", "--client", "--set", "--sweep", "--report", "--json", "--journal");
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})(?:\\.\\.(-?\\d{1,18}))?");
    private static final Pattern SWEEP = Pattern.compile("([^=]+)=([^=]+)");
    private static final Duration FOR_EVER = Duration.ofDays(1_000);
    /** Turns cost more than messages. */
    private static final int THROUGHPUT = 100;

    private static final long A_SECOND = 1_000_000_000L;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "WORKLOAD", description = "One of conf/workloads, or a file.")
    private @Nullable String workload;

    @Option(names = "--seed", paramLabel = "N", description = "Of all choices (default: the workload's).")
    private @Nullable Long seed;

    @Option(names = "--until", paramLabel = "TIME", description = "Stop after so much simulated time, such as 90s.")
    private @Nullable String until;

    @Option(
            names = "--client",
            paramLabel = "plain|csi|terraform",
            description = "Whose way of polling, trying again and giving up (default plain).",
            converter = LoadCommand.ClientOption.class)
    private Client client = Client.PLAIN;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Another value of the workload.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--sweep", paramLabel = "KEY=A,B,C", description = "Run with each of these values, side by side.")
    private @Nullable String sweep;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page for a browser there.")
    private @Nullable Path page;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report there, as load does.")
    private @Nullable Path json;

    @Option(names = "--journal", paramLabel = "DIR", description = "Keep the journal there, for the journal's tools.")
    private @Nullable Path journal;

    @Option(names = "--explore", description = "Look for a promise that is broken, with crashes at any moment.")
    private boolean explore;

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "Explore with these seeds, or with one (default 1..1000).")
    private @Nullable String seeds;

    @Option(names = "--budget", paramLabel = "TIME", description = "Begin with no seed after so long, such as 10m.")
    private @Nullable String budget;

    @Option(names = "--threads", paramLabel = "N", description = "Explore on so many (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws InterruptedException {
        return explore ? explore() : simulate();
    }

    private int simulate() {
        refuse(OF_EXPLORATIONS, "goes with --explore");
        if (workload == null) {
            throw wrong("Which workload? There are " + String.join(", ", Workloads.names()) + "; or --explore");
        }
        var limit = until == null ? null : time("--until", until);
        var files = new ReportFiles(page, json);
        files.check();
        var workloads = workloads(workload);
        if (journal != null && workloads.size() > 1)
            throw wrong("--journal keeps one journal, not one for each --sweep");
        try (var storage = journal == null ? null : open(journal)) {
            var reports = new ArrayList<Variant>();
            workloads.forEach((name, read) -> reports.add(new Variant(name, run(read, limit, storage))));
            out().print(
                            reports.size() > 1
                                    ? Summary.table(reports)
                                    : Summary.table(reports.get(0).report()));
            files.write(reports, out());
            out().flush();
            return reports.stream()
                    .mapToInt(variant -> variant.report().verdict().exitCode())
                    .max()
                    .orElse(0);
        }
    }

    /** All are read before the first is run: what is wrong with the last would be a pity. */
    private Map<String, Workload> workloads(String name) {
        var common = new LinkedHashMap<>(settings);
        if (seed != null) common.put("seed", seed.toString());
        var workloads = new LinkedHashMap<String, Workload>();
        if (sweep == null) {
            workloads.put("", read(name, common));
            return workloads;
        }
        var parts = SWEEP.matcher(sweep);
        if (!parts.matches()) throw wrong("--sweep is such as fleet.disksPerInstance=4,8,16, not " + sweep);
        for (String value : parts.group(2).split(",", -1)) {
            var all = new LinkedHashMap<>(common);
            all.put(parts.group(1), value);
            var before = workloads.put(parts.group(1) + "=" + value, read(name, all));
            if (before != null) throw wrong("--sweep has " + value + " twice");
        }
        return workloads;
    }

    private Workload read(String name, Map<String, String> with) {
        var read = Workload.read(Workloads.file(name), with);
        if (read.fleet().equals(Workload.Fleet.EXISTING)) {
            throw wrong("fleet = existing is nothing that can be simulated: there is none before");
        }
        if (read.timeScale() != 1) {
            throw wrong("server.timeScale = " + read.timeScale() + " has no meaning here: time jumps by itself");
        }
        Settings.of(server(read));
        return read;
    }

    private Report run(Workload read, @Nullable Duration limit, @Nullable Storage keep) {
        long began = System.nanoTime();
        var cloud = SimulatedCloud.of(server(read), read.fleet().text(), THROUGHPUT);
        var simulation = new Simulation(cloud, read, client, read.seed());
        long ready = System.nanoTime();
        long born = simulation.cost().events();
        var progress = new OneLine(spec.commandLine().getErr());
        var simulated = simulation.run(limit, new EachSecond(simulation, progress, ready));
        double seconds = (System.nanoTime() - ready) / 1e9;
        progress.end();
        var cost = simulated.cost();
        out().printf(Locale.ROOT, "Journal: %d events, %d bytes, %s%n", cost.events(), cost.bytes(), simulated.hash());
        out().printf(
                        Locale.ROOT,
                        "Machine: %.1f s for %.1f simulated, %.0f events a second, after %.1f s for the fleet%n",
                        seconds,
                        cost.simulatedSeconds(),
                        (cost.events() - born) / seconds,
                        (ready - began) / 1e9);
        if (keep != null) keep(simulation, keep);
        return simulated.report();
    }

    private static Config server(Workload read) {
        return ConfigFactory.empty()
                .withValue("moorage", read.settings().root())
                .withFallback(ConfigFactory.load("server"))
                .resolve();
    }

    private static LevelDbStorage open(Path directory) {
        try {
            boolean isFree = !Files.exists(directory) || (Files.isDirectory(directory) && isEmpty(directory));
            if (!isFree) throw new CannotStart("There is something in " + directory + " already");
            return LevelDbStorage.open(directory, Engine.AUTO, false);
        } catch (IOException e) {
            throw new CannotStart("The journal cannot be kept in " + directory + ": " + e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private void keep(Simulation simulation, Storage storage) {
        try {
            simulation.copyTo(storage);
        } catch (CompletionException e) {
            throw new NotRun("The journal cannot be kept in " + journal + ": " + e.getCause());
        }
    }

    private int explore() throws InterruptedException {
        if (workload != null) throw wrong("--explore draws its own workloads, and takes none");
        refuse(OF_SIMULATIONS, "does not go with --explore");
        if (threads < 1) throw wrong("--threads is 1 or more, not " + threads);
        String range = seeds != null ? seeds : budget == null ? "1..1000" : "1.." + Integer.MAX_VALUE;
        var bounds = RANGE.matcher(range);
        if (!bounds.matches()) throw wrong("--seeds is such as 1..10000 or 42, not " + range);
        long from = Long.parseLong(bounds.group(1));
        long to = bounds.group(2) == null ? from : Long.parseLong(bounds.group(2));
        if (to < from) throw wrong("--seeds goes upwards, not " + range);
        var limit = budget == null ? FOR_EVER : time("--budget", budget);
        return new Explore(out(), new OneLine(spec.commandLine().getErr())).run(from, to, limit, threads);
    }

    private Duration time(String option, String text) {
        try {
            var time = ConfigFactory.parseMap(Map.of("time", text)).getDuration("time");
            if (!time.isNegative() && !time.isZero()) return time;
        } catch (ConfigException e) {
            // It is said below.
        }
        throw wrong(option + " is a time such as 90s or 10m, not " + text);
    }

    private void refuse(List<String> options, String why) {
        var parsed = spec.commandLine().getParseResult();
        for (String option : options) if (parsed.hasMatchedOption(option)) throw wrong(option + " " + why);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** Says once in a real second how far it is. */
    private static final class EachSecond implements Live {
        private final Simulation simulation;
        private final long born;
        private final OneLine progress;
        private final long began;
        private long last;

        private EachSecond(Simulation simulation, OneLine progress, long began) {
            this.simulation = simulation;
            this.born = simulation.cost().events();
            this.progress = progress;
            this.began = began;
            this.last = began;
        }

        @Override
        public void second(Report.Second second, long finished, long planned) {
            long now = System.nanoTime();
            if (now - last < A_SECOND) return;
            last = now;
            var cost = simulation.cost();
            progress.say(String.format(
                    Locale.ROOT,
                    "%.0f s simulated, %d of %d calls, %d detaching, %d events, %.0f a second",
                    cost.simulatedSeconds(),
                    finished,
                    planned,
                    second.detaching(),
                    cost.events(),
                    (cost.events() - born) * 1e9 / (now - began)));
        }

        @Override
        public void end() {}
    }
}
