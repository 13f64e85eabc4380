package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DISK_ID_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.DISK_NOT_PORTABLE;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_DISK_LIMIT_EXCEEDED;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;
import static dev.moorage.contract.ErrorCode.INVALID_DEVICE_IN_USE;
import static dev.moorage.contract.ErrorCode.INVALID_DEVICE_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.RESOURCES_NOT_IN_SAME_ZONE;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.Device;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import dev.moorage.view.AccountView;
import java.util.Optional;

/**
 * Puts an available disk on an instance in the same zone. The instance keeps a device for it first; if the disk then
 * says no, the device is free again.
 *
 * @param device as the caller asked for it; empty for the first free one
 */
record AttachDisk(InstanceId instanceId, DiskId diskId, Optional<String> device, boolean deleteWithInstance)
        implements InstanceChange {

    static AttachDisk of(Call call) {
        return new AttachDisk(
                new InstanceId(call.arguments().required("InstanceId")),
                new DiskId(call.arguments().required("DiskId")),
                call.arguments().string("Device"),
                call.arguments().isTrue("DeleteWithInstance"));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (device.isPresent() && Device.data(device.get()).isEmpty()) return Change.reject(INVALID_DEVICE_MALFORMED);
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

        var taken = instance.dataSlots().stream().map(Slot::device).toList();
        if (taken.size() >= Instance.MAX_DATA_DISKS) return Admission.reject(INSTANCE_DISK_LIMIT_EXCEEDED);
        String wanted =
                device.flatMap(Device::data).or(() -> Device.firstFree(taken)).orElseThrow();
        if (taken.contains(wanted)) return Admission.reject(INVALID_DEVICE_IN_USE);

        var attachment = new Attachment(instanceId, wanted, conditions.story().requestId());
        return Admission.passOn(
                new To(this, attachment, instance.spec().zoneId()),
                new InstanceEvent.SlotReserved(conditions.story(), diskId, wanted));
    }

    /** The disk's part, with the device that the instance chose. */
    private record To(AttachDisk call, Attachment attachment, String zoneId) implements DiskChange {
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
            if (disk.isSystemDisk()) return Decision.reject(DISK_ID_VALUE_NOT_SUPPORTED);
            if (!disk.spec().portable()) return Decision.reject(DISK_NOT_PORTABLE);
            if (disk.status() != DiskStatus.AVAILABLE) return Decision.reject(INCORRECT_DISK_STATUS);
            if (!disk.spec().zoneId().equals(zoneId)) return Decision.reject(RESOURCES_NOT_IN_SAME_ZONE);
            return Decision.accept(new DiskEvent.Attaching(
                    conditions.story(), attachment, call.deleteWithInstance, conditions.due("AttachDisk")));
        }
    }
}
