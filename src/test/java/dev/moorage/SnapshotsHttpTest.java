package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.CreateSnapshotRequest;
import com.aliyun.ecs20140526.models.DescribeSnapshotsRequest;
import com.aliyun.ecs20140526.models.DescribeSnapshotsResponseBody.DescribeSnapshotsResponseBodySnapshotsSnapshot;
import com.aliyun.teaopenapi.models.Config;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SnapshotsHttpTest {
    private static final String REGION = "cn-hangzhou";

    private static JsonNode snapshot(RunningServer server, String id) {
        return server.json("DescribeSnapshots", "RegionId", REGION, "SnapshotIds", "[\"" + id + "\"]")
                .at("/Snapshots/Snapshot/0");
    }

    private static String snapshotOf(RunningServer server, String disk, String... more) {
        var arguments = new String[4 + more.length];
        arguments[0] = "RegionId";
        arguments[1] = REGION;
        arguments[2] = "DiskId";
        arguments[3] = disk;
        System.arraycopy(more, 0, arguments, 4, more.length);
        return server.json("CreateSnapshot", arguments).path("SnapshotId").asText();
    }

    @Test
    void aSnapshotIsTakenWhileTimePasses() {
        try (var server = RunningServer.start()) {
            String id = snapshotOf(server, "d-prepaid1", "ClientToken", "once");
            assertThat(snapshotOf(server, "d-prepaid1", "ClientToken", "once")).isEqualTo(id);

            assertThat(snapshot(server, id).path("Progress").asText()).isEqualTo("0%");
            int seconds = snapshot(server, id).path("RemainTime").intValue();
            server.advance(Duration.ofSeconds(seconds).dividedBy(2));
            assertThat(snapshot(server, id).path("Progress").asText()).isEqualTo("50%");
            server.advance(Duration.ofSeconds(seconds));
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> snapshot(server, id).path("Available").booleanValue());
            assertThat(snapshot(server, id).path("Progress").asText()).isEqualTo("100%");
        }
    }

    @Test
    void oneThatIsBeingTakenCanBeDeletedAndAnotherTaken() {
        try (var server = RunningServer.start()) {
            String id = snapshotOf(server, "d-prepaid1");
            assertThat(server.json("CreateSnapshot", "DiskId", "d-prepaid1")
                            .path("Code")
                            .asText())
                    .isEqualTo("IncorrectDiskStatus.CreatingSnapshot");
            assertThat(server.call("DeleteSnapshot", "SnapshotId", id).statusCode())
                    .isEqualTo(200);
            assertThat(snapshot(server, id).isMissingNode()).isTrue();
            assertThat(snapshotOf(server, "d-prepaid1"))
                    .matches("s-[0-9a-z]{20}")
                    .isNotEqualTo(id);
        }
    }

    @Test
    void whatIsLockedHasNoSnapshotTaken() {
        try (var server = RunningServer.start()) {
            assertThat(server.json("CreateSnapshot", "DiskId", "d-locked1")
                            .path("Code")
                            .asText())
                    .isEqualTo("InstanceLockedForSecurity");
        }
    }

    @Test
    void tagsAreSetOnAllThreeAndListed() {
        try (var server = RunningServer.start()) {
            String id = snapshotOf(server, "d-prepaid1");
            String[][] things = {{"disk", "d-prepaid1"}, {"instance", "i-23jggx34b"}, {"snapshot", id}};
            for (var thing : things) {
                assertThat(server.call(
                                        "TagResources",
                                        "RegionId",
                                        REGION,
                                        "ResourceType",
                                        thing[0],
                                        "ResourceId.1",
                                        thing[1],
                                        "Tag.1.Key",
                                        "env",
                                        "Tag.1.Value",
                                        "test")
                                .statusCode())
                        .isEqualTo(200);
                assertThat(tags(server, thing).toString())
                        .isEqualTo("[{\"ResourceId\":\"" + thing[1] + "\",\"ResourceType\":\"" + thing[0]
                                + "\",\"TagKey\":\"env\",\"TagValue\":\"test\"}]");
                assertThat(server.call(
                                        "UntagResources",
                                        "RegionId",
                                        REGION,
                                        "ResourceType",
                                        thing[0],
                                        "ResourceId.1",
                                        thing[1],
                                        "All",
                                        "true")
                                .statusCode())
                        .isEqualTo(200);
                assertThat(tags(server, thing)).isEmpty();
            }
        }
    }

    private static JsonNode tags(RunningServer server, String[] thing) {
        return server.json("ListTagResources", "RegionId", REGION, "ResourceType", thing[0], "ResourceId.1", thing[1])
                .at("/TagResources/TagResource");
    }

    @Test
    void theVendorsClientReadsEveryField() throws Exception {
        try (var server = RunningServer.start()) {
            var client = new Client(new Config()
                    .setAccessKeyId("testid")
                    .setAccessKeySecret("testsecret")
                    .setEndpoint(server.endpoint())
                    .setProtocol("http"));
            String id = client.createSnapshot(new CreateSnapshotRequest()
                            .setDiskId("d-prepaid1")
                            .setSnapshotName("nightly")
                            .setRetentionDays(7))
                    .getBody()
                    .getSnapshotId();

            var snapshots = client.describeSnapshots(
                            new DescribeSnapshotsRequest().setRegionId(REGION).setDiskId("d-prepaid1"))
                    .getBody()
                    .getSnapshots()
                    .getSnapshot();
            assertThat(snapshots)
                    .singleElement()
                    .isInstanceOfSatisfying(DescribeSnapshotsResponseBodySnapshotsSnapshot.class, snapshot -> {
                        assertThat(snapshot.getSnapshotId()).isEqualTo(id);
                        assertThat(snapshot.getRetentionDays()).isEqualTo(7);
                        assertThat(snapshot.getAvailable()).isFalse();
                        assertThat(snapshot.getSourceDiskSize()).isEqualTo("100");
                        assertThat(snapshot.getProgress()).endsWith("%");
                    });
        }
    }
}
