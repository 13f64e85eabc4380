package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DISK_CATEGORY_OPERATION_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS_HAS_UNFINISHED_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_MULTI_ATTACH_DISK;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_MISMATCH;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_ID_NOT_READY;
import static dev.moorage.contract.ErrorCode.OPERATION_CONFLICT;

import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.SnapshotId;
import dev.moorage.view.AccountView;
import java.util.Optional;

/** Rolls a disk of a stopped instance back to one of its snapshots. */
record ResetDisk(DiskId diskId, SnapshotId snapshotId, boolean dryRun) implements GatedDiskChange {
    static ResetDisk of(Call call) {
        return new ResetDisk(
                new DiskId(call.arguments().required("DiskId")),
                new SnapshotId(call.arguments().required("SnapshotId")),
                call.arguments().isTrue("DryRun"));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var disk = view.disk(diskId);
        if (disk == null || disk.isReleased()) return Change.reject(INVALID_DISK_ID_NOT_FOUND);
        var snapshot = view.snapshot(snapshotId);
        if (snapshot == null) return Change.reject(INVALID_SNAPSHOT_ID_NOT_FOUND);
        if (!snapshot.diskId().equals(diskId)) return Change.reject(INVALID_PARAMETER_MISMATCH);
        return Optional.empty();
    }

    @Override
    public Optional<ErrorCode> objection(Instance instance, Conditions conditions) {
        return Overwriting.objection(instance);
    }

    @Override
    public Decision decideAdmitted(Disk disk, Conditions conditions) {
        if (disk.status() != DiskStatus.IN_USE) return Decision.reject(INCORRECT_DISK_STATUS);
        var snapshot = disk.snapshot(snapshotId);
        if (snapshot.isEmpty()) return Decision.reject(INVALID_SNAPSHOT_ID_NOT_FOUND);
        if (!snapshot.get().isAccomplished()) return Decision.reject(INVALID_SNAPSHOT_ID_NOT_READY);
        if (disk.snapshotInProgress().isPresent())
            return Decision.reject(INCORRECT_DISK_STATUS_HAS_UNFINISHED_SNAPSHOT);
        if (disk.taskUnderWay().isPresent()) return Decision.reject(OPERATION_CONFLICT);
        if (disk.spec().isLocal()) return Decision.reject(DISK_CATEGORY_OPERATION_NOT_SUPPORTED);
        // The instances that it is on beside the one that was asked may be running.
        if (disk.spec().multiAttach()) return Decision.reject(INVALID_OPERATION_MULTI_ATTACH_DISK);
        if (dryRun) return Decision.reject(DRY_RUN_OPERATION);
        return Decision.accept(new DiskEvent.ReIniting(conditions.story(), snapshotId, conditions.due("ResetDisk")));
    }
}
