package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DELETE_WITH_INSTANCE_CONFLICT;
import static dev.moorage.contract.ErrorCode.DEPENDENCY_VIOLATION;
import static dev.moorage.contract.ErrorCode.DISK_NOT_PORTABLE;
import static dev.moorage.contract.ErrorCode.DISK_TYPE_VIOLATION;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ALREADY_DETACHED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_RELEASED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_DISK_DETACHING_FROM_THIS_ECS;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_DELETE_WITH_INSTANCE;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.Optional;

/**
 * Takes a disk off its instance, in about a minute.
 *
 * <p>The document names ten errors and no order. The order here follows the way of the call: what exists, then the
 * instance, then the disk. Relation goes before status, since clients read DependencyViolation as "already detached";
 * kind goes before portability, since a system disk is not portable either and its own code would never be seen.
 *
 * @param deleteWithInstance what becomes of the disk's flag; heeded only where today's documents are followed
 */
record DetachDisk(InstanceId instanceId, DiskId diskId, Optional<Boolean> deleteWithInstance)
        implements InstanceChange, DiskChange {

    static DetachDisk of(Call call) {
        return new DetachDisk(
                new InstanceId(call.arguments().required("InstanceId")),
                new DiskId(call.arguments().required("DiskId")),
                call.arguments().bool("DeleteWithInstance"));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        var disk = view.disk(diskId);
        if (disk == null) return Change.reject(INVALID_DISK_ID_NOT_FOUND);
        if (disk.isReleased()) return Change.reject(INVALID_DISK_ID_RELEASED);
        return Optional.empty();
    }

    @Override
    public Admission admit(Instance instance, Conditions conditions) {
        if (instance.isLockedForSecurity()) return Admission.reject(INSTANCE_LOCKED_FOR_SECURITY);
        if (!instance.isRunningOrStopped()) return Admission.reject(INCORRECT_INSTANCE_STATUS);
        boolean systemDiskToo = conditions.isCurrent() && instance.status() == InstanceStatus.STOPPED;
        return Admission.passOn(systemDiskToo ? new OfStoppedInstance(this) : this);
    }

    @Override
    public Decision decide(Disk disk, Conditions conditions) {
        return decide(disk, conditions, false);
    }

    private Decision decide(Disk disk, Conditions conditions, boolean systemDiskToo) {
        if (conditions.isCurrent()) {
            if (disk.status() == DiskStatus.AVAILABLE) return Decision.reject(INVALID_DISK_ALREADY_DETACHED);
            if (disk.isInFocus(instanceId) && disk.status() == DiskStatus.DETACHING) {
                return Decision.reject(INVALID_OPERATION_DISK_DETACHING_FROM_THIS_ECS);
            }
        }
        // One that is still being made for an instance is not on it yet.
        boolean isThere = disk.status().isAttached() && disk.isAttachedTo(instanceId);
        if (!isThere) return Decision.reject(DEPENDENCY_VIOLATION);
        if (disk.isSystemDisk() && !systemDiskToo) return Decision.reject(DISK_TYPE_VIOLATION);
        if (!disk.spec().portable() && !disk.isSystemDisk()) return Decision.reject(DISK_NOT_PORTABLE);
        if (disk.status() != DiskStatus.IN_USE) return Decision.reject(INCORRECT_DISK_STATUS);
        boolean flag =
                conditions.isCurrent() ? deleteWithInstance.orElse(disk.isSystemDisk()) : disk.deleteWithInstance();
        if (conditions.isCurrent()) {
            if (flag && disk.spec().multiAttach()) return Decision.reject(DELETE_WITH_INSTANCE_CONFLICT);
            if (!flag && disk.spec().isEphemeral()) return Decision.reject(INVALID_PARAMETER_DELETE_WITH_INSTANCE);
        }
        return Decision.accept(
                new DiskEvent.Detaching(conditions.story(), flag, conditions.due("DetachDisk"), disk.told(instanceId)));
    }

    /** Today's documents let the system disk go too, while its instance is stopped: only the instance knows that. */
    private record OfStoppedInstance(DetachDisk call) implements DiskChange {
        @Override
        public DiskId diskId() {
            return call.diskId;
        }

        @Override
        public Optional<Outcome> check(AccountView view) {
            return call.check(view);
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            return call.decide(disk, conditions, true);
        }
    }
}
