package dev.moorage.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as it is read on a terminal. */
public final class Summary {
    /** Stands above what {@link #second} says. */
    static final String SECONDS = String.format(
            Locale.ROOT,
            "%6s %9s %8s %9s %9s %9s %10s %10s",
            "second",
            "answered",
            "errors",
            "p50",
            "p99",
            "max",
            "in flight",
            "detaching");

    private Summary() {}

    /** Microseconds as people say them. */
    static String time(long micros) {
        if (micros < 1_000) return micros + "us";
        if (micros < 10_000) return String.format(Locale.ROOT, "%.2fms", micros / 1e3);
        if (micros < 1_000_000) return String.format(Locale.ROOT, "%.0fms", micros / 1e3);
        return String.format(Locale.ROOT, "%.2fs", micros / 1e6);
    }

    static String second(Report.Second second) {
        long answered =
                second.answered().values().stream().mapToLong(Long::longValue).sum();
        long errors =
                second.errors().values().stream().mapToLong(Long::longValue).sum();
        return String.format(
                Locale.ROOT,
                "%6d %9d %8d %9s %9s %9s %10d %10d",
                second.second() + 1,
                answered,
                errors,
                answered == 0 ? "-" : time(second.p50()),
                answered == 0 ? "-" : time(second.p99()),
                answered == 0 ? "-" : time(second.max()),
                second.inFlight(),
                second.detaching());
    }

    public static String table(Report report) {
        var out = new StringBuilder(2_000);
        line(out, "");
        line(
                out,
                "%s, seed %d, plan %s, %s",
                report.run().workload(),
                report.run().seed(),
                report.run().plan(),
                report.run().target());
        line(out, "%-14s %9s %9s %8s %8s %8s %8s %8s", "", "answered", "per s", "errors", "p50", "p99", "p99.9", "max");
        report.actions().forEach((name, action) -> {
            long errors =
                    action.errors().values().stream().mapToLong(Long::longValue).sum();
            var latency = action.latency();
            line(
                    out,
                    "%-14s %9d %9.1f %8d %8s %8s %8s %8s",
                    name,
                    action.answered(),
                    action.perSecond(),
                    errors,
                    time(latency.p50()),
                    time(latency.p99()),
                    time(latency.p999()),
                    time(latency.max()));
            var service = action.service();
            line(
                    out,
                    "%-14s %9s %9s %8s %8s %8s %8s %8s",
                    "  once sent",
                    "",
                    "",
                    "",
                    time(service.p50()),
                    time(service.p99()),
                    time(service.p999()),
                    time(service.max()));
            action.errors().forEach((code, count) -> line(out, "  %d x %s", count, code));
            action.retried().forEach((code, count) -> line(out, "  %d x %s, tried again", count, code));
        });
        var detaching = report.detaching();
        if (detaching != null) {
            line(
                    out,
                    "Detaching      %9d %26s %8s %8s %8s",
                    detaching.count(),
                    time(detaching.p50()),
                    time(detaching.p99()),
                    time(detaching.p999()),
                    time(detaching.max()));
        }
        var drain = report.drainSeconds();
        if (drain != null)
            line(
                    out,
                    "All were Available %.1f s after the first detach began; %d at once on their way",
                    drain,
                    report.mostDetaching());
        var arrivals = report.arrivals();
        line(
                out,
                "%d planned, %d sent, %d late, %d dropped, %d repeated; at most %d in flight",
                arrivals.planned(),
                arrivals.sent(),
                arrivals.late(),
                arrivals.dropped(),
                arrivals.repeated(),
                report.mostInFlight());
        line(
                out,
                "Driver: lag p99 %s, max %s; %.0f %% of a core",
                time(report.driver().lag().p99()),
                time(report.driver().lag().max()),
                report.driver().cpu() * 100);
        for (var invariant : report.invariants()) {
            line(
                    out,
                    "%s %s: %d checked, %d broken%s",
                    invariant.broken() == 0 ? "ok  " : "FAIL",
                    invariant.promise(),
                    invariant.checked(),
                    invariant.broken(),
                    invariant.examples().isEmpty() ? "" : " " + invariant.examples());
        }
        for (var assertion : report.assertions()) {
            line(out, "%s %s: %s", assertion.held() ? "ok  " : "FAIL", assertion.text(), assertion.actual());
        }
        if (report.failure() != null) line(out, "These figures are not to be believed: %s", report.failure());
        return out.toString();
    }

    /** Several side by side. */
    public static String table(List<Variant> variants) {
        var rows = new ArrayList<Comparison.Row>();
        rows.add(new Comparison.Row("", variants.stream().map(Variant::name).toList()));
        rows.addAll(Comparison.of(variants));
        int first = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        var widths = new int[variants.size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.cells().get(i).length());
        }
        var out = new StringBuilder(2_000);
        for (var row : rows) {
            var line = new StringBuilder(row.name())
                    .append(" ".repeat(first - row.name().length()));
            for (int i = 0; i < widths.length; i++) {
                String cell = row.cells().get(i);
                line.append(" ".repeat(2 + widths[i] - cell.length())).append(cell);
            }
            out.append(line).append(System.lineSeparator());
        }
        for (var variant : variants) {
            String failure = variant.report().failure();
            if (failure != null) line(out, "%s is not to be believed: %s", variant.name(), failure);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
