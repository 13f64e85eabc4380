package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.SNAPSHOT;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JoinResourceGroupTest {
    private static Batch verb(String type, String id) {
        return (Batch)
                Examples.verb("JoinResourceGroup", "ResourceType", type, "ResourceId", id, "ResourceGroupId", "rg-1");
    }

    private static Verdict verdict(String type, String id, Disk disk) {
        return Verdict.of(verb(type, id), disk, instance(InstanceStatus.RUNNING));
    }

    @ParameterizedTest
    @EnumSource(value = DiskStatus.class, names = "RELEASED", mode = EnumSource.Mode.EXCLUDE)
    void aDiskJoinsInAnyStatus(DiskStatus status) {
        var event = new DiskEvent.ResourceGroupJoined(STORY, "rg-1");
        assertThat(verdict("disk", DISK.value(), disk(status)).events()).containsExactly(event);
        assertThat(verdict("disk", DISK.value(), event.applyTo(disk(status)))).isEqualTo(new Verdict(null, List.of()));
    }

    @Test
    void anInstanceJoinsUnderAnyLock() {
        var locked = instance(InstanceStatus.STOPPED, LockReason.values());
        var view = Examples.world(disk(DiskStatus.IN_USE), locked).of(Examples.ACCOUNT);
        var verb = verb("instance", INSTANCE.value());
        assertThat(verb.check(view)).isEmpty();
        var part = (InstanceChange) ((Batch) verb.routed(view)).parts().get(0);
        var conditions = Examples.conditions(Compatibility.Y2018);
        var event = new InstanceEvent.ResourceGroupJoined(STORY, "rg-1");
        assertThat(part.admit(locked, conditions)).isEqualTo(Admission.decide(event));
        assertThat(part.admit(event.applyTo(locked), conditions)).isEqualTo(Admission.decide());
    }

    @ParameterizedTest
    @EnumSource(
            value = DiskStatus.class,
            names = {"AVAILABLE", "RELEASED"})
    void aSnapshotJoinsAlsoAfterItsDiskWasReleased(DiskStatus status) {
        var snapped = Examples.withSnapshot(disk(status), SNAPSHOT);
        var event = new DiskEvent.SnapshotResourceGroupJoined(STORY, SNAPSHOT, "rg-1");
        assertThat(verdict("snapshot", SNAPSHOT.value(), snapped).events()).containsExactly(event);
        assertThat(verdict("snapshot", SNAPSHOT.value(), event.applyTo(snapped)))
                .isEqualTo(new Verdict(null, List.of()));
        var view = Examples.world(snapped, instance(InstanceStatus.RUNNING)).of(Examples.ACCOUNT);
        var part = ((Batch) verb("snapshot", SNAPSHOT.value()).routed(view))
                .parts()
                .get(0);
        assertThat(((DiskChange) part).outlivesTheDisk()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "disk,          d-nowhere,   INVALID_RESOURCE_ID_NOT_FOUND",
        "instance,      i-nowhere,   INVALID_RESOURCE_ID_NOT_FOUND",
        "snapshot,      s-nowhere,   INVALID_RESOURCE_ID_NOT_FOUND",
        "securitygroup, sg-1,        INVALID_RESOURCE_ID_NOT_FOUND",
        "Disk,          d-23jbf2v5m, INVALID_RESOURCE_TYPE_NOT_FOUND",
        "planet,        mars,        INVALID_RESOURCE_TYPE_NOT_FOUND"
    })
    void rejectsWhatIsNotThere(String type, String id, ErrorCode expected) {
        assertThat(verdict(type, id, disk(DiskStatus.IN_USE)).code()).isEqualTo(expected);
    }

    @Test
    void whatGoesMeanwhileIsNotFound() {
        assertThat(verb("disk", DISK.value()).conclude(List.of()))
                .isEqualTo(Rejection.of(ErrorCode.INVALID_RESOURCE_ID_NOT_FOUND));
        assertThat(verdict("disk", DISK.value(), disk(DiskStatus.RELEASED)).code())
                .isEqualTo(ErrorCode.INVALID_RESOURCE_ID_NOT_FOUND);
    }
}
