package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DELETE_WITH_INSTANCE_CONFLICT;
import static dev.moorage.contract.ErrorCode.DISK_ATTACHED_NUMBER_EXCEEDED;
import static dev.moorage.contract.ErrorCode.DISK_CATEGORY_OPERATION_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.DISK_ID_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.DISK_NOT_PORTABLE;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_DISK_LIMIT_EXCEEDED;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;
import static dev.moorage.contract.ErrorCode.INVALID_DEVICE_IN_USE;
import static dev.moorage.contract.ErrorCode.INVALID_DEVICE_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_DISK_NOT_BOOTABLE;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_NOT_ORIGIN_INSTANCE;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_CAN_NOT_ATTACH_MULTI_ATTACH_DISK_AS_SYSTEM_DISK;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_OTHER_INSTANCE_UNSUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_ALL_EMPTY;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_DELETE_WITH_INSTANCE;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_FORCE_DISK_CATEGORY_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_FORCE_MULTI_ATTACH_DISK_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_FORCE_PREPAID_DISK_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.RESOURCES_NOT_IN_SAME_ZONE;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Device;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Slot;
import dev.moorage.view.AccountView;
import java.util.Optional;

/**
 * Puts an available disk on an instance in the same zone, or one that can be on several instances on one more. The
 * instance keeps a device for it first; if the disk then says no, the device is free again.
 *
 * @param device as the caller asked for it; empty for the first free one
 * @param bootable as the system disk of an instance that has none
 * @param hasCredentials says how to log on to what is on a system disk
 */
record AttachDisk(
        InstanceId instanceId,
        DiskId diskId,
        Optional<String> device,
        boolean deleteWithInstance,
        boolean bootable,
        boolean hasCredentials,
        boolean force)
        implements InstanceChange {

    static AttachDisk of(Call call) {
        Arguments arguments = call.arguments();
        return new AttachDisk(
                new InstanceId(arguments.required("InstanceId")),
                new DiskId(arguments.required("DiskId")),
                arguments.string("Device"),
                arguments.isTrue("DeleteWithInstance"),
                arguments.isTrue("Bootable"),
                arguments.has("Password") || arguments.has("KeyPairName"),
                arguments.isTrue("Force"));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (device.isPresent() && !bootable && Device.data(device.get()).isEmpty()) {
            return Change.reject(INVALID_DEVICE_MALFORMED);
        }
        if (bootable && !hasCredentials) return Change.reject(INVALID_PARAMETER_ALL_EMPTY);
        if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        var disk = view.disk(diskId);
        if (disk == null || disk.isReleased()) return Change.reject(INVALID_DISK_ID_NOT_FOUND);
        return Optional.empty();
    }

    @Override
    public boolean asksForSlots() {
        return true;
    }

    @Override
    public Admission admit(Instance instance, Conditions conditions) {
        if (instance.isLockedForSecurity()) return Admission.reject(INSTANCE_LOCKED_FOR_SECURITY);
        if (!instance.isRunningOrStopped()) return Admission.reject(INCORRECT_INSTANCE_STATUS);
        if (bootable && instance.status() != InstanceStatus.STOPPED) return Admission.reject(INCORRECT_INSTANCE_STATUS);

        boolean full = instance.dataSlots().size() >= Instance.MAX_DATA_DISKS;
        if (full && !bootable) return Admission.reject(INSTANCE_DISK_LIMIT_EXCEEDED);
        var taken = instance.slots().stream().map(Slot::device).toList();
        String wanted = bootable
                ? Device.SYSTEM
                : device.flatMap(Device::data).or(() -> Device.firstFree(taken)).orElseThrow();
        if (taken.contains(wanted)) return Admission.reject(INVALID_DEVICE_IN_USE);

        var attachment = new Attachment(instanceId, wanted, conditions.story().requestId());
        return Admission.passOn(
                new To(this, attachment, instance.spec()),
                new InstanceEvent.SlotReserved(conditions.story(), diskId, wanted));
    }

    /** The disk's part, with the device that the instance chose. */
    private record To(AttachDisk call, Attachment attachment, InstanceSpec instance) implements DiskChange {
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
            var spec = disk.spec();
            if (!DiskCategories.canBeMade(spec.category()))
                return Decision.reject(DISK_CATEGORY_OPERATION_NOT_SUPPORTED);
            if (call.bootable && spec.multiAttach()) {
                return Decision.reject(INVALID_OPERATION_CAN_NOT_ATTACH_MULTI_ATTACH_DISK_AS_SYSTEM_DISK);
            }
            if (call.bootable && !disk.isSystemDisk()) return Decision.reject(INVALID_DISK_DISK_NOT_BOOTABLE);
            if (!call.bootable && disk.isSystemDisk()) return Decision.reject(DISK_ID_VALUE_NOT_SUPPORTED);
            if (!spec.portable() && !disk.isSystemDisk()) return Decision.reject(DISK_NOT_PORTABLE);
            if (call.deleteWithInstance && spec.multiAttach()) return Decision.reject(DELETE_WITH_INSTANCE_CONFLICT);
            if (!call.deleteWithInstance && spec.isEphemeral()) {
                return Decision.reject(INVALID_PARAMETER_DELETE_WITH_INSTANCE);
            }
            if (call.force) {
                if (!spec.isRegional()) return Decision.reject(INVALID_PARAMETER_FORCE_DISK_CATEGORY_NOT_SUPPORTED);
                if (spec.chargeType() == ChargeType.PRE_PAID) {
                    return Decision.reject(INVALID_PARAMETER_FORCE_PREPAID_DISK_NOT_SUPPORTED);
                }
                if (spec.multiAttach()) {
                    return Decision.reject(INVALID_PARAMETER_FORCE_MULTI_ATTACH_DISK_NOT_SUPPORTED);
                }
            }
            boolean free = disk.status() == DiskStatus.AVAILABLE;
            boolean shared =
                    spec.multiAttach() && disk.status() == DiskStatus.IN_USE && !disk.isAttachedTo(call.instanceId);
            if (!free && !shared) return Decision.reject(INCORRECT_DISK_STATUS);
            if (!spec.reaches(instance)) return Decision.reject(RESOURCES_NOT_IN_SAME_ZONE);
            if (disk.origin() != null && !disk.origin().equals(call.instanceId)) {
                return Decision.reject(
                        disk.isSystemDisk()
                                ? INVALID_INSTANCE_NOT_ORIGIN_INSTANCE
                                : INVALID_OPERATION_OTHER_INSTANCE_UNSUPPORTED);
            }
            if (!disk.hasRoom()) return Decision.reject(DISK_ATTACHED_NUMBER_EXCEEDED);
            return Decision.accept(new DiskEvent.Attaching(
                    conditions.story(), attachment, call.deleteWithInstance, conditions.due("AttachDisk")));
        }
    }
}
