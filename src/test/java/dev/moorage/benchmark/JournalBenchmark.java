package dev.moorage.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.benchmark.Measurement.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code scripts/bench-journal}: makes every measurement in each of several rounds, and prints medians. */
@Command(
        name = "bench-journal",
        sortOptions = false,
        description = {
            "Measure the journal against Akka's own journals and against LevelDB alone.",
            "",
            "Each measurement has a JVM of its own, and the rounds are interleaved: every measurement is made once, then "
                    + "all of them again. Figures are medians of the rounds. They depend on the machine; ratios to a "
                    + "reference of the same run do so much less.",
            "",
            "With the defaults it takes 20 to 25 minutes and up to 8 GB of disk, which are free again at the end.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  scripts/bench-journal --only durable --json figures.json",
            "  scripts/bench-journal --only start --disks 100000 --rounds 3 --dir /mnt/fast",
            "  scripts/bench-journal --quick"
        })
final class JournalBenchmark implements Callable<Integer> {
    private enum Question {
        durable,
        recovery,
        bytes,
        format,
        start
    }

    private static final int MEASURED = 0;
    private static final int NOT_ALL_MEASURED = 1;
    private static final int BAD_OPTION = 2;
    private static final int MOST_ROUNDS = 100;
    private static final int MOST_DISKS = 10_000_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "WHAT",
            description = "durable, recovery, bytes, format or start. Can be given more than once.")
    private Set<Question> only = EnumSet.allOf(Question.class);

    @Option(names = "--rounds", paramLabel = "N", description = "How often everything is measured (default 5).")
    private Integer rounds;

    @Option(
            names = "--disks",
            paramLabel = "N",
            description = "Disks of the server that is started, four on each instance (default 1000000).")
    private Integer disks;

    @Option(names = "--quick", description = "Only try whether it runs: the figures mean nothing.")
    private boolean quick;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where journals are written, which chooses the disk (default ${DEFAULT-VALUE}).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures of all rounds there, too.")
    private Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // Picocli looks.
    private boolean help;

    public static void main(String[] args) {
        var command = new CommandLine(new JournalBenchmark()).setParameterExceptionHandler((wrong, given) -> {
            System.err.println("bench-journal: " + wrong.getMessage() + " (see bench-journal --help)");
            return BAD_OPTION;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        int count = rounds != null ? rounds : quick ? 1 : 5;
        var parts = only.stream().map(this::part).toList();
        long start = System.nanoTime();
        try (var runs = new Runs(directory)) {
            Runtime.getRuntime().addShutdownHook(new Thread(runs::close));
            measure(parts, count, runs);
            var took = Duration.ofNanos(System.nanoTime() - start);
            print(parts, runs, count, took);
            if (json != null) Files.writeString(json, tree(parts, runs, count).toPrettyString() + "\n");
            return runs.isComplete() ? MEASURED : NOT_ALL_MEASURED;
        }
    }

    private void check() {
        require(isWithin(rounds, MOST_ROUNDS), "--rounds is 1 to " + MOST_ROUNDS + ", not " + rounds);
        require(
                isWithin(disks, MOST_DISKS) && (disks == null || disks % Samples.DISKS_PER_INSTANCE == 0),
                "--disks is 4 to " + MOST_DISKS + ", in fours, not " + disks);
        require(
                Files.isDirectory(directory) && Files.isWritable(directory),
                "--dir is a directory to write to, and " + directory + " is none");
        require(
                json == null || Files.isDirectory(json.toAbsolutePath().getParent()),
                "--json is a file in a directory that exists, and " + json + " is none");
    }

    private static boolean isWithin(Integer given, int most) {
        return given == null || (given >= 1 && given <= most);
    }

    private void require(boolean holds, String sentence) {
        if (!holds) throw new ParameterException(spec.commandLine(), sentence);
    }

    private Part part(Question question) {
        var effort = quick ? new Effort(0.3, 0.5) : new Effort(4, 2.5);
        var histories = new Histories(quick ? 2_000 : 100_000);
        return switch (question) {
            case durable -> new DurablePart(effort);
            case recovery -> new RecoveryPart(histories);
            case bytes -> new BytesPart(histories);
            case format -> new FormatPart(effort.half());
            case start -> new StartPart(disks != null ? disks : quick ? 2_000 : 1_000_000);
        };
    }

    private static void measure(List<Part> parts, int rounds, Runs runs) throws IOException, InterruptedException {
        System.err.println("Preparing");
        for (var part : parts) part.prepare(runs);
        for (int round = 1; round <= rounds; round++) {
            System.err.println("Round " + round + " of " + rounds);
            for (var part : parts) {
                if (round <= part.mostRounds()) part.round(runs);
            }
        }
    }

    private void print(List<Part> parts, Runs runs, int rounds, Duration took) {
        System.out.println("Medians of " + rounds + (rounds == 1 ? " round" : " rounds") + ", on " + machine()
                + ", journals in " + directory.toAbsolutePath().normalize() + "; it took " + took.toMinutes() + " min "
                + took.toSecondsPart() + " s.\n");
        for (var part : parts) part.tables(runs).forEach(System.out::println);
        if (quick) System.out.println("These figures mean nothing: --quick only tries whether everything runs.");
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version();
    }

    private ObjectNode tree(List<Part> parts, Runs runs, int rounds) {
        var tree = Measurement.JSON.createObjectNode();
        tree.put("machine", machine()).put("rounds", rounds).put("meaningful", !quick);
        tree.set("figures", runs.tree());
        var claims = tree.putArray("claims");
        for (var part : parts) {
            for (var claim : part.claims()) {
                ObjectNode said = claims.addObject();
                said.put("of", claim.of()).put("reference", claim.reference()).put("figure", claim.figure());
                runs.ratio(claim).ifPresent(ratio -> said.put("ratio", ratio));
            }
        }
        return tree;
    }
}
