package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DISK_CATEGORY_OPERATION_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.DISK_CREATING_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_MULTI_ATTACH_DISK;
import static dev.moorage.contract.ErrorCode.INVALID_SOURCE_SNAPSHOT;

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

/** Brings a disk of a stopped instance back to what it was when it was made. */
record ReInitDisk(DiskId diskId) implements GatedDiskChange {
    static ReInitDisk of(Call call) {
        return new ReInitDisk(new DiskId(call.arguments().required("DiskId")));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var disk = view.disk(diskId);
        if (disk == null || disk.isReleased()) return Change.reject(INVALID_DISK_ID_NOT_FOUND);
        var source = source(disk);
        if (source.isPresent() && view.snapshot(source.get()) == null) return Change.reject(INVALID_SOURCE_SNAPSHOT);
        return Optional.empty();
    }

    private static Optional<SnapshotId> source(Disk disk) {
        String id = disk.spec().sourceSnapshotId();
        return id.isEmpty() ? Optional.empty() : Optional.of(new SnapshotId(id));
    }

    @Override
    public Optional<ErrorCode> objection(Instance instance, Conditions conditions) {
        return Overwriting.objection(instance);
    }

    @Override
    public Decision decideAdmitted(Disk disk, Conditions conditions) {
        if (disk.status() != DiskStatus.IN_USE) return Decision.reject(INCORRECT_DISK_STATUS);
        if (disk.taskUnderWay().isPresent()) return Decision.reject(INCORRECT_DISK_STATUS);
        if (disk.snapshotInProgress().isPresent()) return Decision.reject(DISK_CREATING_SNAPSHOT);
        if (disk.spec().isLocal()) return Decision.reject(DISK_CATEGORY_OPERATION_NOT_SUPPORTED);
        if (disk.spec().multiAttach()) return Decision.reject(INVALID_OPERATION_MULTI_ATTACH_DISK);
        return Decision.accept(
                new DiskEvent.ReIniting(conditions.story(), source(disk).orElse(null), conditions.due("ReInitDisk")));
    }
}
