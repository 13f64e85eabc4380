package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.Device;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import dev.moorage.view.Audit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A system disk gives its place to another one, whatever happens in between. */
@Timeout(60)
class SystemDisksTest {
    private final Cloud cloud = new Cloud(new Random(7));
    private InstanceId instanceId;
    private DiskId old;

    @BeforeEach
    void makeAStoppedInstance() {
        var made = (Outcome.Success) cloud.call(
                "RunInstances",
                "RegionId",
                Cloud.REGION,
                "ImageId",
                "m-1",
                "InstanceType",
                "ecs.g5.large",
                "DataDisk.1.Size",
                "100");
        instanceId =
                new InstanceId(made.body().at("/InstanceIdSets/InstanceIdSet/0").asText());
        cloud.settle();
        assertThat(Cloud.code(cloud.call("StopInstance", "InstanceId", instanceId.value())))
                .isEqualTo("OK");
        cloud.settle();
        old = instance().systemSlot().orElseThrow().diskId();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private Instance instance() {
        return Objects.requireNonNull(cloud.world().instance(instanceId));
    }

    private Disk disk(DiskId id) {
        return Objects.requireNonNull(cloud.world().disk(id));
    }

    private String[] call(String token) {
        return new String[] {"InstanceId", instanceId.value(), "ImageId", "m-2", "ClientToken", token};
    }

    private static DiskId newDisk(Outcome answer) {
        return new DiskId(((Outcome.Success) answer).body().path("DiskId").asText());
    }

    private List<Audit.Kind> findings() {
        var kinds = new ArrayList<Audit.Kind>();
        var audit = new Audit(finding -> kinds.add(finding.kind()));
        for (var recorded : cloud.history()) {
            audit.apply(recorded.offset(), recorded.entity(), recorded.sequenceNr(), recorded.event());
        }
        audit.finish();
        return kinds;
    }

    private void assertReplacedBy(DiskId by) {
        cloud.settle();
        assertThat(disk(old).isReleased()).isTrue();
        assertThat(disk(by).status()).isEqualTo(DiskStatus.IN_USE);
        assertThat(disk(by).spec().imageId()).isEqualTo("m-2");
        assertThat(instance().leaving()).isEmpty();
        assertThat(instance().slots()).extracting(Slot::device).containsExactly(Device.SYSTEM, "/dev/xvdb");
        assertThat(instance().systemSlot().orElseThrow().diskId()).isEqualTo(by);
        assertThat(findings()).isEmpty();
    }

    @Test
    void theAnswerComesOnceTheOldOneIsGoneAndTheNewOneIsThere() {
        var by = newDisk(cloud.call("ReplaceSystemDisk", call("once")));

        assertThat(disk(old).isReleased()).isTrue();
        assertThat(disk(by).isAttachedTo(instanceId)).isTrue();
        assertThat(instance().leaving()).isEmpty();
        assertReplacedBy(by);
    }

    @Test
    void theSameCallAgainChangesNothing() {
        var by = newDisk(cloud.call("ReplaceSystemDisk", call("once")));
        assertReplacedBy(by);

        int facts = cloud.history().size();
        assertThat(newDisk(cloud.call("ReplaceSystemDisk", call("once")))).isEqualTo(by);
        assertThat(cloud.history()).hasSize(facts);
        cloud.restart();
        assertThat(newDisk(cloud.call("ReplaceSystemDisk", call("once")))).isEqualTo(by);
        assertThat(cloud.history()).hasSize(facts);
    }

    @Test
    void twoOfTheSameCallAtOnceAreOne() {
        var first = cloud.begin("ReplaceSystemDisk", call("once"));
        var second = cloud.begin("ReplaceSystemDisk", call("once"));

        assertThat(newDisk(Cloud.wait(first))).isEqualTo(newDisk(Cloud.wait(second)));
        assertReplacedBy(newDisk(first.join()));
    }

    @Test
    void aSecondReplacementFollowsTheFirst() {
        var first = newDisk(cloud.call("ReplaceSystemDisk", call("first")));
        cloud.settle();
        var second = newDisk(cloud.call("ReplaceSystemDisk", call("second")));

        assertThat(disk(first).isReleased()).isTrue();
        assertReplacedBy(second);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatACrashCutsShortIsFinishedAtTheNextStart(boolean oldFails) {
        var verb = Cloud.verb("R-0", "ReplaceSystemDisk", call("once"));
        var by = newDisk(verb.success());
        cloud.failOnce(oldFails ? old : by);
        assertThat(Cloud.code(cloud.call("ReplaceSystemDisk", call("once")))).isEqualTo("InternalError");
        assertThat(findings()).isNotEmpty().containsOnly(Audit.Kind.UNFINISHED);

        cloud.restart();

        assertReplacedBy(by);
    }

    @Test
    void itStartsWithItsNewDisk() {
        var by = newDisk(cloud.call("ReplaceSystemDisk", call("once")));

        assertThat(Cloud.code(cloud.call("StartInstance", "InstanceId", instanceId.value())))
                .isEqualTo("OK");

        assertReplacedBy(by);
        assertThat(instance().systemSlot().orElseThrow().plan()).isNull();
    }

    @Test
    void itIsReleasedWithItsNewDisk() {
        var by = newDisk(cloud.call("ReplaceSystemDisk", call("once")));

        assertThat(Cloud.code(cloud.call("DeleteInstance", "InstanceId", instanceId.value())))
                .isEqualTo("OK");

        cloud.settle();
        assertThat(disk(by).isReleased()).isTrue();
        assertThat(findings()).isEmpty();
    }
}
