package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainStormHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STORM = "incidents/drain-storm-1";

    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        var fleet = directory.resolve("fleet.conf");
        Files.writeString(fleet, "generate = { instances = 10, disksPerInstance = 3 }");
        server = RunningServer.start("moorage.fleets = [ \"" + fleet + "\" ]");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path, String body) {
        return server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode done(String method, String path, String body) {
        var answer = ask(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode progress(Predicate<JsonNode> wanted) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> server.admin(STORM).path("progress"), wanted);
    }

    private void advance(String by) {
        done("POST", "clock/advance", "{\"by\": \"" + by + "\"}");
    }

    @Test
    void detachesAllAndSaysHowLongItTook() {
        var begun = done("POST", "incidents/drain-storm", "{\"instances\": 4, \"disksEach\": 2, \"inFlight\": 3}");
        assertThat(begun.at("/progress/instances").asInt()).isEqualTo(4);
        assertThat(begun.at("/progress/disks").asInt()).isEqualTo(8);

        var underWay = progress(progress -> progress.path("underWay").asInt() == 8);
        assertThat(underWay.path("drained").asBoolean()).isFalse();
        assertThat(underWay.has("timeToDrain")).isFalse();
        advance("60s");

        var drained = progress(progress -> progress.path("drained").asBoolean());
        assertThat(drained.path("detached").asInt()).isEqualTo(8);
        assertThat(drained.path("timeToDrain").asText()).isEqualTo("PT1M");
        assertThat(drained.path("calls").asInt()).isEqualTo(8);
        assertThat(drained.path("refused")).isEmpty();
    }

    @Test
    void triesAgainWhatIsTurnedAway() {
        done(
                "POST",
                "incidents/drain-storm",
                "{\"instances\": 10, \"throttledShare\": 0.5, \"retry\": \"10ms\", \"code\": \"Throttling.User\"}");
        var underWay = progress(progress -> progress.path("underWay").asInt() == 30);

        assertThat(underWay.at("/refused/Throttling.User").asInt()).isPositive();
        assertThat(underWay.path("calls").asInt())
                .isEqualTo(30 + underWay.at("/refused/Throttling.User").asInt());
    }

    @Test
    void whatIsStuckComesOffWhenTheStormIsEnded() {
        done("POST", "incidents/drain-storm", "{\"instances\": 2, \"stuckShare\": 1}");
        progress(progress -> progress.path("stuck").asInt() == 6);
        advance("1h");
        assertThat(server.admin(STORM).at("/progress/detached").asInt()).isZero();

        assertThat(done("DELETE", STORM, "").path("freed")).hasSize(6);

        var over = server.admin(STORM);
        assertThat(over.path("over").asBoolean()).isTrue();
        assertThat(over.at("/progress/timeToDrain").asText()).isEqualTo("PT1H");
    }

    @Test
    void standsInTheStoryOfEachCall() {
        done("POST", "incidents/drain-storm", "{\"disksEach\": 1}");
        progress(progress -> progress.path("underWay").asInt() == 1);

        assertThat(server.get("/_moorage/journal").body())
                .contains("\"caller\":\"drain-storm\"")
                .contains("\"incident\":\"drain-storm-1\"");
    }

    @Test
    void givesUpAfterSoManyTries() {
        done(
                "POST",
                "incidents/drain-storm",
                "{\"disksEach\": 1, \"throttledShare\": 1, \"retry\": \"1ms\", \"tries\": 3}");
        var given = progress(progress -> progress.path("givenUp").asInt() == 1);
        assertThat(given.path("calls").asInt()).isEqualTo(3);
        assertThat(given.path("waiting").asInt()).isZero();
    }

    @Test
    void leavesOthersCallsAlone() {
        done("POST", "incidents/drain-storm", "{\"disksEach\": 1, \"throttledShare\": 1, \"retry\": \"1h\"}");
        var disk = server.json("DescribeDisks", "RegionId", "cn-hangzhou", "DiskType", "data")
                .at("/Disks/Disk/0");
        var answer = server.call(
                "DetachDisk",
                "InstanceId",
                disk.path("InstanceId").asText(),
                "DiskId",
                disk.path("DiskId").asText());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "instances, 0, 400",
        "instances, many, 400",
        "disksEach, -1, 400",
        "inFlight, 0, 400",
        "retry, soon, 400",
        "tries, 0, 400",
        "stuckShare, 2, 400",
        "share, 0.5, 400",
        "instanceId, i-unknown, 409"
    })
    void doesNotBeginWhatCannotBe(String name, String value, int status) {
        var answer = ask("POST", "incidents/drain-storm", "{\"" + name + "\": \"" + value + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("error");
        assertThat(server.admin("incidents").path("active")).isEmpty();
    }
}
