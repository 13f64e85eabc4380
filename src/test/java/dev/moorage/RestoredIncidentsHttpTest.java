package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.EventName;
import dev.moorage.domain.Story;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Journal;
import dev.moorage.journal.LevelDbStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator has set, and what it has done to disks, around resets, loads and restarts. */
class RestoredIncidentsHttpTest {
    private static final String DISK = "d-23jbf2v5m";
    private static final String INSTANCE = "i-23jggx34b";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FLEET = """
            accounts = [ { accessKeyId = late, accessKeySecret = s1, account = team } ]
            disks = [ { id = d-late, account = team } ]
            """;

    private static HttpResponse<String> ask(RunningServer server, String method, String path, String body) {
        return server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode done(RunningServer server, String method, String path, String body) {
        var answer = ask(server, method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String[] on(Path data) {
        return new String[] {
            "moorage.in-memory = false", "moorage.data = \"" + data + "\"", "moorage.journal.fsync = false"
        };
    }

    /** What somebody hears who has a key and no signature. */
    private static String code(RunningServer server, String key) {
        return server.json("DescribeDisks", "RegionId", "cn-hangzhou", "AccessKeyId", key)
                .path("Code")
                .asText();
    }

    private static void hang(RunningServer server) {
        done(server, "POST", "incidents/stuck-detaching", "{\"diskId\": \"" + DISK + "\"}");
        assertThat(server.call("DetachDisk", "InstanceId", INSTANCE, "DiskId", DISK)
                        .statusCode())
                .isEqualTo(200);
    }

    private static String status(RunningServer server) {
        return server.disk(DISK).path("Status").asText();
    }

    private static EventStore store(Path data) throws IOException {
        return new EventStore(LevelDbStorage.open(data, Engine.JAVA, false));
    }

    @Test
    void keysThatCameWithAFleetAreThereAfterARestartAndGoneAfterAReset(@TempDir Path data) {
        try (var server = RunningServer.start(on(data))) {
            assertThat(code(server, "late")).isEqualTo("InvalidAccessKeyId.NotFound");
            done(server, "POST", "fleet", FLEET);
            done(server, "POST", "fleet", FLEET);
            assertThat(code(server, "late")).isEqualTo("MissingParameter");
        }
        try (var server = RunningServer.start(on(data))) {
            assertThat(code(server, "late")).isEqualTo("MissingParameter");
            done(server, "POST", "reset", "{\"account\": \"default\"}");
            assertThat(code(server, "late")).isEqualTo("MissingParameter");
            done(server, "POST", "reset", "");
            assertThat(code(server, "late")).isEqualTo("InvalidAccessKeyId.NotFound");
            assertThat(code(server, "testid")).isEqualTo("MissingParameter");
        }
        try (var server = RunningServer.start(on(data))) {
            assertThat(code(server, "late")).isEqualTo("InvalidAccessKeyId.NotFound");
        }
    }

    @Test
    void thePastKnowsTheKeysThatCameWithAFleet(@TempDir Path data) {
        try (var server = RunningServer.start(on(data))) {
            done(server, "POST", "fleet", FLEET);
        }
        try (var server = RunningServer.past("1000000", on(data))) {
            assertThat(code(server, "late")).isEqualTo("MissingParameter");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"incidents/stuck-detaching-1", "incidents/stuck-detaching", "incidents"})
    void whatAnIncidentLeftBehindIsLetGoWhenItIsEndedAgain(String which, @TempDir Path data) throws IOException {
        try (var server = RunningServer.start(on(data))) {
            hang(server);
        }
        try (var store = store(data)) {
            // As after an end that was cut short.
            var story = new Story(
                    "R-1", "operator", "DELETE incidents", Clock.systemUTC().instant());
            var journal = new Journal(store, Clock.systemUTC(), recorded -> {});
            Fleets.appendControls(new ControlsEvent.IncidentEnded(story, "stuck-detaching-1"), journal);
        }
        try (var server = RunningServer.start(on(data))) {
            assertThat(status(server)).isEqualTo("Detaching");
            assertThat(ask(server, "DELETE", "incidents/stuck", "").statusCode())
                    .isEqualTo(404);

            var answer = done(server, "DELETE", which, "");

            assertThat(answer.at("/ended/0").asText()).isEqualTo("stuck-detaching-1");
            assertThat(answer.at("/freed/0").asText()).isEqualTo(DISK);
            assertThat(status(server)).isEqualTo("Available");
            int again = which.equals("incidents") ? 200 : 404;
            assertThat(ask(server, "DELETE", which, "").statusCode()).isEqualTo(again);
        }
    }

    @Test
    void whatIsNeverToEndDoesNotEndWithItsIncident() {
        try (var server = RunningServer.start()) {
            done(server, "POST", "incidents/normal-detach", "{\"diskId\": \"" + DISK + "\", \"time\": \"never\"}");
            server.call("DetachDisk", "InstanceId", INSTANCE, "DiskId", DISK);
            assertThat(done(server, "DELETE", "incidents", "").path("freed")).isEmpty();
            assertThat(status(server)).isEqualTo("Detaching");
            done(server, "POST", "resources/" + DISK + "/complete", "");
            assertThat(status(server)).isEqualTo("Available");
        }
    }

    @Test
    void whatAnIncidentHeldThatIsOverByNowEndsAfterALoad() {
        try (var server = RunningServer.start()) {
            hang(server);
            done(server, "PUT", "snapshots/hung", "");
            done(server, "DELETE", "incidents", "");
            assertThat(status(server)).isEqualTo("Available");

            done(server, "POST", "snapshots/hung/load", "");
            done(server, "POST", "clock/advance", "{\"by\": \"1ms\"}");

            assertThat(status(server)).isEqualTo("Available");
        }
    }

    @Test
    void whatAnIncidentHoldsThatGoesOnIsHeldAfterALoad() {
        try (var server = RunningServer.start()) {
            hang(server);
            done(server, "PUT", "snapshots/hung", "");
            done(server, "POST", "resources/" + DISK + "/complete", "");

            done(server, "POST", "snapshots/hung/load", "");
            done(server, "POST", "clock/advance", "{\"by\": \"1h\"}");

            assertThat(status(server)).isEqualTo("Detaching");
            assertThat(done(server, "DELETE", "incidents", "").at("/freed/0").asText())
                    .isEqualTo(DISK);
        }
    }

    @Test
    void noRuleHoldsBetweenTheFactsOfAResetAndTheReset(@TempDir Path data) throws IOException {
        try (var server = RunningServer.start(on(data))) {
            hang(server);
            done(server, "POST", "reset", "");
        }
        var names = new ArrayList<String>();
        try (var store = store(data)) {
            store.read(
                    0,
                    Long.MAX_VALUE,
                    (offset, value) -> names.add(
                            EventName.of(EventCodec.decode(offset, value).event())));
        }
        int begun = names.indexOf("restoring.begun");
        int done = names.indexOf("restoring.done");
        assertThat(names.subList(begun + 1, done - 1)).isNotEmpty().allMatch(name -> name.endsWith(".restored"));
        assertThat(names.get(done - 1)).isEqualTo("controls.reset");
        assertThat(List.of(begun, done)).isSorted();
    }
}
