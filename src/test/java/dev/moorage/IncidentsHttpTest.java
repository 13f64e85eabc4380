package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator lets go wrong, at the admin door and at the vendor's. */
class IncidentsHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTANCE = "i-23jggx34b";
    private static final String DISK = "d-23jbf2v5m";
    private static final String STEPPED = "moorage.time-scale = stepped";

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
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return json(answer);
    }

    private static HttpResponse<String> detach(RunningServer server) {
        return server.call("DetachDisk", "InstanceId", INSTANCE, "DiskId", DISK, "Format", "JSON");
    }

    /** All that comes on a connection until it ends: a client of the JDK's would call again by itself. */
    private static String raw(RunningServer server, String query) throws IOException {
        var at = URI.create(server.url());
        try (var socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /?Version=2014-05-26&Format=JSON&" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            var came = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(came);
            } catch (SocketException e) {
                came.writeBytes("(reset)".getBytes(StandardCharsets.UTF_8));
            }
            return came.toString(StandardCharsets.UTF_8);
        }
    }

    private static String status(RunningServer server) {
        return server.disk(DISK).path("Status").asText();
    }

    private static void advance(RunningServer server, String by) {
        ok(server, "POST", "clock/advance", "{\"by\":\"" + by + "\"}");
    }

    @Test
    void aStuckDetachEndsWithItsIncident() {
        try (var server = RunningServer.start(STEPPED)) {
            var begun = ok(server, "POST", "incidents/stuck-detaching", "{\"diskId\":\"" + DISK + "\"}");
            assertThat(begun.path("id").asText()).isEqualTo("stuck-detaching-1");

            assertThat(detach(server).statusCode()).isEqualTo(200);
            advance(server, "PT24H");
            assertThat(status(server)).isEqualTo("Detaching");
            assertThat(ok(server, "GET", "incidents/stuck-detaching-1", "").path("holds"))
                    .hasSize(1);

            var ended = ok(server, "DELETE", "incidents/stuck-detaching-1", "");
            assertThat(ended.path("freed").path(0).asText()).isEqualTo(DISK);
            assertThat(status(server)).isEqualTo("Available");
            assertThat(ok(server, "GET", "incidents", "").path("active")).isEmpty();
        }
    }

    @Test
    void anIncidentWithAnEndEndsByItself() {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/stuck-detaching", "{\"until\":\"10m\"}");
            detach(server);

            advance(server, "PT599S");
            assertThat(status(server)).isEqualTo("Detaching");
            advance(server, "PT1S");
            assertThat(status(server)).isEqualTo("Available");
            assertThat(ok(server, "GET", "incidents", "").path("active")).isEmpty();
        }
    }

    @Test
    void whatAnIncidentHoldsAndCountsSurvivesARestart(@TempDir Path data) {
        String[] settings = {STEPPED, "moorage.in-memory = false", "moorage.data = \"" + data.resolve("data") + "\""};
        try (var server = RunningServer.start(settings)) {
            ok(server, "POST", "incidents/server-errors", "{\"action\":\"DetachDisk\",\"count\":2}");
            ok(server, "POST", "incidents/stuck-detaching", "{}");
            assertThat(detach(server).statusCode()).isEqualTo(500);
            await().until(() ->
                    ok(server, "GET", "rules", "").at("/rules/0/applied").asInt() == 1);
        }
        settings[0] = "moorage.time-scale = unchanged";
        try (var server = RunningServer.start(settings)) {
            assertThat(detach(server).statusCode()).isEqualTo(500);
            assertThat(detach(server).statusCode()).isEqualTo(200);
            advance(server, "PT1H");
            assertThat(status(server)).isEqualTo("Detaching");
        }
        try (var server = RunningServer.start(settings)) {
            assertThat(status(server)).isEqualTo("Detaching");
            ok(server, "DELETE", "incidents", "");
            assertThat(status(server)).isEqualTo("Available");
        }
    }

    @Test
    void aDetachThatFailsLateFallsBackToInUse() {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/detach-fails-late", "{}");
            detach(server);
            assertThat(status(server)).isEqualTo("Detaching");

            advance(server, "PT60S");
            assertThat(status(server)).isEqualTo("In_use");
        }
    }

    @Test
    void aSixthDetachIsTurnedAwayHoweverManyComeAtOnce(@TempDir Path directory) throws IOException {
        var fleet =
                Files.writeString(directory.resolve("fleet.conf"), "generate { instances = 1, disksPerInstance = 16 }");
        try (var server = RunningServer.start(STEPPED, "moorage.fleets = [ \"" + fleet + "\" ]")) {
            ok(server, "POST", "incidents/five-detaches", "{}");
            var disks = server.server()
                    .ecs()
                    .environment()
                    .world()
                    .disks()
                    .filter(disk -> !disk.isSystemDisk())
                    .toList();

            var codes = disks.parallelStream()
                    .map(disk -> server.json(
                            "DetachDisk",
                            "DiskId",
                            disk.id().value(),
                            "InstanceId",
                            disk.attachment().instanceId().value()))
                    .map(answer -> answer.path("Code").asText())
                    .toList();

            assertThat(codes).filteredOn(String::isEmpty).hasSize(5);
            assertThat(codes).filteredOn(code -> !code.isEmpty()).containsOnly("DisksDetachingOnEcsExceeded");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "throttled, '{\"limit\":0}', 400, Throttling",
        "throttled, '{\"limit\":0,\"code\":\"Throttling.User\"}', 400, Throttling.User",
        "server-errors, {}, 500, InternalError",
        "server-errors, '{\"code\":\"ServiceUnavailable\"}', 503, ServiceUnavailable",
        "no-hot-detach, {}, 400, InvalidOperation.InstanceTypeNotSupport",
        "clock-skew, {}, 400, InvalidTimeStamp.Expired",
        "clock-skew, '{\"code\":\"SignatureNonceUsed\"}', 400, SignatureNonceUsed",
    })
    void anInjectedErrorIsAnsweredWithoutEffect(String name, String body, int status, String code) {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/" + name, body);

            var answer = detach(server);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(json(answer).path("Code").asText()).isEqualTo(code);
            assertThat(server.server().ecs().environment().world().disks())
                    .noneMatch(disk -> disk.id().value().equals(DISK) && disk.transition() != null);
        }
    }

    @Test
    void whatWasAppliedStandsAtItsTimeInTheJournal() {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/server-errors", "{\"share\":1,\"count\":1}");
            detach(server);

            await().untilAsserted(
                            () -> assertThat(server.get("/_moorage/journal").body())
                                    .contains("fault.applied")
                                    .doesNotContain("1970-01-01"));
        }
    }

    @ParameterizedTest
    @CsvSource({"lost-answer, Detaching", "socket-reset, In_use"})
    void aResetConnectionHasNoAnswer(String name, String status) throws IOException {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/" + name, "{\"count\":1}");

            assertThat(raw(server, "Action=DetachDisk&InstanceId=" + INSTANCE + "&DiskId=" + DISK))
                    .doesNotContain("RequestId")
                    .endsWith("(reset)");

            assertThat(status(server)).isEqualTo(status);
        }
    }

    @Test
    void anAnswerBreaksOffHalfway() throws IOException {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/truncated-body", "{\"action\":\"DescribeDisks\",\"count\":1}");

            assertThat(raw(server, "Action=DescribeDisks&RegionId=cn-hangzhou"))
                    .contains("Content-Length")
                    .endsWith("(reset)");

            assertThat(status(server)).isEqualTo("In_use");
        }
    }

    @Test
    void aSlowAnswerComesWholeInTheEnd() {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/slow-body", "{\"action\":\"DescribeDisks\",\"count\":1}");
            long begun = System.nanoTime();

            assertThat(status(server)).isEqualTo("In_use");

            assertThat(System.nanoTime() - begun).isGreaterThan(1_000_000_000L);
        }
    }

    @Test
    void anInstanceIsReleasedWhileADetachIsInFlight() {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/instance-released", "{}");
            detach(server);

            assertThat(server.json(
                                    "DescribeInstances",
                                    "RegionId",
                                    "cn-hangzhou",
                                    "InstanceIds",
                                    "[\"" + INSTANCE + "\"]")
                            .path("TotalCount")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void anInstanceTakesOneAtATimeWithoutItsTag() {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/no-concurrency", "{}");
            assertThat(detach(server).statusCode()).isEqualTo(200);

            var attach = server.json("AttachDisk", "InstanceId", INSTANCE, "DiskId", "d-free1");

            assertThat(attach.path("Code").asText()).isEqualTo("InvalidOperation.Conflict");
        }
    }

    @Test
    void aStuckDetachBlocksTheNextAttach() {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/blocked-neighbour", "{\"instanceId\":\"" + INSTANCE + "\"}");
            detach(server);
            server.call("AttachDisk", "InstanceId", INSTANCE, "DiskId", "d-free1");
            advance(server, "PT1H");

            assertThat(server.disk("d-free1").path("Status").asText()).isEqualTo("Attaching");
            ok(server, "DELETE", "incidents/blocked-neighbour", "");
            assertThat(server.disk("d-free1").path("Status").asText()).isEqualTo("In_use");
            assertThat(status(server)).isEqualTo("Available");
        }
    }

    @Test
    void whatWasDoneToCallsIsInTheJournal() {
        try (var server = RunningServer.start(STEPPED)) {
            ok(server, "POST", "incidents/no-hot-detach", "{}");
            IntStream.range(0, 20).forEach(call -> detach(server));

            await().until(() ->
                    ok(server, "GET", "rules", "").at("/rules/0/applied").asInt() == 20);
            assertThat(server.get("/_moorage/journal").body())
                    .contains("fault.applied", "error InvalidOperation.InstanceTypeNotSupport", DISK);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "incidents/stuck-detach | {} | 404 | There is no incident stuck-detach",
                "incidents/stuck-detaching | {\"share\":2} | 400 | share is above 0, up to 1",
                "incidents/stuck-detaching | {\"until\":\"soon\"} | 400 | until is manual",
                "incidents/takeover | {} | 400 | to is missing",
                "incidents/throttled | {\"code\":\"Throtling\"} | 400 | Did you mean Throttling?",
                "incidents/stuck-detaching | {\"code\":\"Throttling\"} | 400 | A parameter of stuck-detaching",
                "rules | {} | 400 | effect is missing",
                "rules | {\"match\":{\"actions\":[\"DetachDisc\"]},\"effect\":{\"error\":\"InternalError\"}} | 400 | Did you mean DetachDisk?",
                "rules | {\"effect\":{\"error\":\"InternalError\",\"failsLate\":true}} | 400 | do not go with it",
                "rules | {\"effect\":{\"progression\":\"sometimes\"}} | 400 | not sometimes",
                "rules | {\"effect\":{\"answer\":\"lots\"}} | 400 | Did you mean lost?",
                "rules | {\"match\":{\"others\":2},\"effect\":{\"error\":\"InternalError\"}} | 400 | match.otherStatuses",
                "rules | {\"effect\":{\"afterwards\":[\"DropDisk\"]}} | 400 | A call of a rule",
            })
    void saysWhatIsWrong(String path, String body, int status, String sentence) {
        try (var server = RunningServer.start(STEPPED)) {
            var answer = send(server, "POST", path, body);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(json(answer).path("error").asText()).contains(sentence);
        }
    }

    @Test
    void aRuleOfOnesOwnComesAndGoes() {
        try (var server = RunningServer.start(STEPPED)) {
            var added = ok(server, "POST", "rules", """
                    {"match":{"actions":["Detach*"],"diskIds":["%s"]},"effect":{"error":"DiskNotPortable"},"count":1}
                    """.formatted(DISK));
            assertThat(added.path("id").asText()).isEqualTo("rule-1");
            assertThat(json(detach(server)).path("Code").asText()).isEqualTo("DiskNotPortable");
            assertThat(ok(server, "GET", "rules/rule-1", "").path("left").asInt())
                    .isZero();

            assertThat(ok(server, "DELETE", "rules/rule-1", "").path("removed")).hasSize(1);
            assertThat(ok(server, "GET", "rules", "").path("rules")).isEmpty();
            assertThat(detach(server).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "description", "clients", "parameters"})
    void theCatalogueSaysOfEachWhatToExpect(String field) {
        try (var server = RunningServer.start(STEPPED)) {
            var all = ok(server, "GET", "incidents", "").path("incidents");

            assertThat(all)
                    .hasSizeGreaterThan(15)
                    .allMatch(incident -> !incident.path(field).isEmpty()
                            || !incident.path(field).asText().isEmpty()
                            // That one goes on for a time of its own, wherever one connects.
                            || incident.path("name").asText().equals("socket-refused"));
        }
    }
}
