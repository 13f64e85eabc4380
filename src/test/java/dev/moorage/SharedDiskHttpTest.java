package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SharedDiskHttpTest {
    private static String code(RunningServer server, String action, String... arguments) {
        var answer = server.json(action, arguments);
        return answer.has("Code") ? answer.get("Code").textValue() : "OK";
    }

    private static List<String> instances(RunningServer server, String disk) {
        return server.disk(disk).at("/Attachments/Attachment").findValuesAsText("InstanceId");
    }

    private static void awaitStatus(RunningServer server, String disk, String status) {
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> status.equals(server.disk(disk).path("Status").textValue()));
    }

    @Test
    void comesToInstancesAndOffThemOneByOne() {
        try (var server = RunningServer.start()) {
            String one = "i-23jggx34b";
            String two = "i-stopped1";
            String disk = Objects.requireNonNull(server.json(
                            "CreateDisk",
                            "RegionId",
                            "cn-hangzhou",
                            "ZoneId",
                            "cn-hangzhou-b",
                            "DiskCategory",
                            "cloud_essd",
                            "Size",
                            "100",
                            "MultiAttach",
                            "Enabled")
                    .get("DiskId")
                    .textValue());
            awaitAfter(server, disk, "Available");

            assertThat(code(server, "AttachDisk", "InstanceId", one, "DiskId", disk))
                    .isEqualTo("OK");
            assertThat(code(server, "AttachDisk", "InstanceId", two, "DiskId", disk))
                    .isEqualTo("IncorrectDiskStatus");
            awaitAfter(server, disk, "In_use");
            assertThat(code(server, "AttachDisk", "InstanceId", two, "DiskId", disk))
                    .isEqualTo("OK");
            awaitAfter(server, disk, "In_use");
            assertThat(instances(server, disk)).containsExactlyInAnyOrder(one, two);

            assertThat(code(server, "DetachDisk", "InstanceId", one, "DiskId", disk))
                    .isEqualTo("OK");
            awaitStatus(server, disk, "Detaching");
            awaitAfter(server, disk, "In_use");
            assertThat(instances(server, disk)).containsExactly(two);
            assertThat(code(server, "DetachDisk", "InstanceId", one, "DiskId", disk))
                    .isEqualTo("DependencyViolation");

            assertThat(code(server, "AttachDisk", "InstanceId", one, "DiskId", disk))
                    .isEqualTo("OK");
            awaitAfter(server, disk, "In_use");
            assertThat(code(server, "DeleteInstance", "InstanceId", two, "Force", "true"))
                    .isEqualTo("OK");
            assertThat(instances(server, disk)).containsExactly(one);
            assertThat(server.disk(disk).get("Status").textValue()).isEqualTo("In_use");
            assertThat(code(server, "DeleteInstance", "InstanceId", one, "Force", "true"))
                    .isEqualTo("OK");
            assertThat(server.disk(disk).get("Status").textValue()).isEqualTo("Available");
            assertThat(code(server, "DeleteDisk", "DiskId", disk)).isEqualTo("OK");
        }
    }

    private static void awaitAfter(RunningServer server, String disk, String status) {
        server.advance(Duration.ofMinutes(2));
        awaitStatus(server, disk, status);
    }
}
