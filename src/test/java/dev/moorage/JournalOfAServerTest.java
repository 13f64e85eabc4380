package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.moorage.replay.PlantedHistory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tools on a journal that the product wrote. */
@Timeout(60)
class JournalOfAServerTest {
    private static final String INSTANCE = "i-23jggx34b";
    private static final String DISK = "d-23jbf2v5m";

    @TempDir
    private Path directory;

    private RunningServer start() {
        return RunningServer.start("moorage.in-memory = false", "moorage.data = \"" + directory + "\"");
    }

    private static void awaitStatus(RunningServer server, String status) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.disk(DISK).path("Status").asText().equals(status));
    }

    private static void ok(RunningServer server, String action, String... arguments) {
        assertThat(server.call(action, arguments).statusCode()).as(action).isEqualTo(200);
    }

    @Test
    void aWholeLifeIsSound() {
        try (var server = start()) {
            ok(server, "DetachDisk", "InstanceId", INSTANCE, "DiskId", DISK);
            server.advance(Duration.ofSeconds(61));
            awaitStatus(server, "Available");
            ok(server, "AttachDisk", "InstanceId", "i-stopped1", "DiskId", DISK);
            server.advance(Duration.ofSeconds(3));
            awaitStatus(server, "In_use");
            ok(server, "DeleteInstance", "InstanceId", "i-stopped1");
            awaitStatus(server, "Available");
            ok(server, "DeleteDisk", "DiskId", DISK);
        }

        var verified = PlantedHistory.run(directory, "verify");
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        assertThat(verified.out().lines()).hasSize(1);
        assertThat(PlantedHistory.run(directory, "why", DISK).out())
                .contains("Released since")
                .contains("by DeleteDisk of anonymous")
                .contains("gone for good");
        assertThat(PlantedHistory.run(directory, "timeline", DISK).out())
                .contains("Detaching for 61.0 s")
                .contains(INSTANCE + " frees /dev/xvdb")
                .contains("i-stopped1 keeps /dev/xvdc")
                .contains("i-stopped1 Stopped for 64.0 s");
    }

    @Test
    void aDetachThatAStopCutsOffIsExplained() {
        try (var server = start()) {
            ok(server, "DetachDisk", "InstanceId", INSTANCE, "DiskId", DISK);
        }

        assertThat(PlantedHistory.run(directory, "verify").exitCode()).isZero();
        assertThat(PlantedHistory.run(directory, "why", DISK).out())
                .contains("has been Detaching since")
                .contains(
                        "it becomes Available by itself at 2026-01-02T03:05:05Z, 60.0 s after the end of the journal");
    }
}
