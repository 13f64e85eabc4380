package dev.moorage.benchmark;

import dev.moorage.benchmark.Measurement.Effort;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code scripts/bench}: makes every measurement in each of several rounds, and prints medians. */
@Command(
        name = "bench",
        sortOptions = false,
        description = {
            "Measure the server from outside, over HTTP: signed calls against an answer of the same server that is always"
                    + " the same, against the same calls without a disk, and against the journal alone; what a call costs"
                    + " where there are more disks; and how long a start takes.",
            "",
            "The medians of several rounds are printed. The client is on the same machine, and takes its share of it:"
                    + " only ratios can be compared, and only within one run. Let nothing else run meanwhile. All"
                    + " questions together take about three quarters of an hour."
        },
        footer = {
            "",
            "Examples:",
            "  bench",
            "  bench --only calls --rounds 5",
            "  bench --only growth --disks 100000 --json growth.json",
            "  bench --quick"
        })
final class ServerBenchmark implements Callable<Integer> {
    private enum Question {
        calls,
        growth,
        start
    }

    private static final int LEAST_DISKS = 1_000;
    private static final int MOST_DISKS = 10_000_000;

    @Mixin
    private Rounds rounds;

    @Option(
            names = "--only",
            paramLabel = "QUESTION",
            description = "calls, growth or start. Can be given more than once.")
    private Set<Question> only = EnumSet.allOf(Question.class);

    @Option(
            names = "--disks",
            paramLabel = "N",
            description = "The largest fleet in which it is measured what a call costs (default 1000000).")
    private Integer disks;

    public static void main(String[] args) {
        Rounds.execute(new ServerBenchmark(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        rounds.require(
                disks == null
                        || (disks >= LEAST_DISKS && disks <= MOST_DISKS && disks % Samples.DISKS_PER_INSTANCE == 0),
                "--disks is " + LEAST_DISKS + " to " + MOST_DISKS + ", in fours, not " + disks);
        return rounds.run(only.stream().map(this::part).toList());
    }

    private Part part(Question question) {
        boolean quick = rounds.isQuick();
        return switch (question) {
            case calls -> new CallsPart(quick ? 400 : 10_000, quick ? new Effort(0.3, 0.5) : new Effort(4, 2.5));
            case growth -> new GrowthPart(fleets(disks != null ? disks : quick ? 4_000 : 1_000_000), 1_000);
            case start -> new ColdStartPart();
        };
    }

    /** From the smallest, by tens, to the largest. */
    private static List<Integer> fleets(int largest) {
        return Stream.concat(
                        Stream.iterate(LEAST_DISKS, fleet -> fleet < largest, fleet -> fleet * 10), Stream.of(largest))
                .toList();
    }
}
