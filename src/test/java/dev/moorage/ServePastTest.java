package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moorage.domain.DiskId;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.replay.ExportedHistory;
import dev.moorage.view.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The past answers, and stays as it was. */
@Timeout(60)
class ServePastTest {
    private static final String DISK = "d-23jbf2v5m";
    private static final String INSTANCE = "i-23jggx34b";
    /** A request, and when it was: the disk is on its way off. */
    private static String detach = "";

    private static long beforeTheDetach;
    private static long atTheDetach;
    private static long last;

    @TempDir
    private static Path data;

    private static String settings() {
        return "moorage { in-memory = false, data = \"" + data + "\" }";
    }

    @BeforeAll
    static void makeAPast() throws IOException {
        try (var server = RunningServer.start(settings())) {
            server.advance(Duration.ofSeconds(10));
            server.json("CreateDisk", "RegionId", "cn-hangzhou", "ZoneId", "cn-hangzhou-b", "Size", "20");
            beforeTheDetach = offset(server);
            server.advance(Duration.ofSeconds(10));
            detach = server.json("DetachDisk", "InstanceId", INSTANCE, "DiskId", DISK)
                    .path("RequestId")
                    .asText();
            atTheDetach = offset(server);
            server.advance(Duration.ofMinutes(2));
            await().until(() -> server.disk(DISK).path("Status").asText().equals("Available"));
        }
        last = ExportedHistory.rows(data).size() - 1L;
    }

    private static long offset(RunningServer server) throws IOException {
        return new ObjectMapper()
                .readTree(server.get("/_moorage/ready").body())
                .path("offset")
                .asLong();
    }

    /** What a fold of the journal up to an offset says of each disk that callers see. */
    private static Map<String, String> folded(long until) throws IOException {
        var world = new World();
        try (var store = new EventStore(LevelDbStorage.open(data, Engine.AUTO, true))) {
            store.read(0, until, (offset, value) -> {
                var recorded = EventCodec.decode(offset, value);
                world.apply(offset, recorded.entity(), recorded.event());
            });
        }
        var statuses = new TreeMap<String, String>();
        world.disks()
                .filter(disk -> !disk.isReleased())
                .forEach(disk -> statuses.put(disk.id().value(), disk.status().wire()));
        assertThat(world.disk(new DiskId(DISK))).isNotNull();
        return statuses;
    }

    private static Map<String, String> described(RunningServer server) {
        var statuses = new TreeMap<String, String>();
        for (JsonNode disk : server.json("DescribeDisks", "RegionId", "cn-hangzhou", "PageSize", "100")
                .at("/Disks/Disk")) {
            statuses.put(disk.path("DiskId").asText(), disk.path("Status").asText());
        }
        return statuses;
    }

    @Test
    void answersAsOfThen() throws IOException {
        for (long point : new long[] {beforeTheDetach, atTheDetach, last}) {
            var expected = folded(point);
            try (var past = RunningServer.past(String.valueOf(point), settings())) {
                assertThat(described(past)).as("at %s", point).isEqualTo(expected);
                assertThat(offset(past)).isEqualTo(point);
            }
        }
        assertThat(folded(beforeTheDetach)).containsEntry(DISK, "In_use");
        assertThat(folded(last)).containsEntry(DISK, "Available");
    }

    @Test
    void aRequestAndATimeArePointsToo() {
        // That request led to the end of the detach as well.
        try (var past = RunningServer.past(detach, settings())) {
            assertThat(past.disk(DISK).path("Status").asText()).isEqualTo("Available");
        }
        try (var past = RunningServer.past("03:04:26", settings())) {
            assertThat(past.disk(DISK).path("Status").asText()).isEqualTo("Detaching");
            assertThat(past.server().description())
                    .contains("serving the past at offset " + atTheDetach + " (2026-01-02T03:04:25Z), read-only: ");
        }
    }

    @Test
    void nothingMovesOnAndNothingIsWritten() {
        var before = ExportedHistory.rows(data);
        try (var past = RunningServer.past(String.valueOf(atTheDetach), settings())) {
            past.server().ecs().lookAtClock();
            // By the clock on the wall the detach is over since long ago.
            await().during(Duration.ofMillis(500))
                    .until(() ->
                            past.disk(DISK).path("Status").asText().equals("Detaching") && offset(past) == atTheDetach);
        }
        assertThat(ExportedHistory.rows(data)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "DetachDisk, InstanceId, i-23jggx34b, DiskId, d-23jbf2v5m",
        "DetachDisk, InstanceId, i-nobody, DiskId, d-nobody",
        "DeleteDisk, DiskId, d-23jbf2v5m, Format, JSON",
        "StopInstance, InstanceId, i-23jggx34b, ForceStop, true"
    })
    void everyChangeIsRefused(String action, String name, String value, String otherName, String otherValue) {
        var before = ExportedHistory.rows(data);
        try (var past = RunningServer.past(String.valueOf(beforeTheDetach), settings())) {
            var answer = past.call(action, name, value, otherName, otherValue);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body())
                    .contains("OperationDenied")
                    .contains("The specified operation is denied: this is the past at offset " + beforeTheDetach
                            + " (2026-01-02T03:04:15Z), and it cannot be changed.");
        }
        assertThat(ExportedHistory.rows(data)).isEqualTo(before);
    }

    @Test
    void whatIsWrongWithACallIsSaidAsEver() {
        try (var past = RunningServer.past("0", settings(), "moorage.auth = required")) {
            assertThat(past.json("DescribeDisks", "RegionId", "cn-hangzhou")
                            .path("Code")
                            .asText())
                    .isEqualTo("MissingParameter");
        }
        try (var past = RunningServer.past("0", settings())) {
            assertThat(past.json("DetachDisk", "InstanceId", INSTANCE)
                            .path("Code")
                            .asText())
                    .isEqualTo("MissingParameter");
            assertThat(past.json("Fly").path("Code").asText()).isEqualTo("InvalidAction.NotFound");
        }
    }

    @Test
    void itsJournalEndsThere() {
        try (var past = RunningServer.past(String.valueOf(atTheDetach), settings())) {
            assertThat(Ran.moorage("journal", "events", "--from", past.url(), "--json")
                            .out()
                            .lines())
                    .hasSize((int) atTheDetach + 1);
            assertThat(past.get("/_moorage/journal?from=" + (atTheDetach + 1)).body())
                    .endsWith("{\"end\":true,\"events\":0,\"lastOffset\":-1}\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fleet=conf/fleets/demo.conf", "--in-memory", "--detach-time=1s", "--time-scale=60"})
    void whatWouldChangeThePastDoesNotGoWithIt(String option) {
        assertThat(Ran.moorage("serve", "--port", "0", "--data", data, "--at", "1", option))
                .isEqualTo(new Ran(
                        2,
                        "",
                        "moorage: --at serves what is in a journal already: --in-memory, --fleet, --detach-time and"
                                + " --time-scale do not go with it\n"));
    }

    @Test
    void aPointThatIsNotThereIsSaidInOneSentence(@TempDir Path nothing) {
        for (var wrong : List.of(
                List.of(data, "soon", "not soon"),
                List.of(data, "2025-01-01T00:00:00Z", "come after 2025-01-01T00:00:00Z"),
                List.of(data, "00000000-0000-4000-8000-000000000000", "belongs to the request"),
                List.of(nothing, "1", "There is no journal in " + nothing))) {
            var ran = Ran.moorage("serve", "--port", "0", "--data", wrong.get(0), "--at", wrong.get(1));
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err())
                    .startsWith("moorage: ")
                    .contains(wrong.get(2).toString())
                    .hasLineCount(1);
        }
    }
}
