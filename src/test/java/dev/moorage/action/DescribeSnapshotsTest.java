package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.snapshot;
import static dev.moorage.action.Examples.world;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Tags;
import dev.moorage.view.AccountView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeSnapshotsTest {
    private static final DiskId GONE = new DiskId("d-gone");
    private static final DiskId MADE = new DiskId("d-made");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(300));

    /** s-1 is being taken of a disk in use; s-2 was taken long ago of a system disk that is gone, and one was made from it. */
    private static AccountView view() {
        var one = snapshot().withId(new SnapshotId("s-1"));
        var two = snapshot()
                .withId(new SnapshotId("s-2"))
                .withName("old")
                .withSourceDiskType(DiskType.SYSTEM)
                .withSourceSizeGiB(40)
                .withEncrypted(true)
                .withKmsKeyId("key-1")
                .withRetentionDays(null)
                .withCategory("flash")
                .withResourceGroupId("rg-2")
                .withTags(Tags.of(Map.of("env", "prod", "owner", "me")))
                .withBegun(STORY.at(LONG_AGO))
                .withFinishedAt(LONG_AGO.plusSeconds(60));
        var world = world(disk(DiskStatus.IN_USE).withSnapshots(List.of(one)), instance(InstanceStatus.RUNNING));
        world.apply(2, GONE, provisioned(disk(DiskStatus.RELEASED).withId(GONE).withSnapshots(List.of(two))));
        var made = disk(DiskStatus.AVAILABLE).withId(MADE);
        world.apply(3, MADE, provisioned(made.withSpec(made.spec().withSourceSnapshotId("s-2"))));
        return world.of(Examples.ACCOUNT);
    }

    private static DiskEvent provisioned(Disk disk) {
        return new DiskEvent.Provisioned(STORY, disk);
    }

    private static Outcome ask(AccountView view, Instant now, String... more) {
        var arguments = Stream.concat(Stream.of("RegionId", "cn-hangzhou"), Stream.of(more));
        return ((Query) Examples.verb("DescribeSnapshots", arguments.toArray(String[]::new))).answer(view, now);
    }

    private static JsonNode body(AccountView view, Instant now, String... more) {
        return ((Outcome.Success) ask(view, now, more)).body();
    }

    private static List<String> ids(JsonNode body) {
        var ids = new ArrayList<String>();
        body.at("/Snapshots/Snapshot")
                .forEach(node -> ids.add(node.path("SnapshotId").asText()));
        return ids;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SnapshotIds | [\"s-2\",\"s-3\",\"s-2\"] | s-2",
                "SnapshotIds | [] | ''",
                "DiskId | d-23jbf2v5m | s-1",
                "DiskId | d-gone | s-2",
                "DiskId | d-unknown | ''",
                "InstanceId | i-23jggx34b | s-1",
                "InstanceId | i-unknown | ''",
                "SnapshotName | old | s-2",
                "SnapshotName | ol | ''",
                "Status | progressing | s-1",
                "Status | Accomplished | s-2",
                "Status | failed | ''",
                "Status | all | s-1 s-2",
                "SnapshotType | user | s-1 s-2",
                "SnapshotType | auto | ''",
                "SnapshotType | all | s-1 s-2",
                "SnapshotLinkId | all | ''",
                "ResourceGroupId | all | ''",
                "KMSKeyId | all | ''",
                "SourceDiskType | System | s-2",
                "SourceDiskType | data | s-1",
                "Usage | disk | s-2",
                "Usage | none | s-1",
                "Usage | image | ''",
                "Usage | image_disk | ''",
                "Category | flash | s-2",
                "Category | standard | s-1",
                "SnapshotLinkId | sl-gone | s-2",
                "Encrypted | true | s-2",
                "Encrypted | false | s-1",
                "KMSKeyId | key-1 | s-2",
                "ResourceGroupId | rg-2 | s-2",
                "Tag.1.Key | env | s-1 s-2",
                "Tag.1.Key | owner | s-2",
                "RegionId | cn-beijing | ''"
            })
    void filters(String parameter, String value, String expected) {
        assertThat(String.join(" ", ids(body(view(), NOW, parameter, value)))).isEqualTo(expected);
    }

    @Test
    void filtersByTime() {
        String between = "2025-06-01T00:00Z";
        assertThat(ids(body(view(), NOW, "Filter.1.Key", "CreationStartTime", "Filter.1.Value", between)))
                .containsExactly("s-1");
        assertThat(ids(body(view(), NOW, "Filter.2.Key", "CreationEndTime", "Filter.2.Value", between)))
                .containsExactly("s-2");
    }

    @Test
    void filtersByAllTagsTogether() {
        assertThat(ids(body(
                        view(),
                        NOW,
                        "Tag.1.Key",
                        "env",
                        "Tag.1.Value",
                        "prod",
                        "Tag.2.key",
                        "owner",
                        "Tag.2.value",
                        "me")))
                .containsExactly("s-2");
        assertThat(ids(body(view(), NOW, "Tag.1.Key", "env", "Tag.1.Value", "test", "Tag.2.Key", "owner")))
                .isEmpty();
    }

    @Test
    void tellsHowFarItIs() {
        var begun = body(view(), NOW, "DiskId", DISK.value()).at("/Snapshots/Snapshot/0");
        assertThat(begun.path("Progress").asText()).isEqualTo("50%");
        assertThat(begun.path("RemainTime").intValue()).isEqualTo(60);
        assertThat(begun.path("Status").asText()).isEqualTo("progressing");
        assertThat(begun.path("Available").booleanValue()).isFalse();
        assertThat(begun.path("LastModifiedTime")).isEqualTo(begun.path("CreationTime"));

        var later = body(view(), NOW.plusSeconds(59), "DiskId", DISK.value()).at("/Snapshots/Snapshot/0");
        assertThat(later.path("Progress").asText()).isEqualTo("99%");
        assertThat(later.path("RemainTime").intValue()).isEqualTo(1);
    }

    @Test
    void tellsWhatADoneSnapshotIs() {
        var done = body(view(), NOW, "DiskId", GONE.value()).at("/Snapshots/Snapshot/0");
        assertThat(done.path("Progress").asText()).isEqualTo("100%");
        assertThat(done.path("RemainTime").intValue()).isZero();
        assertThat(done.path("Status").asText()).isEqualTo("accomplished");
        assertThat(done.path("Available").booleanValue()).isTrue();
        assertThat(done.path("SourceDiskId").asText()).isEqualTo("d-gone");
        assertThat(done.path("SourceDiskType").asText()).isEqualTo("system");
        assertThat(done.path("SourceDiskSize").textValue()).isEqualTo("40");
        assertThat(done.path("Usage").asText()).isEqualTo("disk");
        assertThat(done.has("RetentionDays")).isFalse();
        assertThat(done.at("/Tags/Tag").toString())
                .isEqualTo("[{\"TagKey\":\"env\",\"TagValue\":\"prod\"},{\"TagKey\":\"owner\",\"TagValue\":\"me\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RegionId | mars-1 | INVALID_REGION_ID_NOT_FOUND",
                "SnapshotIds | s-1 | INVALID_PARAMETER",
                "Status | broken | INVALID_STATUS_NOT_FOUND",
                "SnapshotType | odd | INVALID_SNAPSHOT_TYPE_NOT_FOUND",
                "SourceDiskType | floppy | INVALID_SOURCE_DISK_TYPE",
                "Usage | odd | INVALID_USAGE",
                "Category | tape | INVALID_SNAPSHOT_CATEGORY_MALFORMED",
                "Filter.1.Key | Colour | INVALID_FILTER_KEY_NOT_FOUND",
                "Filter.1.Key | CreationStartTime | INVALID_FILTER_VALUE",
                "Tag.1.Value | x | INVALID_TAG_MISMATCH",
                "PageSize | 101 | INVALID_PARAMETER",
                "NextToken | x | INVALID_PARAMETER",
                "DryRun | true | DRY_RUN_OPERATION"
            })
    void rejectsWhatItDoesNotKnow(String parameter, String value, ErrorCode expected) {
        assertThat(((Rejection) ask(view(), NOW, parameter, value)).code()).isEqualTo(expected);
    }

    @Test
    void looksForAHundredIdsAtMost() {
        var ids = IntStream.range(0, 101).mapToObj(n -> "\"s-" + n + "\"").toList();
        assertThat(ask(view(), NOW, "SnapshotIds", ids.toString()))
                .isEqualTo(Rejection.of(ErrorCode.INVALID_SNAPSHOT_IDS_MALFORMED));
    }

    @Test
    void pagesByNumberAndByToken() {
        var snapshots = new ArrayList<Snapshot>();
        for (int n = 1; n <= 25; n++) {
            snapshots.add(
                    snapshot().withId(new SnapshotId("s-" + n)).withNumber(n).withFinishedAt(NOW));
        }
        var view = world(disk(DiskStatus.IN_USE).withSnapshots(snapshots), instance(InstanceStatus.RUNNING))
                .of(Examples.ACCOUNT);

        var second = body(view, NOW, "PageNumber", "2", "PageSize", "10");
        assertThat(second.path("TotalCount").intValue()).isEqualTo(25);
        assertThat(ids(second)).hasSize(10).startsWith("s-11");
        var seen = new ArrayList<String>();
        String token = "";
        do {
            var page = body(view, NOW, "MaxResults", "10", "NextToken", token);
            seen.addAll(ids(page));
            token = page.path("NextToken").asText();
        } while (!token.isEmpty());
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThat(ids(body(view, NOW, "InstanceId", INSTANCE.value(), "PageSize", "100")))
                .isEqualTo(seen);
    }
}
