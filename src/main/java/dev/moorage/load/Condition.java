package dev.moorage.load;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** What a run must come up to, such as {@code detach.p99 < 200ms}, {@code errors < 0.1%} or {@code drain < 90s}. */
public record Condition(String text, String subject, String measure, boolean below, double bound, String unit) {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\w+)\\.)?([\\w.]+) *([<>]) *([0-9]+(?:[.][0-9]+)?) *(us|ms|s|m|%|/s)?");
    private static final Map<String, Double> MICROS = Map.of("us", 1.0, "ms", 1e3, "s", 1e6, "m", 60e6);

    static Condition of(String workload, String text) {
        var parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new BadWorkload(workload
                    + ": an assertion is such as \"detach.p99 < 200ms\", \"errors < 0.1%\", \"detach.rate > 100/s\" or"
                    + " \"drain < 90s\", not \"" + text + "\"");
        }
        String subject = parts.group(1) == null ? "" : parts.group(1);
        String unit = parts.group(5) == null ? "" : parts.group(5);
        var condition = new Condition(
                text, subject, parts.group(2), parts.group(3).equals("<"), Double.parseDouble(parts.group(4)), unit);
        if (!condition.isKnown()) {
            throw new BadWorkload(workload + ": \"" + text
                    + "\" measures nothing, or has another unit: there are VERB.p50, p90, p95, p99, p999, p9999, max (with us, ms, s, m),"
                    + " VERB.rate (/s), errors and dropped (%), drain (s, m)");
        }
        return condition;
    }

    private boolean isKnown() {
        if (subject.isEmpty()) {
            return (measure.matches("errors|dropped") && unit.equals("%"))
                    || (measure.equals("drain") && MICROS.containsKey(unit));
        }
        boolean verb = false;
        for (var known : Verb.values()) verb |= known.name().equalsIgnoreCase(subject);
        boolean latency = measure.matches("p50|p90|p95|p99|p999|p9999|max") && MICROS.containsKey(unit);
        return verb && (latency || (measure.equals("rate") && unit.equals("/s")));
    }

    /** What was never measured is not held. */
    Report.Assertion judge(Report report) {
        var measured = measure(report);
        if (measured.isEmpty()) return new Report.Assertion(text, "nothing was measured", false);
        double actual = measured.getAsDouble();
        double limit = bound * MICROS.getOrDefault(unit, 1.0);
        String said = MICROS.containsKey(unit)
                ? Summary.time(Math.round(actual))
                : String.format(Locale.ROOT, "%.3f%s", actual, unit);
        return new Report.Assertion(text, said, below ? actual < limit : actual > limit);
    }

    private OptionalDouble measure(Report report) {
        if (measure.equals("errors")) {
            long answered = 0;
            long errors = 0;
            for (var action : report.actions().values()) {
                answered += action.answered();
                for (long count : action.errors().values()) errors += count;
            }
            return answered == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * errors / answered);
        }
        if (measure.equals("dropped")) {
            var arrivals = report.arrivals();
            return OptionalDouble.of(100.0 * arrivals.dropped() / arrivals.planned());
        }
        if (measure.equals("drain")) {
            var drain = report.drainSeconds();
            return drain == null ? OptionalDouble.empty() : OptionalDouble.of(drain * 1e6);
        }
        var action = report.actions()
                .get(Verb.valueOf(subject.toUpperCase(Locale.ROOT)).action());
        if (action == null) return OptionalDouble.empty();
        if (measure.equals("rate")) return OptionalDouble.of(action.perSecond());
        var latency = action.latency();
        if (latency.count() == 0) return OptionalDouble.empty();
        return OptionalDouble.of(
                switch (measure) {
                    case "p50" -> latency.p50();
                    case "p90" -> latency.p90();
                    case "p95" -> latency.p95();
                    case "p99" -> latency.p99();
                    case "p999" -> latency.p999();
                    case "p9999" -> latency.p9999();
                    default -> latency.max();
                });
    }
}
