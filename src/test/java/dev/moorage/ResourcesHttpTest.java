package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is, and all that is known of one of them. */
class ResourcesHttpTest {
    private static List<String> ids(JsonNode list) {
        var ids = new ArrayList<String>();
        list.path("resources").forEach(resource -> ids.add(resource.path("id").asText()));
        return ids;
    }

    private static List<String> types(JsonNode resource) {
        var types = new ArrayList<String>();
        resource.path("history").forEach(event -> types.add(event.path("type").asText()));
        return types;
    }

    @Test
    void tellsAllOfADisk() {
        try (var server = RunningServer.start()) {
            server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");
            var disk = server.admin("resources/d-23jbf2v5m");

            assertThat(disk.path("kind").asText()).isEqualTo("disk");
            assertThat(disk.path("account").asText()).isEqualTo("default");
            assertThat(disk.path("status").asText()).isEqualTo("Detaching");
            assertThat(disk.at("/state/status").asText()).isEqualTo("DETACHING");
            assertThat(disk.at("/why/waitsFor").asText()).isEqualTo("deadline");
            assertThat(disk.at("/why/endsWith/0").asText()).isEqualTo("Available");
            assertThat(disk.at("/why/remaining").asText()).isEqualTo("PT1M");
            assertThat(disk.at("/why/begunBy/action").asText()).isEqualTo("DetachDisk");
            assertThat(disk.at("/why/text").asText()).contains("60.0 s after now");
            assertThat(types(disk)).containsExactly("disk.provisioned", "disk.detaching");
            assertThat(disk.at("/history/1/offset").asLong())
                    .isEqualTo(disk.at("/why/offset").asLong());
            assertThat(disk.has("more")).isFalse();

            server.advance(Duration.ofSeconds(61));
            while (!server.disk("d-23jbf2v5m").path("Status").asText().equals("Available")) Thread.onSpinWait();
            assertThat(server.admin("resources/d-23jbf2v5m").at("/why/waitsFor").asText())
                    .isEqualTo("call");
        }
    }

    @Test
    void tellsAllOfAnInstance() {
        try (var server = RunningServer.start()) {
            var instance = server.admin("resources/i-23jggx34b");

            assertThat(instance.path("kind").asText()).isEqualTo("instance");
            assertThat(instance.path("status").asText()).isEqualTo("Running");
            assertThat(instance.at("/state/id").asText()).isEqualTo("i-23jggx34b");
            assertThat(instance.at("/why/waitsFor").asText()).isEqualTo("call");
            assertThat(types(instance)).containsExactly("instance.provisioned");
        }
    }

    @Test
    void tellsAllOfASnapshotFromTheHistoryOfItsDisk() {
        try (var server = RunningServer.start()) {
            String id = server.json("CreateSnapshot", "DiskId", "d-23jbf2v5m")
                    .path("SnapshotId")
                    .asText();
            var snapshot = server.admin("resources/" + id);

            assertThat(snapshot.path("kind").asText()).isEqualTo("snapshot");
            assertThat(snapshot.path("diskId").asText()).isEqualTo("d-23jbf2v5m");
            assertThat(snapshot.path("status").asText()).isEqualTo("progressing");
            assertThat(snapshot.at("/why/waitsFor").asText()).isEqualTo("deadline");
            assertThat(snapshot.at("/state/id").asText()).isEqualTo(id);
            assertThat(types(snapshot)).containsExactly("disk.snapshot-creating");
            assertThat(ids(server.admin("resources?kind=snapshot&status=progressing")))
                    .containsExactly(id);
        }
    }

    @Test
    void givesAHistoryInParts() {
        try (var server = RunningServer.start()) {
            server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");
            var newest = server.admin("resources/d-23jbf2v5m?limit=1");
            var older = server.admin("resources/d-23jbf2v5m?limit=1&before="
                    + newest.path("more").asLong());

            assertThat(types(newest)).containsExactly("disk.detaching");
            assertThat(types(older)).containsExactly("disk.provisioned");
            assertThat(older.has("more")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind=disk&status=detaching  | d-busy1
            kind=Instance&status=starting | i-starting1
            account=nobody              |
            kind=snapshot               |
            status=Starting             | i-starting1
            """)
    void findsWhatThereIs(String query, String id) {
        try (var server = RunningServer.start()) {
            assertThat(ids(server.admin("resources?" + query))).isEqualTo(id == null ? List.of() : List.of(id));
        }
    }

    @Test
    void listsWhatIsGoneForWhoAsksForIt() {
        try (var server = RunningServer.start()) {
            assertThat(ids(server.admin("resources"))).doesNotContain("d-gone1");
            assertThat(ids(server.admin("resources?status=Released"))).containsExactly("d-gone1");
            assertThat(server.admin("resources/d-gone1").at("/why/waitsFor").asText())
                    .isEqualTo("nothing");
        }
    }

    @Test
    void canBePagedThrough() {
        try (var server = RunningServer.start()) {
            var all = ids(server.admin("resources"));
            var seen = new ArrayList<String>();
            var page = server.admin("resources?limit=3");
            seen.addAll(ids(page));
            while (page.has("more")) {
                page = server.admin(
                        "resources?limit=3&after=" + page.path("more").asText());
                seen.addAll(ids(page));
            }

            assertThat(seen).isEqualTo(all).hasSize(13);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resources/d-nosuch       | 404 | There is no d-nosuch, and there never was
            resources/x              | 404 | There is no x, and there never was
            resources?after=d-nosuch | 404 | There is no d-nosuch, and there never was
            resources?kind=dsik      | 400 | There is no kind dsik. Did you mean disk? There are disk, instance, snapshot
            resources?limit=-1       | 400 | limit is a whole number, 0 or more, not -1
            resources/d-busy1?before=x | 400 | before is a whole number, 0 or more, not x
            """)
    void saysWhatIsWrong(String path, int status, String sentence) {
        try (var server = RunningServer.start()) {
            var answer = server.get("/_moorage/" + path);

            assertThat(answer.body()).isEqualTo("{\"error\":\"" + sentence + "\"}");
            assertThat(answer.statusCode()).isEqualTo(status);
        }
    }
}
