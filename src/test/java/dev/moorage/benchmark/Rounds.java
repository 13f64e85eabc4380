package dev.moorage.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all benchmarks have in common: their options, their rounds, and how they say what came out. */
final class Rounds {
    private static final int MOST_ROUNDS = 100;

    private static final int MEASURED = 0;
    private static final int NOT_ALL_MEASURED = 1;
    private static final int BAD_OPTION = 2;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "N", description = "How often everything is measured (default 5).")
    private Integer rounds;

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

    /** Ends this JVM with the exit code of a benchmark. */
    static void execute(Callable<Integer> benchmark, String[] args) {
        var command = new CommandLine(benchmark).setParameterExceptionHandler((wrong, given) -> {
            String name = wrong.getCommandLine().getCommandName();
            System.err.println(name + ": " + wrong.getMessage() + " (see " + name + " --help)");
            return BAD_OPTION;
        });
        System.exit(command.execute(args));
    }

    boolean isQuick() {
        return quick;
    }

    /** Refuses the options with this sentence unless something holds. */
    void require(boolean holds, String sentence) {
        if (!holds) throw new ParameterException(spec.commandLine(), sentence);
    }

    int run(List<Part> parts) throws IOException, InterruptedException {
        check();
        int count = rounds != null ? rounds : quick ? 1 : 5;
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
        require(
                rounds == null || (rounds >= 1 && rounds <= MOST_ROUNDS),
                "--rounds is 1 to " + MOST_ROUNDS + ", not " + rounds);
        require(
                Files.isDirectory(directory) && Files.isWritable(directory),
                "--dir is a directory to write to, and " + directory + " is none");
        require(
                json == null || Files.isDirectory(json.toAbsolutePath().getParent()),
                "--json is a file in a directory that exists, and " + json + " is none");
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
