package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.SNAPSHOT_CREATED_DISK;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.SnapshotId;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/** Deletes a snapshot, also one that is still being taken. An id that is unknown is no error. */
record DeleteSnapshot(SnapshotId snapshotId, boolean force) implements Batch {
    static DeleteSnapshot of(Call call) {
        return new DeleteSnapshot(
                new SnapshotId(call.arguments().required("SnapshotId")),
                call.arguments().isTrue("Force"));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (view.snapshot(snapshotId) == null) return Optional.of(success());
        if (!force && view.isSource(snapshotId)) return Change.reject(SNAPSHOT_CREATED_DISK);
        return Optional.empty();
    }

    /** One, to the disk that it was taken of; which that is, the view knows. */
    @Override
    public List<Change> parts() {
        return List.of();
    }

    @Override
    public Change routed(AccountView view) {
        var known = view.snapshot(snapshotId);
        return known == null ? this : new OfDisk(this, known.diskId());
    }

    private record OfDisk(DeleteSnapshot call, DiskId diskId) implements DiskChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return call.check(view);
        }

        @Override
        public boolean outlivesTheDisk() {
            return true;
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            return disk.snapshot(call.snapshotId).isPresent()
                    ? Decision.accept(new DiskEvent.SnapshotDeleted(conditions.story(), call.snapshotId))
                    : Decision.accept();
        }
    }
}
