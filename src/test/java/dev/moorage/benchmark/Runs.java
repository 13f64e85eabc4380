package dev.moorage.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Has measurements made, each in a JVM of its own, and keeps their figures. */
final class Runs implements AutoCloseable {
    private final Path directory;
    private final FreshJvm jvm;
    // By measurement and figure: one for each round. One that failed has none.
    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private boolean complete = true;

    /** All files are in a new directory in this one, and gone at the end. */
    Runs(Path parent) throws IOException {
        this.directory = Files.createTempDirectory(parent, "moorage-bench-");
        this.jvm = new FreshJvm(directory.resolve("figures.json"));
    }

    /** A directory that stays until the end. */
    Path directory(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    /** Makes a measurement in a directory of its own. */
    void runAlone(String name, Function<Path, Measurement> measurement) throws IOException, InterruptedException {
        Path scratch = directory("scratch");
        run(name, measurement.apply(scratch));
        delete(scratch);
    }

    void run(String name, Measurement measurement) throws IOException, InterruptedException {
        Map<String, Double> measured = Map.of();
        try {
            measured = jvm.measure(measurement);
            System.err.println("  " + name + ": " + shown(measured));
        } catch (FreshJvm.Failed e) {
            complete = false;
            System.err.println(name + " could not be measured: " + e.getMessage());
        }
        var known = figures.computeIfAbsent(name, first -> new TreeMap<>());
        measured.forEach((figure, value) ->
                known.computeIfAbsent(figure, first -> new ArrayList<>()).add(value));
    }

    private static String shown(Map<String, Double> measured) {
        var parts = new ArrayList<String>();
        new TreeMap<>(measured).forEach((figure, value) -> parts.add(figure + " " + Table.number(value)));
        return String.join(", ", parts);
    }

    boolean hasRun(String name) {
        return figures.containsKey(name);
    }

    /** Everything was measured. */
    boolean isComplete() {
        return complete;
    }

    private List<Double> all(String name, String figure) {
        return figures.getOrDefault(name, Map.of()).getOrDefault(figure, List.of());
    }

    OptionalDouble last(String name, String figure) {
        var rounds = all(name, figure);
        return rounds.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(rounds.get(rounds.size() - 1));
    }

    OptionalDouble median(String name, String figure) {
        return median(all(name, figure));
    }

    OptionalDouble ratio(Claim claim) {
        return ratio(claim.of(), claim.figure(), claim.reference(), claim.figure());
    }

    /** The median of the ratios of the rounds. */
    OptionalDouble ratio(String of, String figure, String reference, String referenceFigure) {
        var ones = all(of, figure);
        var others = all(reference, referenceFigure);
        if (ones.size() != others.size()) return OptionalDouble.empty();
        return median(IntStream.range(0, ones.size())
                .mapToObj(round -> ones.get(round) / others.get(round))
                .toList());
    }

    private static OptionalDouble median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) return OptionalDouble.empty();
        int middle = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }

    /** Of each measurement, the median and all rounds of each figure. */
    ObjectNode tree() {
        var tree = Measurement.JSON.createObjectNode();
        figures.forEach((name, measured) -> {
            var ofOne = tree.putObject(name);
            measured.forEach((figure, rounds) -> {
                var ofFigure = ofOne.putObject(figure);
                ofFigure.put("median", median(rounds).orElseThrow());
                rounds.forEach(ofFigure.withArray("rounds")::add);
            });
        });
        return tree;
    }

    @Override
    public void close() {
        jvm.close();
        delete(directory);
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) return;
        try (var files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
