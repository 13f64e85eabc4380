package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.SNAPSHOT;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.spec;
import static dev.moorage.action.Examples.withSnapshot;
import static dev.moorage.action.Examples.withSnapshotUnderWay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.SnapshotId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ReInitDisk and ResetDisk. */
class OverwritingTest {
    private static final Instance STOPPED = instance(InstanceStatus.STOPPED);
    private static final SnapshotId OTHER = new SnapshotId("s-other");

    private static Change verb(String action, String... more) {
        var arguments = new String[4 + more.length];
        arguments[0] = "DiskId";
        arguments[1] = DISK.value();
        arguments[2] = "SnapshotId";
        arguments[3] = SNAPSHOT.value();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return (Change) Examples.verb(action, arguments);
    }

    private static @Nullable ErrorCode answer(String action, Disk disk, Instance instance) {
        return Verdict.of(verb(action), disk, instance).code();
    }

    private static Disk snapped(DiskStatus status) {
        return withSnapshot(disk(status), SNAPSHOT);
    }

    private static Disk snapped(DiskSpec spec) {
        return withSnapshot(disk(DiskStatus.IN_USE, spec, INSTANCE), SNAPSHOT);
    }

    @Test
    void aDiskIsBlankAgainOrAsItsSnapshotOrAsWhatItWasMadeFrom() {
        var disk = snapped(DiskStatus.IN_USE);
        assertThat(Verdict.of(verb("ReInitDisk"), disk, STOPPED).events())
                .containsExactly(new DiskEvent.ReIniting(STORY, null, NOW.plusSeconds(6)));
        assertThat(Verdict.of(verb("ResetDisk"), disk, STOPPED).events())
                .containsExactly(new DiskEvent.ReIniting(STORY, SNAPSHOT, NOW.plusSeconds(7)));
        var copy = snapped(spec(DiskType.DATA, true).withSourceSnapshotId(SNAPSHOT.value()));
        assertThat(Verdict.of(verb("ReInitDisk"), copy, STOPPED).events())
                .containsExactly(new DiskEvent.ReIniting(STORY, SNAPSHOT, NOW.plusSeconds(6)));
    }

    @Test
    void takesItsTimeAndEndsInUse() {
        var disk = snapped(DiskStatus.IN_USE);
        var underWay =
                Verdict.of(verb("ReInitDisk"), disk, STOPPED).events().get(0).applyTo(disk);
        assertThat(underWay.status()).isEqualTo(DiskStatus.RE_INITING);
        assertThat(underWay.isAttachedTo(INSTANCE)).isTrue();
        var base = Examples.conditions(Compatibility.Y2018);
        var later = new Conditions(STORY.at(NOW.plusSeconds(6)), base.durations(), base.compatibility(), true);
        assertThat(Completion.of(underWay, later)
                        .orElseThrow()
                        .applyTo(underWay)
                        .status())
                .isEqualTo(DiskStatus.IN_USE);
    }

    @ParameterizedTest
    @EnumSource(DiskStatus.class)
    void asksForADiskInUse(DiskStatus status) {
        var expected = switch (status) {
            case IN_USE -> null;
            case AVAILABLE, CREATING, ATTACHING, DETACHING, RE_INITING -> ErrorCode.INCORRECT_DISK_STATUS;
            case RELEASED -> ErrorCode.INVALID_DISK_ID_NOT_FOUND;
        };
        assertThat(answer("ReInitDisk", snapped(status), STOPPED)).isEqualTo(expected);
        assertThat(answer("ResetDisk", snapped(status), STOPPED)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(value = InstanceStatus.class, names = "RELEASED", mode = EnumSource.Mode.EXCLUDE)
    void asksForAStoppedInstance(InstanceStatus status) {
        var expected = status == InstanceStatus.STOPPED ? null : ErrorCode.INCORRECT_INSTANCE_STATUS;
        assertThat(answer("ReInitDisk", snapped(DiskStatus.IN_USE), instance(status)))
                .isEqualTo(expected);
        assertThat(answer("ResetDisk", snapped(DiskStatus.IN_USE), instance(status)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "FINANCIAL, INSTANCE_EXPIRED_OR_IN_ARREARS",
        "SECURITY, INSTANCE_LOCKED_FOR_SECURITY",
        "RECYCLING,",
        "DEDICATED_HOST_FINANCIAL,",
        "REFUNDED,"
    })
    void locksForSecurityAndForPaymentBlockADiskInUse(LockReason lock, @Nullable ErrorCode expected) {
        var locked = instance(InstanceStatus.STOPPED, lock);
        for (var action : new String[] {"ReInitDisk", "ResetDisk"}) {
            assertThat(answer(action, snapped(DiskStatus.IN_USE), locked)).isEqualTo(expected);
            // A disk that is on no instance is not asked about its locks.
            assertThat(answer(action, snapped(DiskStatus.AVAILABLE), locked))
                    .isEqualTo(ErrorCode.INCORRECT_DISK_STATUS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local_ssd_pro", "local_hdd_pro", "ephemeral_ssd"})
    void aLocalDiskStaysAsItIs(String category) {
        var local = snapped(spec(DiskType.DATA, false).withCategory(category));
        assertThat(answer("ReInitDisk", local, STOPPED)).isEqualTo(ErrorCode.DISK_CATEGORY_OPERATION_NOT_SUPPORTED);
        assertThat(answer("ResetDisk", local, STOPPED)).isEqualTo(ErrorCode.DISK_CATEGORY_OPERATION_NOT_SUPPORTED);
    }

    @Test
    void aSystemDiskIsOverwrittenLikeAnyOther() {
        var system = snapped(spec(DiskType.SYSTEM, false));
        assertThat(answer("ReInitDisk", system, STOPPED)).isNull();
        assertThat(answer("ResetDisk", system, STOPPED)).isNull();
    }

    @Test
    void aSharedDiskIsNotReInited() {
        var shared = snapped(spec(DiskType.DATA, true).withMultiAttach(true));
        assertThat(answer("ReInitDisk", shared, STOPPED)).isEqualTo(ErrorCode.INVALID_OPERATION_MULTI_ATTACH_DISK);
    }

    @Test
    void waitsForASnapshotAndForATask() {
        var busy = withSnapshotUnderWay(snapped(DiskStatus.IN_USE), OTHER);
        assertThat(answer("ReInitDisk", busy, STOPPED)).isEqualTo(ErrorCode.DISK_CREATING_SNAPSHOT);
        assertThat(answer("ResetDisk", busy, STOPPED))
                .isEqualTo(ErrorCode.INCORRECT_DISK_STATUS_HAS_UNFINISHED_SNAPSHOT);
        var changing = withSnapshot(Examples.changingDisk(), SNAPSHOT);
        assertThat(answer("ReInitDisk", changing, STOPPED)).isEqualTo(ErrorCode.INCORRECT_DISK_STATUS);
        assertThat(answer("ResetDisk", changing, STOPPED)).isEqualTo(ErrorCode.OPERATION_CONFLICT);
    }

    @Test
    void aDiskWhoseSourceIsGoneCannotBeMadeAnew() {
        var copy = snapped(spec(DiskType.DATA, true).withSourceSnapshotId("s-gone"));
        assertThat(answer("ReInitDisk", copy, STOPPED)).isEqualTo(ErrorCode.INVALID_SOURCE_SNAPSHOT);
    }

    @Test
    void goesBackToAWholeSnapshotOfItsOwnOnly() {
        assertThat(answer("ResetDisk", disk(DiskStatus.IN_USE), STOPPED))
                .isEqualTo(ErrorCode.INVALID_SNAPSHOT_ID_NOT_FOUND);
        assertThat(answer("ResetDisk", withSnapshotUnderWay(disk(DiskStatus.IN_USE), SNAPSHOT), STOPPED))
                .isEqualTo(ErrorCode.INVALID_SNAPSHOT_ID_NOT_READY);

        var world = Examples.world(disk(DiskStatus.IN_USE), STOPPED);
        var another = snapped(DiskStatus.AVAILABLE).withId(new DiskId("d-another"));
        world.apply(2, another.id(), new DiskEvent.Provisioned(STORY, another));
        assertThat(Verdict.of(verb("ResetDisk"), world, disk(DiskStatus.IN_USE), STOPPED)
                        .code())
                .isEqualTo(ErrorCode.INVALID_PARAMETER_MISMATCH);
    }

    @Test
    void aDryRunChangesNothing() {
        assertThat(Verdict.of(verb("ResetDisk", "DryRun", "true"), snapped(DiskStatus.IN_USE), STOPPED)
                        .code())
                .isEqualTo(ErrorCode.DRY_RUN_OPERATION);
    }
}
