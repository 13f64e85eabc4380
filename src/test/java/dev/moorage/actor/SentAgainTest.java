package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Device;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.Audit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are sent again, or at a bad moment. */
@Timeout(60)
class SentAgainTest {
    private final Cloud cloud = new Cloud(new Random(11));

    @AfterEach
    void close() {
        cloud.close();
    }

    private static JsonNode body(Outcome outcome) {
        return ((Outcome.Success) outcome).body();
    }

    private List<String> run(String... more) {
        var arguments =
                new ArrayList<>(List.of("RegionId", Cloud.REGION, "ImageId", "m-1", "InstanceType", "ecs.g5.large"));
        arguments.addAll(List.of(more));
        var ids = new ArrayList<String>();
        body(cloud.call("RunInstances", arguments.toArray(String[]::new)))
                .at("/InstanceIdSets/InstanceIdSet")
                .forEach(id -> ids.add(id.asText()));
        cloud.settle();
        return ids;
    }

    private DiskId systemDisk(String instance) {
        return Objects.requireNonNull(cloud.world().instance(new InstanceId(instance)))
                .systemSlot()
                .orElseThrow()
                .diskId();
    }

    private void verify() {
        var findings = new ArrayList<String>();
        var audit = new Audit(finding -> findings.add(finding.toString()));
        for (var recorded : cloud.history()) {
            audit.apply(recorded.offset(), recorded.entity(), recorded.sequenceNr(), recorded.event());
        }
        audit.finish();
        assertThat(findings).isEmpty();
    }

    @Test
    void makesTheSameInstancesOnce() {
        String[] call = {"Amount", "3", "DataDisk.1.Size", "100", "ClientToken", "once"};

        var first = run(call);
        var again = run(call);
        cloud.restart();

        assertThat(again).isEqualTo(first);
        assertThat(run(call)).isEqualTo(first);
        assertThat(cloud.world().instances()).hasSize(3);
        assertThat(cloud.world().disks()).hasSize(6);
        verify();
    }

    @Test
    void givesEachInstanceADiskOfItsOwnForOneToken() {
        var ids = run("Amount", "2");
        cloud.call("StopInstances", "RegionId", Cloud.REGION, "InstanceId.1", ids.get(0), "InstanceId.2", ids.get(1));
        cloud.settle();

        for (String id : ids) {
            var outcome = cloud.call("ReplaceSystemDisk", "InstanceId", id, "ImageId", "m-2", "ClientToken", "once");
            assertThat(body(outcome).path("DiskId").asText())
                    .isEqualTo(systemDisk(id).value());
        }
        cloud.settle();

        assertThat(systemDisk(ids.get(0))).isNotEqualTo(systemDisk(ids.get(1)));
        for (String id : ids) {
            var disk = Objects.requireNonNull(cloud.world().disk(systemDisk(id)));
            assertThat(disk.isAttachedTo(new InstanceId(id))).isTrue();
        }
        verify();
    }

    @Test
    void keepsOneDeviceForADiskThatIsAskedForTwiceAtOnce() {
        var id = run("InstanceChargeType", "PrePaid", "Period", "1").get(0);
        String[] call = {"RegionId", Cloud.REGION, "InstanceId", id, "Size", "100", "ClientToken", "once"};

        var first = cloud.begin("CreateDisk", call);
        var second = cloud.begin("CreateDisk", call);
        String disk = body(Cloud.wait(first)).path("DiskId").asText();

        assertThat(body(Cloud.wait(second)).path("DiskId").asText()).isEqualTo(disk);
        cloud.settle();
        assertThat(Objects.requireNonNull(cloud.world().instance(new InstanceId(id)))
                        .slots())
                .extracting(slot -> slot.device())
                .containsExactly(Device.SYSTEM, "/dev/xvdb");
        verify();
    }

    @Test
    void refusesChangesToADiskOnItsWayOffAnInstanceThatIsGone() {
        String id = run("DataDisk.1.Size", "100", "DataDisk.1.Category", "cloud_ssd")
                .get(0);
        String disk = Objects.requireNonNull(cloud.world().instance(new InstanceId(id)))
                .dataSlots()
                .get(0)
                .diskId()
                .value();
        cloud.call("DetachDisk", "InstanceId", id, "DiskId", disk);
        cloud.call("DeleteInstance", "InstanceId", id, "Force", "true");

        assertThat(Cloud.code(cloud.call("ResizeDisk", "DiskId", disk, "NewSize", "200")))
                .isEqualTo("IncorrectDiskStatus");
        assertThat(Cloud.code(cloud.call("CreateSnapshot", "DiskId", disk))).isEqualTo("IncorrectDiskStatus");
        cloud.settle();
        verify();
    }
}
