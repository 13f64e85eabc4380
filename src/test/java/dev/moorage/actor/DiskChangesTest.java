package dev.moorage.actor;

import static dev.moorage.actor.Cloud.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The changes to a disk that is there, on their way through its instance. */
class DiskChangesTest {
    private final Cloud cloud = new Cloud(new Random(1));
    private InstanceId instance;

    /** An instance with a system disk and two data disks. */
    @BeforeEach
    void run() {
        var made = cloud.call(
                "RunInstances",
                "RegionId",
                Cloud.REGION,
                "ZoneId",
                Cloud.ZONE,
                "ImageId",
                "image",
                "InstanceType",
                "ecs.g5.large",
                "DataDisk.1.Category",
                "cloud_ssd",
                "DataDisk.1.Size",
                "100",
                "DataDisk.2.Category",
                "cloud_ssd",
                "DataDisk.2.Size",
                "100");
        String id = ((Outcome.Success) made)
                .body()
                .at("/InstanceIdSets/InstanceIdSet/0")
                .textValue();
        instance = new InstanceId(id);
        cloud.settle();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private List<Disk> dataDisks() {
        return cloud.world()
                .disks()
                .filter(disk -> !disk.isSystemDisk())
                .sorted(Comparator.comparing(Disk::id))
                .toList();
    }

    private Disk disk() {
        return dataDisks().get(0);
    }

    private String on(Disk disk, String action, String... more) {
        var arguments = new String[2 + more.length];
        arguments[0] = "DiskId";
        arguments[1] = disk.id().value();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return code(cloud.call(action, arguments));
    }

    private void stop() {
        assertThat(code(cloud.call("StopInstance", "InstanceId", instance.value())))
                .isEqualTo("OK");
        cloud.settle();
        assertThat(cloud.world().instance(instance).status()).isEqualTo(InstanceStatus.STOPPED);
    }

    @Test
    void aDiskOfAStoppedInstanceIsReInitedAndInUseAgain() {
        assertThat(on(disk(), "ReInitDisk")).isEqualTo("IncorrectInstanceStatus");
        stop();
        assertThat(on(disk(), "ReInitDisk")).isEqualTo("OK");
        assertThat(disk().status()).isEqualTo(DiskStatus.RE_INITING);
        assertThat(on(disk(), "ReInitDisk")).isEqualTo("IncorrectDiskStatus");
        cloud.restart();
        cloud.settle();
        assertThat(disk().status()).isEqualTo(DiskStatus.IN_USE);
        assertThat(disk().isAttachedTo(instance)).isTrue();
    }

    @Test
    void aDiskGrowsOnceHoweverOftenItIsTold() {
        assertThat(on(disk(), "ResizeDisk", "NewSize", "200", "Type", "online", "ClientToken", "once"))
                .isEqualTo("OK");
        assertThat(disk().spec().sizeGiB()).isEqualTo(200);
        int events = cloud.history().size();
        cloud.begin("StopInstance", "InstanceId", instance.value()).join();
        assertThat(on(disk(), "ResizeDisk", "NewSize", "200", "Type", "online", "ClientToken", "once"))
                .isEqualTo("OK");
        assertThat(on(disk(), "ResizeDisk", "NewSize", "300", "Type", "online", "ClientToken", "once"))
                .isEqualTo("IdempotentParameterMismatch");
        assertThat(cloud.history()).hasSize(events + 1);
    }

    @Test
    void aTaskEndsAfterARestart() {
        assertThat(on(disk(), "ModifyDiskSpec", "DiskCategory", "cloud_essd", "DryRun", "true"))
                .isEqualTo("DryRunOperation");
        assertThat(on(disk(), "ModifyDiskSpec", "DiskCategory", "cloud_essd")).isEqualTo("OK");
        assertThat(on(disk(), "ModifyDiskSpec", "DiskCategory", "cloud_essd", "DryRun", "true"))
                .isEqualTo("InvalidStatus.DiskNotReady");
        assertThat(tasks()).isEqualTo("Processing");
        cloud.restart();
        await().untilAsserted(() -> {
            cloud.advance(Duration.ofSeconds(8));
            assertThat(disk().taskUnderWay()).isEmpty();
        });
        assertThat(disk().spec().category()).isEqualTo("cloud_essd");
        assertThat(tasks()).isEqualTo("Finished");
        assertThat(on(disk(), "ModifyDiskSpec", "DiskCategory", "cloud_essd"))
                .isEqualTo("NoChangeInDiskCategoryAndPerformanceLevel");
    }

    private String tasks() {
        var body = ((Outcome.Success) cloud.call("DescribeTasks")).body();
        return body.at("/TaskSet/Task/0/TaskStatus").textValue();
    }

    @Test
    void severalDisksChangeTogether() {
        var disks = dataDisks();
        assertThat(code(cloud.call(
                        "ModifyDiskAttribute",
                        "DiskIds.1",
                        disks.get(0).id().value(),
                        "DiskIds.2",
                        disks.get(1).id().value(),
                        "DiskName",
                        "data")))
                .isEqualTo("OK");
        assertThat(dataDisks()).extracting(disk -> disk.spec().name()).containsExactly("data", "data");

        String ids = disks.stream().map(disk -> "\"" + disk.id() + "\"").collect(Collectors.joining(",", "[", "]"));
        assertThat(code(cloud.call(
                        "ModifyDiskChargeType",
                        "RegionId",
                        Cloud.REGION,
                        "InstanceId",
                        instance.value(),
                        "DiskIds",
                        ids)))
                .isEqualTo("OK");
        assertThat(dataDisks())
                .extracting(disk -> disk.spec().chargeType())
                .containsExactly(ChargeType.PRE_PAID, ChargeType.PRE_PAID);
        assertThat(dataDisks()).extracting(disk -> disk.spec().portable()).containsExactly(false, false);
    }

    @Test
    void anInstanceAndItsDisksJoinAResourceGroup() {
        for (var resource : List.of("instance " + instance, "disk " + disk().id())) {
            var words = resource.split(" ", -1);
            assertThat(code(cloud.call(
                            "JoinResourceGroup",
                            "ResourceType",
                            words[0],
                            "ResourceId",
                            words[1],
                            "ResourceGroupId",
                            "rg-1")))
                    .isEqualTo("OK");
        }
        assertThat(cloud.world().instance(instance).spec().resourceGroupId()).isEqualTo("rg-1");
        assertThat(disk().spec().resourceGroupId()).isEqualTo("rg-1");
    }
}
