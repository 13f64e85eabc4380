package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks for a change that cannot be written hears so at once; nothing of it has happened, and later all goes on. */
@Timeout(60)
class FailingJournalTest {
    /** Less than a caller's patience with an actor, by far. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final Cloud cloud = new Cloud(new Random(7));

    @AfterEach
    void close() {
        cloud.close();
    }

    private String code(String action, String... arguments) {
        return codes(List.of(cloud.begin(action, arguments))).get(0);
    }

    private static List<String> codes(List<CompletableFuture<Outcome>> calls) {
        await().atMost(AT_ONCE).until(() -> calls.stream().allMatch(CompletableFuture::isDone));
        return calls.stream().map(call -> Cloud.code(call.join())).toList();
    }

    private DiskId createdDisk() {
        assertThat(create()).isEqualTo("OK");
        cloud.settle();
        return cloud.world().disks().findFirst().orElseThrow().id();
    }

    private String create() {
        return code("CreateDisk", "RegionId", Cloud.REGION, "ZoneId", Cloud.ZONE, "Size", "20");
    }

    private String run(int amount) {
        return code(
                "RunInstances",
                "RegionId",
                Cloud.REGION,
                "ZoneId",
                Cloud.ZONE,
                "ImageId",
                "an-image",
                "InstanceType",
                "ecs.g5.large",
                "DataDisk.1.Size",
                "20",
                "Amount",
                "" + amount);
    }

    private void untilItWrites() {
        cloud.setWriting(true);
        await().atMost(Duration.ofSeconds(5)).until(() -> create().equals("OK"));
    }

    @Test
    void everybodyHearsItAtOnceAndNothingHasHappened() {
        var disk = createdDisk();
        var before = cloud.history();
        cloud.setWriting(false);

        var calls = new ArrayList<CompletableFuture<Outcome>>();
        for (int i = 0; i < 200; i++) {
            calls.add(cloud.begin("ModifyDiskAttribute", "DiskId", disk.value(), "DiskName", "name-" + i));
        }
        assertThat(codes(calls)).containsOnly("InternalError");
        assertThat(run(3)).isEqualTo("InternalError");
        assertThat(code("ModifyDiskAttribute", "DiskId", "d-unknown", "DiskName", "name"))
                .isEqualTo("InvalidDiskId.NotFound");
        assertThat(code("DescribeDisks", "RegionId", Cloud.REGION)).isEqualTo("OK");

        assertThat(cloud.history()).isEqualTo(before);
        assertThat(cloud.replayed()).usingRecursiveComparison().isEqualTo(cloud.world());
    }

    @Test
    void itGoesOnByItselfOnceEventsAreWrittenAgain() {
        var disk = createdDisk();
        cloud.setWriting(false);
        assertThat(code("ModifyDiskAttribute", "DiskId", disk.value(), "DiskName", "lost-name"))
                .isEqualTo("InternalError");
        untilItWrites();

        assertThat(code("ModifyDiskAttribute", "DiskId", disk.value(), "DiskName", "kept-name"))
                .isEqualTo("OK");
        cloud.restart();
        assertThat(cloud.history().toString()).contains("kept-name").doesNotContain("lost-name");
    }

    @Test
    void whatIsDueMeanwhileEndsLater() {
        assertThat(create()).isEqualTo("OK");
        cloud.setWriting(false);
        cloud.advance(Duration.ofMinutes(1));
        assertThat(create()).isEqualTo("InternalError");
        assertThat(cloud.world().disks().findFirst().orElseThrow().status()).isEqualTo(DiskStatus.CREATING);

        cloud.setWriting(true);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> cloud.world().disks().allMatch(disk -> disk.status() == DiskStatus.AVAILABLE));
    }

    @Test
    void anInstanceWhoseDisksCouldNotBeWrittenIsAnsweredAndGetsThemLater() {
        assertThat(run(1)).isEqualTo("OK");
        cloud.settle();
        var instance = cloud.world().instances().findFirst().orElseThrow().id();
        var disk = cloud.world().disks().findFirst().orElseThrow().id();
        cloud.failOnce(disk);

        assertThat(code("DeleteInstance", "InstanceId", instance.value(), "Force", "true"))
                .isEqualTo("InternalError");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> cloud.world().disks().allMatch(held -> held.isReleased())
                        && cloud.world()
                                .instances()
                                .allMatch(gone -> gone.slots().isEmpty()));
        cloud.settle();
    }

    @Test
    void instancesThatWereBegunGetTheirDisksWithoutARestart() {
        var calls = new ArrayList<CompletableFuture<Outcome>>();
        for (int i = 0; i < 20; i++) {
            calls.add(cloud.begin(
                    "RunInstances",
                    "RegionId",
                    Cloud.REGION,
                    "ZoneId",
                    Cloud.ZONE,
                    "ImageId",
                    "an-image",
                    "InstanceType",
                    "ecs.g5.large",
                    "Amount",
                    "10"));
            if (i == 10) cloud.setWriting(false);
        }
        assertThat(codes(calls)).isSubsetOf("OK", "InternalError");
        untilItWrites();
        cloud.settle();
        assertThat(cloud.replayed().instanceCount()).isEqualTo(cloud.world().instanceCount());
    }
}
