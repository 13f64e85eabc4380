package dev.moorage.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as one file for a browser, which asks nobody for anything. */
public final class Page {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

    private Page() {}

    public static String of(Report report) {
        return page(report.run().workload() + ": " + report.verdict().words(), "page.js", body(report), report);
    }

    /** Several side by side, on one page. */
    public static String of(List<Variant> variants) {
        String title = variants.stream()
                        .map(variant -> variant.report().run().workload())
                        .distinct()
                        .collect(Collectors.joining(", "))
                + ": " + variants.stream().map(Variant::name).collect(Collectors.joining(", "));
        return page(title, "variants.js", body(title, variants), variants);
    }

    private static String page(String title, String script, String body, Object data) {
        var parts = Map.of(
                "title", escaped(title),
                "uplotStyle", resource(UPLOT + "uPlot.min.css"),
                "uplot", resource(UPLOT + "uPlot.iife.min.js"),
                "style", resource("/load/page.css"),
                "script", resource("/load/plots.js") + resource("/load/" + script),
                "body", body,
                "json", json(data));
        return PLACE.matcher(resource("/load/page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    }

    /** Nothing in it can end the element that it stands in. */
    private static String json(Object data) {
        try {
            return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(Report report) {
        var out = new StringBuilder(8_000);
        var run = report.run();
        out.append("<h1>")
                .append(escaped(run.workload()))
                .append(": <span class=\"")
                .append(report.verdict() == Report.Verdict.HELD ? "good" : "bad")
                .append("\">")
                .append(report.verdict().words())
                .append("</span></h1>\n");
        if (report.failure() != null)
            out.append("<p class=\"bad\">").append(escaped(report.failure())).append("</p>\n");
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Server", run.target()));
        rows.add(
                List.of("Began", report.started().replaceFirst("[.]\\d+Z$", "Z").replace('T', ' ')));
        rows.add(List.of("Took", String.format(Locale.ROOT, "%.1f s", report.durationSeconds())));
        rows.add(List.of("Fleet", run.disks() + " disks on " + run.instances() + " instances"));
        rows.add(List.of("Client", run.client() + ", signature " + run.signature()));
        rows.add(List.of("Seed", run.seed() + ", plan " + run.plan()));
        var drain = report.drainSeconds();
        if (drain != null) rows.add(List.of("All Available after", String.format(Locale.ROOT, "%.1f s", drain)));
        var arrivals = report.arrivals();
        rows.add(List.of("Planned", Long.toString(arrivals.planned())));
        rows.add(List.of("Sent, late, dropped", arrivals.sent() + ", " + arrivals.late() + ", " + arrivals.dropped()));
        rows.add(List.of("Polls and repetitions", Long.toString(arrivals.repeated())));
        rows.add(List.of(
                "At most at once", report.mostInFlight() + " in flight, " + report.mostDetaching() + " detaching"));
        rows.add(List.of(
                "The driver's own lag",
                "p99 " + Summary.time(report.driver().lag().p99()) + ", max "
                        + Summary.time(report.driver().lag().max())
                        + String.format(
                                Locale.ROOT,
                                "; %.0f %% of a core",
                                report.driver().cpu() * 100)));
        table(out, "facts", "", List.of(), rows);
        table(
                out,
                "figures",
                "Actions",
                List.of("", "answered", "per s", "errors", "p50", "p90", "p95", "p99", "p99.9", "p99.99", "max"),
                actions(report));
        var errors = new ArrayList<List<String>>();
        report.actions().forEach((name, action) -> {
            action.errors().forEach((code, count) -> errors.add(List.of(name, code, Long.toString(count))));
            action.retried().forEach((code, count) -> errors.add(List.of(name, code + ", tried again", count + "")));
        });
        if (!errors.isEmpty()) table(out, "facts", "Errors", List.of("", "code", "calls"), errors);
        var judged = new ArrayList<List<String>>();
        for (var one : report.assertions())
            judged.add(List.of(one.text(), one.held() ? "held" : "NOT HELD", one.actual()));
        for (var one : report.invariants()) {
            judged.add(List.of(
                    one.promise(),
                    one.broken() == 0 ? "held" : "BROKEN",
                    one.checked() + " checked, " + one.broken() + " broken " + String.join(" ", one.examples())));
        }
        table(out, "facts promises", "Promises", List.of(), judged);
        return out.toString();
    }

    private static String body(String title, List<Variant> variants) {
        var out = new StringBuilder(8_000);
        out.append("<h1>").append(escaped(title)).append("</h1>\n");
        for (var variant : variants) {
            String failure = variant.report().failure();
            if (failure != null) {
                out.append("<p class=\"bad\">").append(escaped(variant.name() + ": " + failure));
                out.append("</p>\n");
            }
        }
        var heads = Stream.concat(Stream.of(""), variants.stream().map(Variant::name));
        var rows = Comparison.of(variants).stream().map(row -> row.texts().toList());
        table(out, "figures", "", heads.toList(), rows.toList());
        return out.toString();
    }

    private static List<List<String>> actions(Report report) {
        var rows = new ArrayList<List<String>>();
        report.actions().forEach((name, action) -> {
            long errors =
                    action.errors().values().stream().mapToLong(Long::longValue).sum();
            rows.add(latency(
                    List.of(
                            name,
                            Long.toString(action.answered()),
                            String.format(Locale.ROOT, "%.1f", action.perSecond()),
                            Long.toString(errors)),
                    action.latency()));
            rows.add(latency(List.of("once sent", "", "", ""), action.service()));
        });
        if (report.detaching() != null) {
            rows.add(latency(
                    List.of(
                            "time in Detaching",
                            Long.toString(report.detaching().count()),
                            "",
                            ""),
                    report.detaching()));
        }
        return rows;
    }

    private static List<String> latency(List<String> before, Report.Latency latency) {
        var row = new ArrayList<>(before);
        for (long micros : new long[] {
            latency.p50(), latency.p90(), latency.p95(), latency.p99(), latency.p999(), latency.p9999(), latency.max()
        }) row.add(Summary.time(micros));
        return row;
    }

    private static void table(
            StringBuilder out, String kind, String title, List<String> heads, List<List<String>> rows) {
        if (!title.isEmpty()) out.append("<h2>").append(title).append("</h2>\n");
        out.append("<div class=\"wide\"><table class=\"").append(kind).append("\">\n");
        if (!heads.isEmpty()) row(out, "th", heads);
        for (var row : rows) row(out, "td", row);
        out.append("</table></div>\n");
    }

    private static void row(StringBuilder out, String cell, List<String> texts) {
        out.append("<tr>");
        for (String text : texts) {
            out.append('<').append(cell).append('>').append(escaped(text));
            out.append("</").append(cell).append('>');
        }
        out.append("</tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (var in = Page.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("The product lacks " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
