package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import java.util.Optional;

/**
 * A change to a disk, on its way by the instance that the disk is on.
 *
 * @param disk as it was seen when the way was chosen
 */
record ThroughInstance(GatedDiskChange change, InstanceId instanceId, Disk disk) implements InstanceChange {
    /** Asked when the instance has gone meanwhile: its disk can be somewhere else by now, or on its way off. */
    @Override
    public Optional<Outcome> check(AccountView view) {
        return change.check(view).or(() -> Change.reject(INCORRECT_DISK_STATUS));
    }

    @Override
    public Outcome.Success success() {
        return change.success();
    }

    @Override
    public Admission admit(Instance instance, Conditions conditions) {
        var objection = change.isRepeated(disk, conditions)
                ? Optional.<ErrorCode>empty()
                : change.objection(instance, conditions);
        return objection.map(Admission::reject).orElseGet(() -> Admission.passOn(new Admitted(change, instanceId)));
    }

    /** What the instance has let pass. */
    private record Admitted(GatedDiskChange change, InstanceId by) implements DiskChange {
        @Override
        public DiskId diskId() {
            return change.diskId();
        }

        @Override
        public Optional<Outcome> check(AccountView view) {
            return change.check(view);
        }

        @Override
        public Outcome.Success success() {
            return change.success();
        }

        @Override
        public Outcome.Success success(Disk disk) {
            return change.success(disk);
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            return disk.attachment() == null || disk.isAttachedTo(by)
                    ? change.decideAdmitted(disk, conditions)
                    : Decision.reject(INCORRECT_DISK_STATUS);
        }
    }
}
