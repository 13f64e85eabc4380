package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttachDiskHttpTest {
    private static final String INSTANCE = "i-23jggx34b";

    private static String code(RunningServer server, String action, String disk, String... more) {
        var arguments = new String[4 + more.length];
        arguments[0] = "InstanceId";
        arguments[1] = INSTANCE;
        arguments[2] = "DiskId";
        arguments[3] = disk;
        System.arraycopy(more, 0, arguments, 4, more.length);
        var answer = server.json(action, arguments);
        return answer.has("Code") ? answer.get("Code").textValue() : "OK";
    }

    private static void awaitStatus(RunningServer server, String disk, String status) {
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> server.disk(disk).get("Status").textValue().equals(status));
    }

    @Test
    void whoSeesADiskOffFindsItsDeviceFree() {
        try (var server = RunningServer.start()) {
            // The device is free again in another history than the disk's: often enough to meet the gap between them.
            for (int turn = 0; turn < 30; turn++) {
                assertThat(code(server, "DetachDisk", "d-23jbf2v5m")).isEqualTo("OK");
                server.advance(Duration.ofSeconds(60));
                awaitStatus(server, "d-23jbf2v5m", "Available");
                String explicitly = turn % 2 == 0 ? "" : "/dev/xvdb";
                assertThat(code(server, "AttachDisk", "d-23jbf2v5m", "Device", explicitly))
                        .isEqualTo("OK");
                assertThat(server.disk("d-23jbf2v5m").get("Device").textValue()).isEqualTo("/dev/xvdb");
                server.advance(Duration.ofSeconds(2));
                awaitStatus(server, "d-23jbf2v5m", "In_use");
            }
        }
    }

    @Test
    void attachingTwiceLeavesTheFirstAttachmentItsDevice() {
        try (var server = RunningServer.start()) {
            assertThat(code(server, "AttachDisk", "d-23jbf2v5m")).isEqualTo("IncorrectDiskStatus");
            assertThat(code(server, "AttachDisk", "d-free1", "Device", "/dev/xvdb"))
                    .isEqualTo("InvalidDevice.InUse");
            assertThat(code(server, "AttachDisk", "d-free1")).isEqualTo("OK");
            assertThat(server.disk("d-free1").get("Device").textValue()).isEqualTo("/dev/xvdd");
        }
    }
}
