package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.view.Audit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoringHttpTest {
    private static final String DISK = "d-23jbf2v5m";
    private static final String INSTANCE = "i-23jggx34b";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static HttpResponse<String> ask(RunningServer server, String method, String path, String body) {
        return server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode done(RunningServer server, String method, String path, String body) {
        var answer = ask(server, method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String create(RunningServer server, String token) {
        String[] arguments = {
            "RegionId", "cn-hangzhou", "ZoneId", "cn-hangzhou-b", "Size", "40", "DiskCategory", "cloud_efficiency"
        };
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("ClientToken", token));
        return server.json("CreateDisk", all.toArray(String[]::new))
                .path("DiskId")
                .asText();
    }

    private static int detach(RunningServer server) {
        return server.call("DetachDisk", "InstanceId", INSTANCE, "DiskId", DISK).statusCode();
    }

    private static String status(RunningServer server, String disk) {
        return server.disk(disk).path("Status").asText();
    }

    /** What an audit of a journal has against it. */
    static List<String> findings(Path data) throws IOException {
        var found = new ArrayList<String>();
        var audit = new Audit(finding -> {
            if (finding.kind().isProblem()) found.add(finding.toString());
        });
        try (var store = new EventStore(LevelDbStorage.open(data, Engine.JAVA, false))) {
            store.read(0, Long.MAX_VALUE, (offset, value) -> {
                var recorded = EventCodec.decode(offset, value);
                audit.apply(offset, recorded.entity(), recorded.sequenceNr(), recorded.event());
            });
        }
        audit.finish();
        return found;
    }

    private static String[] on(Path data) {
        return new String[] {
            "moorage.in-memory = false", "moorage.data = \"" + data + "\"", "moorage.journal.fsync = false"
        };
    }

    @Test
    void aResetBringsTheFleetBackAndForgetsWhatWasMade(@TempDir Path data) throws IOException {
        try (var server = RunningServer.start(on(data))) {
            String made = create(server, "once");
            assertThat(create(server, "once")).isEqualTo(made);
            assertThat(detach(server)).isEqualTo(200);

            var answer = done(server, "POST", "reset", "");

            assertThat(answer.at("/instances").asInt()).isEqualTo(5);
            assertThat(server.disk(made).isMissingNode()).isTrue();
            assertThat(status(server, DISK)).isEqualTo("In_use");
            assertThat(detach(server)).isEqualTo(200);
            assertThat(status(server, DISK)).isEqualTo("Detaching");
            String again = create(server, "once");
            assertThat(server.disk(again).isMissingNode()).isFalse();
            assertThat(create(server, "once")).isEqualTo(again);
        }
        try (var server = RunningServer.start(on(data))) {
            assertThat(status(server, DISK)).isIn("Detaching", "Available");
        }
        assertThat(findings(data)).isEmpty();
    }

    @Test
    void aResetOfOneAccountLeavesTheOthers() {
        try (var server = RunningServer.start()) {
            detach(server);

            var answer = done(server, "POST", "reset", "{\"account\": \"nobody\"}");

            assertThat(answer.at("/changed/disks").asInt()).isZero();
            assertThat(status(server, DISK)).isEqualTo("Detaching");
        }
    }

    @Test
    void aResetClearsWhatAnOperatorHasSet() {
        try (var server = RunningServer.start()) {
            done(server, "PUT", "progressions/DetachDisk", "{\"progression\": \"manual\"}");
            done(server, "POST", "clock/pause", "");

            done(server, "POST", "reset", "");

            assertThat(done(server, "GET", "clock", "").path("paused").asBoolean())
                    .isFalse();
            var progression = done(server, "GET", "progressions", "").at("/DetachDisk/progression");
            assertThat(progression.asText()).isNotEqualTo("manual");
        }
    }

    @Test
    void aMomentIsFoundAgainAfterARestartAndWhatHadTimeToGoHasItStill(@TempDir Path data) throws IOException {
        String made;
        try (var server = RunningServer.start(on(data))) {
            int before = done(server, "POST", "reset", "").path("disks").asInt();
            assertThat(detach(server)).isEqualTo(200);
            done(server, "POST", "clock/advance", "{\"by\": \"40s\"}");
            made = create(server, "kept");
            var saved = done(server, "PUT", "snapshots/before", "");
            assertThat(saved.path("disks").asInt()).isEqualTo(before + 1);
            assertThat(ask(server, "PUT", "snapshots/before", "").statusCode()).isEqualTo(409);
            done(server, "POST", "clock/advance", "{\"by\": \"1h\"}");
            assertThat(status(server, DISK)).isEqualTo("Available");
            done(server, "POST", "reset", "");
        }
        try (var server = RunningServer.start(on(data))) {
            done(server, "POST", "snapshots/before/load", "");
            assertThat(status(server, DISK)).isEqualTo("Detaching");
            assertThat(create(server, "kept")).isEqualTo(made);
            done(server, "POST", "clock/advance", "{\"by\": \"15s\"}");
            assertThat(status(server, DISK)).isEqualTo("Detaching");
            done(server, "POST", "clock/advance", "{\"by\": \"10s\"}");
            assertThat(status(server, DISK)).isEqualTo("Available");
            done(server, "DELETE", "snapshots/before", "");
            assertThat(ask(server, "POST", "snapshots/before/load", "").statusCode())
                    .isEqualTo(404);
        }
        assertThat(findings(data)).isEmpty();
    }

    @Test
    void aFleetIsAddedWhileRunning() {
        try (var server = RunningServer.start()) {
            String fleet = "disks = [ { id = d-more1 }, { id = d-more2, status = Creating, remaining = 5s } ]";
            assertThat(done(server, "POST", "fleet", fleet).at("/added/disks").asInt())
                    .isEqualTo(2);
            assertThat(status(server, "d-more2")).isEqualTo("Creating");
            done(server, "POST", "clock/advance", "{\"by\": \"6s\"}");
            assertThat(status(server, "d-more2")).isEqualTo("Available");
            assertThat(done(server, "POST", "fleet", fleet).at("/added/disks").asInt())
                    .isZero();
            var demo = done(server, "POST", "fleet", "{\"file\": \"conf/fleets/demo.conf\"}");
            assertThat(demo.at("/added/disks").asInt()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disks = [\n { id = d-a },\n { id = d-a } ]",
                "include \"/etc/hostname\"",
                "include file(\"/etc/hostname\")",
                "disks = [ { id = d-a, name = ${HOME} } ]",
                "{\"file\": \"../moorage.conf\"}",
                "{\"file\": \"/etc/hostname\"}",
                "{\"file\": \"no-such.conf\"}",
                "disks = ["
            })
    void aFleetThatCannotBeAddsNothing(String fleet) {
        try (var server = RunningServer.start()) {
            assertThat(ask(server, "POST", "fleet", fleet).statusCode()).isEqualTo(400);
            assertThat(server.disk("d-a").isMissingNode()).isTrue();
        }
    }

    @Test
    void callsThatRunMeanwhileAreAnsweredAndTheJournalStaysSound(@TempDir Path data) throws IOException {
        try (var server = RunningServer.start(on(data))) {
            done(server, "PUT", "snapshots/start", "");
            var random = new Random(7);
            var callers = new ArrayList<CompletableFuture<Void>>();
            for (int caller = 0; caller < 3; caller++) {
                var own = new Random(random.nextLong());
                callers.add(CompletableFuture.runAsync(() -> {
                    for (int call = 0; call < 40; call++)
                        assertThat(any(server, own)).isLessThan(500);
                }));
            }
            for (int i = 0; i < 6; i++) done(server, "POST", i % 2 == 0 ? "snapshots/start/load" : "reset", "");
            callers.forEach(CompletableFuture::join);
            done(server, "POST", "snapshots/start/load", "");
            assertThat(detach(server)).isEqualTo(200);
        }
        assertThat(findings(data)).isEmpty();
    }

    private static int any(RunningServer server, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> detach(server);
            case 1 ->
                server.call("AttachDisk", "InstanceId", INSTANCE, "DiskId", DISK)
                        .statusCode();
            default -> create(server, "t" + random.nextInt(5)).isEmpty() ? 500 : 200;
        };
    }
}
