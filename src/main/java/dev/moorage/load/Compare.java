package dev.moorage.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two reports beside each other. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Print what differs between two reports: each figure before, after, and the one by the other.")
final class Compare implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BEFORE.json")
    @SuppressWarnings("NullAway.Init")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER.json")
    @SuppressWarnings("NullAway.Init")
    private Path after;

    @Override
    public Integer call() {
        var one = read(before);
        var other = read(after);
        if (!one.run().plan().equals(other.run().plan())) say("These runs did not plan the same calls.");
        if (!one.run().signature().equals(other.run().signature())) say("They were not signed alike.");
        if (!one.run().client().equals(other.run().client())) say("Their clients were not alike.");
        if (one.failure() != null) say(before + " is not to be believed: " + one.failure());
        if (other.failure() != null) say(after + " is not to be believed: " + other.failure());
        say(String.format(Locale.ROOT, "%-34s %12s %12s %8s", "", "before", "after", "ratio"));
        for (var entry : one.actions().entrySet()) {
            var action = other.actions().get(entry.getKey());
            if (action == null) say(entry.getKey() + " was only called before");
            else rows(entry.getKey(), entry.getValue(), action);
        }
        for (String name : other.actions().keySet()) {
            if (!one.actions().containsKey(name)) say(name + " was only called after");
        }
        if (one.detaching() != null && other.detaching() != null) {
            latencies("time in Detaching", one.detaching(), other.detaching());
        }
        var drain = one.drainSeconds();
        var drains = other.drainSeconds();
        if (drain != null && drains != null)
            row(
                    "drain",
                    drain,
                    drains,
                    String.format(Locale.ROOT, "%.1fs", drain),
                    String.format(Locale.ROOT, "%.1fs", drains));
        return 0;
    }

    private void rows(String name, Report.Action one, Report.Action other) {
        row(
                name + " per s",
                one.perSecond(),
                other.perSecond(),
                String.format(Locale.ROOT, "%.1f", one.perSecond()),
                String.format(Locale.ROOT, "%.1f", other.perSecond()));
        long errors = errors(one);
        long others = errors(other);
        row(name + " errors", (double) errors, (double) others, Long.toString(errors), Long.toString(others));
        latencies(name, one.latency(), other.latency());
    }

    private static long errors(Report.Action action) {
        return action.errors().values().stream().mapToLong(Long::longValue).sum();
    }

    private void latencies(String name, Report.Latency one, Report.Latency other) {
        latency(name + " p50", one, other, Report.Latency::p50);
        latency(name + " p99", one, other, Report.Latency::p99);
        latency(name + " p99.9", one, other, Report.Latency::p999);
        latency(name + " max", one, other, Report.Latency::max);
    }

    private void latency(String name, Report.Latency one, Report.Latency other, ToLongFunction<Report.Latency> which) {
        long micros = which.applyAsLong(one);
        long others = which.applyAsLong(other);
        row(name, (double) micros, (double) others, Summary.time(micros), Summary.time(others));
    }

    private void row(String name, double one, double other, String said, String others) {
        String ratio = one == 0 ? "" : String.format(Locale.ROOT, "%.2f", other / one);
        say(String.format(Locale.ROOT, "%-34s %12s %12s %8s", name, said, others, ratio));
    }

    private static Report read(Path file) {
        try {
            var json = new ObjectMapper().readTree(file.toFile());
            if (json.path("format").asInt() != Report.FORMAT || !json.has("run") || !json.has("actions")) {
                throw new BadWorkload(
                        file + " is no report of format " + Report.FORMAT + ", as moorage load --json writes");
            }
            return new ObjectMapper().treeToValue(json, Report.class);
        } catch (IOException e) {
            throw new BadWorkload(file + " cannot be read as a report: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
