package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads, as Prometheus reads it. */
class MetricsTest {
    private static final String PROTOCOL_BUFFERS =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    /** All samples of one answer, each under its name with its labels. */
    private record Scrape(Map<String, String> types, Map<String, Double> samples) {
        private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_0-9]+) (counter|gauge|histogram|summary)");
        private static final Pattern SAMPLE = Pattern.compile(
                "(?<name>[a-z_0-9]+)(?<labels>\\{([a-z_]+=\"[^\"\\\\\n]*\",?)+})? (?<value>[-+.0-9EInfNa]+)");
        private static final String PARTS = "_(bucket|count|sum)$";

        /** Reads the text format, and lets nothing pass that is not in it. */
        static Scrape of(String text) {
            var helped = new HashMap<String, String>();
            var types = new LinkedHashMap<String, String>();
            var samples = new LinkedHashMap<String, Double>();
            assertThat(text).endsWith("\n");
            String family = "";
            for (var line : text.lines().toList()) {
                if (line.startsWith("# HELP ")) {
                    String[] words = line.split(" ", 4);
                    assertThat(helped.put(words[2], words[3])).as(line).isNull();
                    continue;
                }
                var type = TYPE.matcher(line);
                if (type.matches()) {
                    family = type.group(1);
                    assertThat(helped).as(line).containsKey(family);
                    assertThat(types.put(family, type.group(2))).as(line).isNull();
                    continue;
                }
                var sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                String name = sample.group("name");
                assertThat(name.equals(family) || name.replaceFirst(PARTS, "").equals(family))
                        .as("%s under %s", line, family)
                        .isTrue();
                String key = name + (sample.group("labels") == null ? "" : sample.group("labels"));
                String value = sample.group("value").replace("Inf", "Infinity");
                assertThat(samples.put(key, Double.valueOf(value))).as(line).isNull();
            }
            return new Scrape(types, samples);
        }

        double at(String sample) {
            assertThat(samples).containsKey(sample);
            return samples.get(sample);
        }

        boolean isCumulative(String sample) {
            String name = sample.replaceFirst("\\{.*", "");
            String type = types.getOrDefault(name, types.get(name.replaceFirst(PARTS, "")));
            return !type.equals("gauge");
        }
    }

    private static Scrape scrape(RunningServer server) {
        return Scrape.of(server.get("/_moorage/metrics").body());
    }

    private static HttpResponse<String> scrape(RunningServer server, String accept) {
        return server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/metrics"))
                .header("Accept", accept)
                .build());
    }

    @Test
    void areWellFormedAndWhatCountsNeverFalls() {
        try (var server = RunningServer.start()) {
            server.call("DescribeDisks", "RegionId", "cn-hangzhou");
            var before = scrape(server);
            server.call("DescribeDisks", "RegionId", "cn-hangzhou");
            server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");
            var after = scrape(server);

            assertThat(before.types()).hasSizeGreaterThan(30);
            before.samples().forEach((sample, value) -> {
                if (before.isCumulative(sample))
                    assertThat(after.at(sample)).as(sample).isGreaterThanOrEqualTo(value);
            });
            assertThat(after.types().keySet())
                    .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_cpu_usage")
                    .contains("process_uptime_seconds", "moorage_call_duration_seconds", "moorage_calls_total");
        }
    }

    @Test
    void countCallsByActionAndCode() {
        try (var server = RunningServer.start()) {
            for (int i = 0; i < 3; i++) server.call("DescribeDisks", "RegionId", "cn-hangzhou");
            server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-sys1");
            var scrape = scrape(server);

            assertThat(scrape.at("moorage_calls_total{action=\"DescribeDisks\",code=\"OK\"}"))
                    .isEqualTo(3);
            assertThat(scrape.at("moorage_calls_total{action=\"DetachDisk\",code=\"DiskTypeViolation\"}"))
                    .isEqualTo(1);
            assertThat(scrape.at("moorage_call_duration_seconds_count{action=\"DescribeDisks\"}"))
                    .isEqualTo(3);
            assertThat(scrape.at("moorage_call_duration_seconds_bucket{action=\"DescribeDisks\",le=\"+Inf\"}"))
                    .isEqualTo(3);
            assertThat(scrape.at("moorage_call_duration_seconds_sum{action=\"DescribeDisks\"}"))
                    .isPositive();
            assertThat(scrape.at("moorage_calls_in_flight")).isZero();
            assertThat(scrape.at("moorage_connections_open")).isPositive();
        }
    }

    @Test
    void doNotGrowWithWhatCallersMakeUp() {
        try (var server = RunningServer.start()) {
            server.call("MadeUp0");
            int before = scrape(server).samples().size();
            for (int i = 1; i <= 50; i++) server.call("MadeUp" + i);
            server.get("/nowhere/" + System.nanoTime());
            var after = scrape(server);

            assertThat(after.at("moorage_calls_total{action=\"-\",code=\"InvalidAction.NotFound\"}"))
                    .isEqualTo(52);
            // Garbage collections of a new kind may come in between.
            assertThat(after.samples()).hasSizeLessThan(before + 20);
        }
    }

    @Test
    void tellWhatThereIsAndWhatItWaitsFor() {
        try (var server = RunningServer.start()) {
            var before = scrape(server);
            server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");
            var detaching = scrape(server);
            server.advanceUnnoticed(Duration.ofSeconds(61));
            var overdue = scrape(server);

            assertThat(detaching.at("moorage_disks{status=\"Detaching\"}"))
                    .isEqualTo(before.at("moorage_disks{status=\"Detaching\"}") + 1);
            assertThat(detaching.at("moorage_disks{status=\"In_use\"}"))
                    .isEqualTo(before.at("moorage_disks{status=\"In_use\"}") - 1);
            assertThat(detaching.at("moorage_instances{status=\"Running\"}")).isPositive();
            assertThat(detaching.at("moorage_transitions_waiting{kind=\"disk\"}"))
                    .isEqualTo(before.at("moorage_transitions_waiting{kind=\"disk\"}") + 1);
            assertThat(detaching.at("moorage_transitions_overdue{kind=\"disk\"}"))
                    .isZero();
            assertThat(detaching.at("moorage_entities_in_memory{kind=\"disk\"}"))
                    .isPositive();
            assertThat(detaching.at("moorage_entities_in_memory{kind=\"instance\"}"))
                    .isPositive();
            assertThat(overdue.at("moorage_transitions_overdue{kind=\"disk\"}")).isPositive();

            server.advance(Duration.ZERO);
            await().untilAsserted(() -> assertThat(scrape(server).at("moorage_transitions_overdue{kind=\"disk\"}"))
                    .isZero());
        }
    }

    @Test
    void tellWhenEntitiesLeaveMemory() {
        try (var server = RunningServer.start("moorage.idle = 100ms")) {
            server.call("ModifyDiskAttribute", "DiskId", "d-23jbf2v5m", "DiskName", "renamed");

            await().untilAsserted(() -> assertThat(scrape(server).at("moorage_entities_in_memory{kind=\"disk\"}"))
                    .isZero());
        }
    }

    @Test
    void tellHowTheJournalFares(@TempDir Path data) {
        try (var server = RunningServer.start("moorage.in-memory = false", "moorage.data = \"" + data + "\"")) {
            var before = scrape(server);
            server.call("ModifyDiskAttribute", "DiskId", "d-23jbf2v5m", "DiskName", "renamed");
            var after = scrape(server);

            // The fleet is there already.
            assertThat(before.at("moorage_journal_commit_events_sum")).isGreaterThan(10);
            assertThat(after.at("moorage_journal_commit_events_sum"))
                    .isEqualTo(before.at("moorage_journal_commit_events_sum") + 1);
            assertThat(after.at("moorage_journal_commit_events_count"))
                    .isEqualTo(before.at("moorage_journal_commit_events_count") + 1);
            assertThat(after.at("moorage_journal_write_seconds_count"))
                    .isEqualTo(before.at("moorage_journal_write_seconds_count") + 1);
            assertThat(after.at("moorage_journal_write_seconds_sum"))
                    .isGreaterThan(before.at("moorage_journal_write_seconds_sum"));
            assertThat(after.at("moorage_journal_failed_events_total")).isZero();
            assertThat(after.at("moorage_journal_waiting_events")).isZero();
        }
        try (var past = RunningServer.past("5", "moorage.in-memory = false", "moorage.data = \"" + data + "\"")) {
            var scrape = scrape(past);
            assertThat(scrape.types()).doesNotContainKey("moorage_journal_commit_events");
            assertThat(scrape.types()).containsKey("moorage_disks");
        }
    }

    @Test
    void areThoseOfOneServer() {
        try (var one = RunningServer.start();
                var other = RunningServer.start()) {
            one.call("DescribeDisks", "RegionId", "cn-hangzhou");

            assertThat(scrape(other).samples())
                    .doesNotContainKey("moorage_calls_total{action=\"DescribeDisks\",code=\"OK\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | text/plain; version=0.0.4; charset=utf-8",
                "*/* | text/plain; version=0.0.4; charset=utf-8",
                PROTOCOL_BUFFERS + " | text/plain; version=0.0.4; charset=utf-8",
                "application/openmetrics-text;version=1.0.0,text/plain;q=0.5 |"
                        + " application/openmetrics-text; version=1.0.0; charset=utf-8",
                PROTOCOL_BUFFERS + ",application/openmetrics-text;version=1.0.0;q=0.5 |"
                        + " application/openmetrics-text; version=1.0.0; charset=utf-8",
            })
    void comeInTheFormatThatIsAskedFor(String accept, String contentType) {
        try (var server = RunningServer.start()) {
            var answer = scrape(server, accept);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains(contentType);
            assertThat(answer.body().endsWith("# EOF\n")).isEqualTo(contentType.contains("openmetrics"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"moorage_calls_total", "moorage_call_duration_seconds"})
    void explainThemselves(String family) {
        try (var server = RunningServer.start()) {
            server.call("DescribeRegions");

            assertThat(server.get("/_moorage/metrics").body()).containsPattern("# HELP " + family + " \\w+ .*\n");
        }
    }
}
