package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.Device;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an instance keeps its devices for, and what its disks say, agree. */
@Timeout(60)
class DevicesTest {
    private final Cloud cloud = new Cloud(new Random(1));

    @AfterEach
    void close() {
        cloud.close();
    }

    private InstanceId runningInstance() {
        var made = (Outcome.Success)
                cloud.call("RunInstances", "RegionId", Cloud.REGION, "ImageId", "m-1", "InstanceType", "ecs.g5.large");
        var id =
                new InstanceId(made.body().at("/InstanceIdSets/InstanceIdSet/0").asText());
        settle();
        return id;
    }

    private DiskId availableDisk() {
        var made = (Outcome.Success)
                cloud.call("CreateDisk", "RegionId", Cloud.REGION, "ZoneId", Cloud.ZONE, "Size", "100");
        var id = new DiskId(made.body().at("/DiskId").asText());
        settle();
        return id;
    }

    private void settle() {
        cloud.settle();
    }

    private String attach(DiskId disk, InstanceId instance, String... more) {
        return Cloud.code(cloud.call(
                "AttachDisk", concat(new String[] {"InstanceId", instance.value(), "DiskId", disk.value()}, more)));
    }

    private static String[] concat(String[] one, String[] other) {
        return List.of(List.of(one), List.of(other)).stream()
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private Disk disk(DiskId id) {
        return Objects.requireNonNull(cloud.world().disk(id));
    }

    private Instance instance(InstanceId id) {
        return Objects.requireNonNull(cloud.world().instance(id));
    }

    private String deviceOf(DiskId id) {
        return Objects.requireNonNull(disk(id).attachment()).device();
    }

    @Test
    void aDiskThatIsAttachedAgainKeepsItsDevice() {
        var instance = runningInstance();
        var disk = availableDisk();
        assertThat(attach(disk, instance, "Device", "/dev/xvdb")).isEqualTo("OK");
        settle();

        assertThat(attach(disk, instance, "Device", "/dev/xvdc")).isEqualTo("IncorrectDiskStatus");
        assertThat(attach(disk, instance)).isEqualTo("IncorrectDiskStatus");

        settle();
        assertThat(instance(instance).slots())
                .extracting(Slot::device)
                .containsExactlyInAnyOrder(Device.SYSTEM, "/dev/xvdb");
        var other = availableDisk();
        assertThat(attach(other, instance, "Device", "/dev/xvdb")).isEqualTo("InvalidDevice.InUse");
        assertThat(attach(other, instance)).isEqualTo("OK");
        settle();
        assertThat(deviceOf(other)).isEqualTo("/dev/xvdc");
    }

    @Test
    void aDiskThatIsAttachedAgainGoesWithItsInstanceAllTheSame() {
        var instance = runningInstance();
        var disk = availableDisk();
        assertThat(attach(disk, instance, "DeleteWithInstance", "true")).isEqualTo("OK");
        settle();
        assertThat(attach(disk, instance)).isEqualTo("IncorrectDiskStatus");
        settle();

        assertThat(Cloud.code(cloud.call("DeleteInstance", "InstanceId", instance.value(), "Force", "true")))
                .isEqualTo("OK");
        settle();
        assertThat(disk(disk).isReleased()).isTrue();
    }

    @Test
    void aDiskThatIsAttachedAgainWhileItIsDetachingFreesItsDeviceInTheEnd() {
        var instance = runningInstance();
        var disk = availableDisk();
        assertThat(attach(disk, instance, "Device", "/dev/xvdb")).isEqualTo("OK");
        settle();
        assertThat(Cloud.code(cloud.call("DetachDisk", "InstanceId", instance.value(), "DiskId", disk.value())))
                .isEqualTo("OK");
        assertThat(attach(disk, instance)).isEqualTo("IncorrectDiskStatus");
        assertThat(attach(availableDiskNow(), instance, "Device", "/dev/xvdb")).isEqualTo("InvalidDevice.InUse");
        settle();

        assertThat(attach(availableDisk(), instance, "Device", "/dev/xvdb")).isEqualTo("OK");
    }

    private DiskId availableDiskNow() {
        var made = (Outcome.Success)
                cloud.call("CreateDisk", "RegionId", Cloud.REGION, "ZoneId", Cloud.ZONE, "Size", "100");
        var id = new DiskId(made.body().at("/DiskId").asText());
        cloud.advance(Duration.ofSeconds(1));
        untilItRests(id);
        return id;
    }

    @Test
    void aDeviceThatWasKeptForADiskThatSaidNoIsFreeAgain() {
        var instance = runningInstance();
        var elsewhere = runningInstance();
        var disk = availableDisk();
        assertThat(attach(disk, elsewhere)).isEqualTo("OK");

        assertThat(attach(disk, instance, "Device", "/dev/xvdb")).isEqualTo("IncorrectDiskStatus");
        assertThat(attach(availableDiskNow(), instance, "Device", "/dev/xvdb")).isEqualTo("OK");
    }

    @Test
    void aDeviceIsFreeAsSoonAsItsDiskIsDetached() {
        var instance = runningInstance();
        var disk = availableDisk();
        var other = availableDisk();
        for (int i = 0; i < 20; i++) {
            assertThat(attach(disk, instance, "Device", "/dev/xvdb")).isEqualTo("OK");
            cloud.advance(Duration.ofMinutes(2));
            untilItRests(disk);
            assertThat(Cloud.code(cloud.call("DetachDisk", "InstanceId", instance.value(), "DiskId", disk.value())))
                    .isEqualTo("OK");
            // The disk may be seen to be off before its instance has heard of it.
            cloud.advance(Duration.ofMinutes(2));
            untilItRests(disk);
            var swap = disk;
            disk = other;
            other = swap;
        }
    }

    @Test
    void aDeviceIsFreeAgainWhenTheJournalFailsUnderTheDiskItWasKeptFor() {
        var instance = runningInstance();
        var disk = availableDisk();
        var other = availableDisk();
        cloud.failOnce(disk);
        assertThat(attach(disk, instance, "Device", "/dev/xvdb")).isEqualTo("InternalError");

        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> assertThat(attach(other, instance, "Device", "/dev/xvdb"))
                        .isEqualTo("OK"));
        assertThat(disk(disk).attachment()).isNull();
    }

    private void untilItRests(DiskId id) {
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(10))
                .until(() -> disk(id).transition() == null);
    }
}
