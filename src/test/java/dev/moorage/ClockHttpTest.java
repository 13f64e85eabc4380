package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Simulated time at the admin door. */
class ClockHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTANCE = "i-23jggx34b";
    private static final String DISK = "d-23jbf2v5m";

    private static HttpResponse<String> send(RunningServer server, String method, String path, String body) {
        return server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + answer.body(), e);
        }
    }

    private static JsonNode ok(RunningServer server, String method, String path, String body) {
        var answer = send(server, method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static JsonNode advance(RunningServer server, String by) {
        return ok(server, "POST", "clock/advance", "{\"by\":\"" + by + "\"}");
    }

    private static Instant now(RunningServer server) {
        return Instant.parse(ok(server, "GET", "clock", "").path("now").asText());
    }

    private static void call(RunningServer server, String action) {
        assertThat(server.call(action, "InstanceId", INSTANCE, "DiskId", DISK).statusCode())
                .isEqualTo(200);
    }

    private static String status(RunningServer server) {
        return server.disk(DISK).path("Status").asText();
    }

    @Test
    void whatIsDueUntilThenHasHappenedWhenAnAdvanceAnswers() {
        try (var server = RunningServer.start("moorage.time-scale = stepped")) {
            call(server, "DetachDisk");

            assertThat(advance(server, "PT59S").path("completed").asInt()).isZero();
            assertThat(status(server)).isEqualTo("Detaching");
            assertThat(advance(server, "PT1S").path("completed").asInt()).isPositive();
            assertThat(status(server)).isEqualTo("Available");
        }
    }

    @Test
    void whatFollowsFromWhatIsDueOnTheWayHappensOnTheWay() {
        try (var server = RunningServer.start("moorage.time-scale = stepped")) {
            var begun = now(server);
            // Pending for 2 s, then Starting for 3 s.
            var made = server.json(
                    "RunInstances", "RegionId", "cn-hangzhou", "ImageId", "m-1", "InstanceType", "ecs.g5.large");
            String id = made.at("/InstanceIdSets/InstanceIdSet/0").asText();

            advance(server, "1m");

            var instance = server.json(
                            "DescribeInstances", "RegionId", "cn-hangzhou", "InstanceIds", "[\"" + id + "\"]")
                    .at("/Instances/Instance/0");
            assertThat(instance.path("Status").asText()).isEqualTo("Running");
            var history = server.get("/_moorage/journal?entity=" + id)
                    .body()
                    .lines()
                    .filter(line -> line.contains("instance.started"))
                    .findFirst()
                    .orElseThrow();
            assertThat(history).contains(begun.plusSeconds(5).toString());
        }
    }

    @Test
    void tenThousandDueDetachesEndInOneAdvance(@TempDir Path directory) throws IOException {
        var fleet = Files.writeString(directory.resolve("fleet.conf"), """
                generate { instances = 625, disksPerInstance = 16 }
                """);
        try (var server = RunningServer.start(
                "moorage.time-scale = stepped",
                "moorage.fleets = [ \"" + fleet + "\" ]",
                "moorage.seed = 3",
                "moorage.durations.DetachDisk = \"uniform 30s 90s\"")) {
            server.server().ecs().environment().world().disks().toList().parallelStream()
                    .forEach(disk -> assertThat(server.call(
                                            "DetachDisk",
                                            "InstanceId",
                                            Objects.requireNonNull(disk.attachment())
                                                    .instanceId()
                                                    .value(),
                                            "DiskId",
                                            disk.id().value())
                                    .statusCode())
                            .isEqualTo(200));

            assertThat(advance(server, "90s").path("completed").asInt()).isGreaterThanOrEqualTo(10_000);

            var world = server.server().ecs().environment().world();
            assertThat(world.disks()
                            .filter(disk -> disk.status().wire().equals("Available"))
                            .count())
                    .isEqualTo(10_000);
            assertThat(world.instances()
                            .mapToInt(instance -> instance.slots().size())
                            .sum())
                    .isZero();
        }
    }

    @Test
    void clientsSeeSimulatedTimeAndSignaturesKnowRealTime() {
        try (var server = RunningServer.start("moorage.time-scale = stepped")) {
            advance(server, "100d");
            call(server, "DetachDisk");
            advance(server, "60s");

            assertThat(Instant.parse(server.disk(DISK).path("DetachedTime").asText()))
                    .isBeforeOrEqualTo(now(server))
                    .isAfter(now(server).minusSeconds(120));
        }
    }

    @Test
    void standsStillUntilItIsToldToGoOn() {
        try (var server = RunningServer.start()) {
            var paused = ok(server, "POST", "clock/pause", "");
            server.advance(Duration.ofSeconds(30));

            assertThat(paused.path("paused").asBoolean()).isTrue();
            assertThat(now(server)).isEqualTo(Instant.parse(paused.path("now").asText()));
            assertThat(ok(server, "POST", "clock/resume", "").path("paused").asBoolean())
                    .isFalse();
            var before = now(server);
            server.advance(Duration.ofSeconds(30));
            assertThat(now(server)).isEqualTo(before.plusSeconds(30));
        }
    }

    @Test
    void runsAtThePaceThatItIsGiven() {
        try (var server = RunningServer.start()) {
            ok(server, "PUT", "clock", "{\"scale\":60}");
            var before = now(server);

            server.advance(Duration.ofSeconds(1));

            assertThat(now(server)).isEqualTo(before.plusSeconds(60));
        }
    }

    @Test
    void goesOnAfterARestartAsTheJournalHasIt(@TempDir Path directory) {
        String data = "moorage { in-memory = false, data = \"" + directory + "\" }";
        Instant stood;
        try (var server = RunningServer.start(data)) {
            ok(server, "POST", "clock/pause", "");
            advance(server, "1h");
            ok(server, "PUT", "progressions/DetachDisk", "{\"progression\":\"manual\"}");
            call(server, "DetachDisk");
            stood = now(server);
        }
        try (var server = RunningServer.start(data)) {
            assertThat(now(server)).isEqualTo(stood);
            assertThat(ok(server, "GET", "progressions", "")
                            .at("/DetachDisk/progression")
                            .asText())
                    .isEqualTo("manual");
            advance(server, "1h");
            assertThat(status(server)).isEqualTo("Detaching");
            assertThat(ok(server, "POST", "resources/" + DISK + "/complete", "")
                            .path("status")
                            .asText())
                    .isEqualTo("Available");
        }
    }

    @Test
    void aProgressionThatWasSetCanBeTakenBack() {
        try (var server = RunningServer.start("moorage.time-scale = stepped")) {
            ok(server, "PUT", "progressions/DetachDisk", "{\"progression\":\"immediate\"}");
            ok(server, "DELETE", "progressions/DetachDisk", "");
            call(server, "DetachDisk");

            advance(server, "59s");
            assertThat(status(server)).isEqualTo("Detaching");
            advance(server, "1s");
            assertThat(status(server)).isEqualTo("Available");
        }
    }

    @Test
    void equalSeedsTakeEquallyLong() {
        assertThat(dues(1)).isEqualTo(dues(1)).isNotEqualTo(dues(2));
    }

    private static List<String> dues(long seed) {
        try (var server = RunningServer.start(
                "moorage.time-scale = stepped",
                "moorage.durations.DetachDisk = \"lognormal 60s 0.5\"",
                "moorage.seed = " + seed)) {
            call(server, "DetachDisk");
            var world = server.server().ecs().environment().world();
            return world.disks()
                    .map(disk -> disk.id() + " " + disk.deadline())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST | clock/advance | {} | by is missing
                    POST | clock/advance | {"by":5} | by is a text, not 5
                    POST | clock/advance | {"by":"soon"} | by is a length of time such as 500ms, 60s or 2m, not soon
                    POST | clock/advance | {"by":"-5s"} | time does not run back
                    POST | clock/advance | {"by":"9999999d"} | up to 3650 days
                    POST | clock/advance | {"By":"5s"} | Did you mean by?
                    PUT | clock | {} | scale is missing
                    PUT | clock | {"scale":0} | scale is a number above 0
                    PUT | clock | {"scale":"60"} | scale is a number, not "60"
                    PUT | progressions/DetachDisk | {"progression":"soonish"} | uniform 30s 90s
                    PUT | progressions/DetachDsk | {"progression":"60s"} | Did you mean DetachDisk?
                    POST | resources/d-nothing/complete | {} | There is no disk and no instance d-nothing
                    POST | resources/d-23jbf2v5m/complete | {} | Nothing is under way with d-23jbf2v5m
                    """)
    void saysWhatWasExpected(String method, String path, String body, String sentence) {
        try (var server = RunningServer.start()) {
            var answer = send(server, method, path, body);

            assertThat(answer.statusCode()).isBetween(400, 409);
            assertThat(json(answer).path("error").asText()).contains(sentence);
        }
    }

    @Test
    void thePastStandsStill(@TempDir Path directory) {
        String data = "moorage { in-memory = false, data = \"" + directory + "\" }";
        try (var server = RunningServer.start(data)) {
            assertThat(status(server)).isEqualTo("In_use");
        }
        try (var server = RunningServer.past("5", data)) {
            assertThat(send(server, "POST", "clock/advance", "{\"by\":\"5s\"}").statusCode())
                    .isEqualTo(409);
        }
    }
}
