package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.view.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that ends anywhere in a restoration: after the next start all is as before it, or as after it. */
@Timeout(180)
class RestoringCrashTest {
    private static final String FLEET = """
            instances = [
              { id = i-one, disks = [ { id = d-one-sys, type = system }, { id = d-one } ] }
              { id = i-two, account = team, disks = [ { id = d-two-sys, type = system }, { id = d-two } ] }
            ]
            disks = [ { id = d-loose }, { id = d-team, account = team } ]
            """;

    private final Path directory;

    RestoringCrashTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private RunningServer start(Path data) {
        return RunningServer.start(
                "moorage.in-memory = false",
                "moorage.data = \"" + data + "\"",
                "moorage.journal.fsync = false",
                "moorage.fleets = [ \"" + directory.resolve("fleet.conf") + "\" ]");
    }

    private static void ask(RunningServer server, String method, String path, String body) {
        var answer = server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private static void call(RunningServer server, String action, String... arguments) {
        var answer = server.call(action, arguments);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Where everything is that is there. */
    private static Map<String, String> state(World world) {
        var state = new TreeMap<String, String>();
        world.disks()
                .filter(disk -> !disk.isReleased())
                .forEach(disk -> state.put(disk.id().value(), disk.status() + " " + disk.attachment()));
        world.instances()
                .filter(instance -> !instance.isReleased())
                .forEach(instance -> state.put(instance.id().value(), instance.status() + " " + instance.slots()));
        return state;
    }

    private static World world(RunningServer server) {
        return server.server().ecs().environment().world();
    }

    private static long begun(Path data) throws IOException {
        long[] found = {-1};
        try (var store = new EventStore(LevelDbStorage.open(data, Engine.JAVA, false))) {
            store.read(0, Long.MAX_VALUE, (offset, value) -> {
                if (EventCodec.json(value).contains("restoring.begun")) found[0] = offset;
            });
        }
        return found[0];
    }

    @ParameterizedTest
    @CsvSource({"reset,", "reset, team", "reset, default", "snapshots/early/load,", "snapshots/late/load,"})
    void isFinishedByTheNextStart(String operation, String account) throws IOException {
        Files.writeString(directory.resolve("fleet.conf"), FLEET);
        var data = directory.resolve("data");
        Map<String, String> before;
        Map<String, String> after;
        long last;
        try (var server = start(data)) {
            ask(server, "PUT", "snapshots/early", "");
            call(server, "DetachDisk", "InstanceId", "i-one", "DiskId", "d-one");
            call(server, "CreateDisk", "RegionId", "cn-hangzhou", "ZoneId", "cn-hangzhou-b", "Size", "20");
            ask(server, "PUT", "snapshots/late", "");
            ask(server, "POST", "clock/advance", "{\"by\": \"2m\"}");
            call(server, "DeleteDisk", "DiskId", "d-loose");
            call(server, "AttachDisk", "InstanceId", "i-one", "DiskId", "d-one");
            before = state(world(server));
            ask(server, "POST", operation, account == null ? "" : "{\"account\": \"" + account + "\"}");
            after = state(world(server));
            last = world(server).offset();
        }
        if (!"team".equals(account)) assertThat(after).isNotEqualTo(before);
        long begun = begun(data);
        assertThat(begun).isPositive();

        for (long end = begun - 1; end <= last; end++) {
            var cut = directory.resolve("cut-" + end);
            var fork = Ran.moorage("journal", "fork", "--data", data, "--at", end, "--to", cut);
            assertThat(fork.exitCode()).as(fork.err()).isZero();
            try (var server = start(cut)) {
                assertThat(state(world(server)))
                        .as("cut at %d of %d", end, last)
                        .isEqualTo(end < begun ? before : after);
                assertThat(world(server).controls().restoring()).isNull();
                assertThat(state(world(server)).keySet()).contains("i-one", "d-one", "i-two", "d-two");
            }
            var verified = Ran.moorage("journal", "verify", "--data", cut);
            assertThat(verified.exitCode()).as(verified.out()).isZero();
        }
    }
}
