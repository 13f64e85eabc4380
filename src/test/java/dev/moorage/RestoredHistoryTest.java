package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.view.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools and a checkpoint make of a history in which things were brought back. */
class RestoredHistoryTest {
    private static final String DISK = "d-23jbf2v5m";
    private static final String INSTANCE = "i-23jggx34b";

    private final Path data;

    RestoredHistoryTest(@TempDir Path directory) {
        data = directory.resolve("data");
    }

    private RunningServer start() {
        return RunningServer.start(
                "moorage.in-memory = false", "moorage.data = \"" + data + "\"", "moorage.journal.fsync = false");
    }

    private static void ask(RunningServer server, String method, String path, String body) {
        var answer = server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static Map<String, Object> everything(World world) {
        var all = new TreeMap<String, Object>();
        world.placedDisks().forEach(disk -> all.put(disk.thing().id().value(), disk));
        world.placedInstances()
                .forEach(instance -> all.put(instance.thing().id().value(), instance));
        world.placedSnapshots()
                .forEach(snapshot -> all.put(snapshot.thing().snapshot().id().value(), snapshot));
        return all;
    }

    private static World world(RunningServer server) {
        return server.server().ecs().environment().world();
    }

    private String journal(String command, Object... arguments) {
        var words = new Object[arguments.length + 4];
        words[0] = "journal";
        words[1] = command;
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        words[words.length - 2] = "--data";
        words[words.length - 1] = data;
        var ran = Ran.moorage(words);
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return ran.out();
    }

    private static String snapshot(RunningServer server) {
        String id =
                server.json("CreateSnapshot", "DiskId", DISK).path("SnapshotId").asText();
        ask(server, "POST", "clock/advance", "{\"by\": \"10m\"}");
        return id;
    }

    @Test
    void aRestoredSnapshotListIsTheSameAfterAStart() throws IOException {
        Map<String, Object> before;
        String kept;
        String deleted;
        String later;
        try (var server = start()) {
            kept = snapshot(server);
            deleted = snapshot(server);
            assertThat(server.call("DeleteSnapshot", "SnapshotId", deleted).statusCode())
                    .isEqualTo(200);
            ask(server, "PUT", "snapshots/here", "");
            later = snapshot(server);
            ask(server, "POST", "snapshots/here/load", "");
            before = everything(world(server));
            assertThat(before).containsKey(kept).doesNotContainKey(later);
        }
        for (boolean hasCheckpoint : new boolean[] {true, false}) {
            if (!hasCheckpoint) removeCheckpoints();
            try (var server = start()) {
                assertThat(everything(world(server))).isEqualTo(before);
            }
        }
    }

    private void removeCheckpoints() throws IOException {
        try (var files = Files.walk(data)) {
            for (var file : files.filter(it -> it.getFileName().toString().contains("checkpoint"))
                    .filter(Files::isRegularFile)
                    .toList()) Files.delete(file);
        }
    }

    @Test
    void noSnapshotIsFoundAnyMoreAfterAReset() {
        try (var server = start()) {
            String old = snapshot(server);
            ask(server, "POST", "clock/advance", "{\"by\": \"48h\"}");
            String one = snapshot(server);
            String other = snapshot(server);
            assertThat(server.call("DeleteSnapshot", "SnapshotId", old).statusCode())
                    .isEqualTo(200);
            assertThat(server.call("DeleteSnapshot", "SnapshotId", other).statusCode())
                    .isEqualTo(200);
            ask(server, "POST", "reset", "");
            assertThat(everything(world(server))).doesNotContainKeys(old, one, other);
            for (var id : new String[] {old, one, other}) {
                assertThat(server.get("/_moorage/resources/" + id).statusCode()).isEqualTo(404);
                assertThat(server.json(
                                        "DescribeSnapshots",
                                        "RegionId",
                                        "cn-hangzhou",
                                        "SnapshotIds",
                                        "[\"" + id + "\"]")
                                .path("TotalCount")
                                .asInt())
                        .isZero();
            }
        }
    }

    @Test
    void theToolsTellWhatWasBroughtBack() {
        long before;
        try (var server = start()) {
            ask(server, "PUT", "snapshots/here", "");
            before = world(server).offset();
            server.call("DetachDisk", "InstanceId", INSTANCE, "DiskId", DISK);
            ask(server, "POST", "snapshots/here/load", "");
        }
        assertThat(journal("at", before, DISK)).contains("In_use");
        assertThat(journal("diff", before, 1_000_000)).doesNotContain(DISK);
        assertThat(journal("diff", before, before + 2)).contains(DISK);
        assertThat(journal("stats")).contains("restored");
        assertThat(journal("why", DISK)).contains("In_use");
    }

    @Test
    void whatWasNotTouchedIsNotWrittenByALoad() {
        try (var server = start()) {
            ask(server, "PUT", "snapshots/here", "");
            server.call("CreateDisk", "RegionId", "cn-hangzhou", "ZoneId", "cn-hangzhou-b", "Size", "20");
            long before = world(server).offset();
            ask(server, "POST", "snapshots/here/load", "");
            // Beside the beginning and the end: the new disk is gone.
            assertThat(world(server).offset()).isEqualTo(before + 3);
        }
    }
}
