package dev.moorage.benchmark;

import dev.moorage.benchmark.Measurement.Effort;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    private static final int MOST_DISKS = 10_000_000;

    @Mixin
    private Rounds rounds;

    @Option(
            names = "--only",
            paramLabel = "WHAT",
            description = "durable, recovery, bytes, format or start. Can be given more than once.")
    private Set<Question> only = EnumSet.allOf(Question.class);

    @Option(
            names = "--disks",
            paramLabel = "N",
            description = "Disks of the server that is started, four on each instance (default 1000000).")
    private Integer disks;

    public static void main(String[] args) {
        Rounds.execute(new JournalBenchmark(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        rounds.require(
                disks == null || (disks >= 1 && disks <= MOST_DISKS && disks % Samples.DISKS_PER_INSTANCE == 0),
                "--disks is 4 to " + MOST_DISKS + ", in fours, not " + disks);
        return rounds.run(only.stream().map(this::part).toList());
    }

    private Part part(Question question) {
        boolean quick = rounds.isQuick();
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
}
