package dev.moorage.action;

import static dev.moorage.action.Examples.SNAPSHOT;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.snapshot;
import static dev.moorage.action.Examples.world;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.World;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeleteSnapshotTest {
    private static final DiskId MADE = new DiskId("d-made");

    private static DeleteSnapshot verb(String id, boolean force) {
        return (DeleteSnapshot) Examples.verb("DeleteSnapshot", "SnapshotId", id, "Force", String.valueOf(force));
    }

    private static World withSnapshot(Disk disk) {
        return world(disk.withSnapshots(List.of(snapshot())), instance(InstanceStatus.RUNNING));
    }

    private static Disk madeFromIt(DiskStatus status) {
        var other = disk(status).withId(MADE);
        return other.withSpec(other.spec().withSourceSnapshotId(SNAPSHOT.value()));
    }

    @Test
    void deletingWhatIsNotThereIsNoError() {
        assertThat(verb("s-unknown", false).check(new World().of(Examples.ACCOUNT)))
                .containsInstanceOf(Outcome.Success.class);
    }

    @ParameterizedTest
    @EnumSource(DiskStatus.class)
    void deletesItWhateverHasBecomeOfItsDisk(DiskStatus status) {
        var world = withSnapshot(disk(status));
        var verb = verb(SNAPSHOT.value(), false);

        assertThat(verb.check(world.of(Examples.ACCOUNT))).isEmpty();
        var part = (DiskChange) verb.routed(world.of(Examples.ACCOUNT));
        assertThat(part.diskId()).isEqualTo(Examples.DISK);
        assertThat(part.outlivesTheDisk()).isTrue();
        var decision = (Decision.Accepted)
                part.decide(disk(status).withSnapshots(List.of(snapshot())), conditions(Compatibility.Y2018));
        assertThat(decision.events()).containsExactly(new DiskEvent.SnapshotDeleted(STORY, SNAPSHOT));
        world.apply(2, Examples.DISK, decision.events().get(0));
        assertThat(world.of(Examples.ACCOUNT).snapshot(SNAPSHOT)).isNull();
        assertThat(part.decide(disk(status), conditions(Compatibility.Y2018))).isEqualTo(Decision.accept());
    }

    @Test
    void oneThatADiskWasMadeFromIsDeletedByForceOnly() {
        var world = withSnapshot(disk(DiskStatus.IN_USE));
        world.apply(2, MADE, new DiskEvent.Provisioned(STORY, madeFromIt(DiskStatus.AVAILABLE)));

        assertThat(verb(SNAPSHOT.value(), false).check(world.of(Examples.ACCOUNT)))
                .contains(Rejection.of(ErrorCode.SNAPSHOT_CREATED_DISK));
        assertThat(verb(SNAPSHOT.value(), true).check(world.of(Examples.ACCOUNT)))
                .isEmpty();
    }

    @Test
    void aDiskThatIsGoneWasNotMadeFromIt() {
        var world = withSnapshot(disk(DiskStatus.IN_USE));
        world.apply(2, MADE, new DiskEvent.Provisioned(STORY, madeFromIt(DiskStatus.AVAILABLE)));
        world.apply(3, MADE, new DiskEvent.Released(STORY));

        assertThat(verb(SNAPSHOT.value(), false).check(world.of(Examples.ACCOUNT)))
                .isEmpty();
    }
}
