package dev.moorage.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What several runs have in figures, row by row, with a column for each. */
final class Comparison {
    /** What a run has nothing of. */
    private static final String NOTHING = "-";

    record Row(String name, List<String> cells) {
        Stream<String> texts() {
            return Stream.concat(Stream.of(name), cells.stream());
        }
    }

    private final List<Variant> variants;
    private final List<Row> rows = new ArrayList<>();

    private Comparison(List<Variant> variants) {
        this.variants = variants;
    }

    static List<Row> of(List<Variant> variants) {
        var comparison = new Comparison(variants);
        comparison.run();
        comparison.errors();
        comparison.actions();
        comparison.disks();
        comparison.promises();
        return comparison.rows;
    }

    private void run() {
        row("plan", report -> report.run().plan());
        row("client", report -> report.run().client());
        row("answered", report -> Long.toString(report.arrivals().answered()));
        row("answered per s", report -> {
            double perSecond = 0;
            for (var action : report.actions().values()) perSecond += action.perSecond();
            return String.format(Locale.ROOT, "%.1f", perSecond);
        });
    }

    private void errors() {
        row(
                "errors",
                report -> Long.toString(sum(codes(report, Report.Action::errors).values())));
        counts("", Report.Action::errors);
        counts(", tried again", Report.Action::retried);
    }

    private void counts(String what, Function<Report.Action, Map<String, Long>> which) {
        for (String code : among(report -> codes(report, which).keySet())) {
            row("  " + code + what, report -> Long.toString(codes(report, which).getOrDefault(code, 0L)));
        }
    }

    private static Map<String, Long> codes(Report report, Function<Report.Action, Map<String, Long>> which) {
        var codes = new TreeMap<String, Long>();
        for (var action : report.actions().values()) {
            which.apply(action).forEach((code, count) -> codes.merge(code, count, Long::sum));
        }
        return codes;
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    private void actions() {
        for (String name : new TreeSet<>(among(report -> report.actions().keySet()))) {
            latencies(name, report -> {
                var action = report.actions().get(name);
                return action == null ? null : action.latency();
            });
        }
    }

    private void disks() {
        latencies("Detaching", Report::detaching);
        row("at most Detaching", report -> Integer.toString(report.mostDetaching()));
        row("all Available after", report -> {
            var drain = report.drainSeconds();
            return drain == null ? NOTHING : String.format(Locale.ROOT, "%.1f s", drain);
        });
    }

    private void latencies(String name, Function<Report, Report.@Nullable Latency> which) {
        latency(name + " p50", which, Report.Latency::p50);
        latency(name + " p99", which, Report.Latency::p99);
        latency(name + " max", which, Report.Latency::max);
    }

    private void latency(
            String name, Function<Report, Report.@Nullable Latency> which, Function<Report.Latency, Long> micros) {
        row(name, report -> {
            var latency = which.apply(report);
            return latency == null ? NOTHING : Summary.time(micros.apply(latency));
        });
    }

    private void promises() {
        for (String promise : among(report ->
                report.invariants().stream().map(Report.Invariant::promise).toList())) {
            row(
                    promise,
                    report -> found(report.invariants().stream()
                            .filter(one -> one.promise().equals(promise))
                            .map(one -> one.broken() == 0 ? "held" : "BROKEN: " + one.broken())));
        }
        for (String text : among(report ->
                report.assertions().stream().map(Report.Assertion::text).toList())) {
            row(
                    text,
                    report -> found(report.assertions().stream()
                            .filter(one -> one.text().equals(text))
                            .map(one -> (one.held() ? "held: " : "NOT HELD: ") + one.actual())));
        }
    }

    private static String found(Stream<String> texts) {
        return texts.findFirst().orElse(NOTHING);
    }

    /** All that any of them has, in the order in which they have it. */
    private Collection<String> among(Function<Report, Collection<String>> which) {
        var all = new LinkedHashSet<String>();
        for (var variant : variants) all.addAll(which.apply(variant.report()));
        return all;
    }

    private void row(String name, Function<Report, String> cell) {
        rows.add(new Row(
                name,
                variants.stream().map(variant -> cell.apply(variant.report())).toList()));
    }
}
