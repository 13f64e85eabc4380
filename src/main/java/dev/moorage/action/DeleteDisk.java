package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DISK_CREATING_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.DISK_NOT_PORTABLE;
import static dev.moorage.contract.ErrorCode.DISK_TYPE_VIOLATION;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS_INITIALIZING;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.view.AccountView;
import java.util.Optional;

/** Releases a disk that is on no instance. An id that is unknown, or was released before, is no error. */
record DeleteDisk(DiskId diskId) implements DiskChange {
    static DeleteDisk of(Call call) {
        return new DeleteDisk(new DiskId(call.arguments().required("DiskId")));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var disk = view.disk(diskId);
        if (disk == null || disk.isReleased()) return Optional.of(success());
        return Optional.empty();
    }

    @Override
    public Decision decide(Disk disk, Conditions conditions) {
        if (disk.isSystemDisk()) return Decision.reject(DISK_TYPE_VIOLATION);
        if (!disk.spec().portable()) return Decision.reject(DISK_NOT_PORTABLE);
        if (disk.status() == DiskStatus.CREATING) return Decision.reject(INCORRECT_DISK_STATUS_INITIALIZING);
        if (disk.status() != DiskStatus.AVAILABLE) return Decision.reject(INCORRECT_DISK_STATUS);
        if (disk.snapshotInProgress().isPresent()) return Decision.reject(DISK_CREATING_SNAPSHOT);
        return Decision.accept(new DiskEvent.Released(conditions.story()));
    }
}
