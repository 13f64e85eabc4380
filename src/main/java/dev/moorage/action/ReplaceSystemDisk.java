package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DISK_CREATING_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_EXPIRED_OR_IN_ARREARS;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_NOT_FOUND_SYSTEM_DISK;
import static dev.moorage.contract.ErrorCode.INVALID_PASSWORD_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_PASSWORD_PARAM_MISMATCH;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_SIZE_LESS_THAN_IMAGE_SIZE;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Device;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Tags;
import dev.moorage.view.AccountView;
import java.util.Optional;

/**
 * Gives a stopped instance another system disk, made from an image; the one before is released.
 *
 * @param newDisk the id of the other one
 * @param before the system disk that the instance has, as was seen when the call came in
 */
record ReplaceSystemDisk(
        InstanceId instanceId, DiskId newDisk, Optional<Disk> before, Arguments arguments, Idempotence idempotence)
        implements InstanceChange {

    static ReplaceSystemDisk of(Call call, Ids ids) {
        var instanceId = new InstanceId(call.arguments().required("InstanceId"));
        return new ReplaceSystemDisk(
                instanceId, ids.newDiskFor(instanceId), Optional.empty(), call.arguments(), Idempotence.of(call));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrong = idempotence.wrong();
        if (wrong.isPresent()) return Optional.of(wrong.get());
        if (arguments.has("Password") && arguments.isTrue("PasswordInherit")) {
            return Change.reject(INVALID_PASSWORD_PARAM_MISMATCH);
        }
        if (!arguments.string("Password").map(Passwords::isPassword).orElse(true)) {
            return Change.reject(INVALID_PASSWORD_MALFORMED);
        }
        if (sizeGiB() < DiskCategories.MIN_SYSTEM_GIB) {
            return Change.reject(INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE);
        }
        if (sizeGiB() > DiskCategories.MAX_SYSTEM_GIB) {
            return Change.reject(INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE);
        }
        if (sizeGiB() < imageGiB()) return Change.reject(INVALID_SYSTEM_DISK_SIZE_LESS_THAN_IMAGE_SIZE);
        if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        return Optional.empty();
    }

    /** The new disk is of the kind of the old one, which the view knows and the instance does not. */
    @Override
    public Change routed(AccountView view) {
        var seen = Optional.ofNullable(view.instance(instanceId))
                .flatMap(Instance::systemSlot)
                .flatMap(slot -> Optional.ofNullable(view.disk(slot.diskId())));
        return new ReplaceSystemDisk(instanceId, newDisk, seen, arguments, idempotence);
    }

    @Override
    public Admission admit(Instance instance, Conditions conditions) {
        if (idempotence.isDone(instance.tokens(), conditions.now())) return repeated(instance);
        // Done long ago, and the disk came only lately: the token is forgotten, what it made is not.
        if (instance.slots().stream().anyMatch(slot -> slot.diskId().equals(newDisk))) return Admission.decide();
        if (instance.isLockedForSecurity()) return Admission.reject(INSTANCE_LOCKED_FOR_SECURITY);
        if (instance.isLockedForPayment()) return Admission.reject(INSTANCE_EXPIRED_OR_IN_ARREARS);
        if (instance.status() != InstanceStatus.STOPPED) return Admission.reject(INCORRECT_INSTANCE_STATUS);
        var slot = instance.systemSlot();
        if (slot.isEmpty()) return Admission.reject(INVALID_INSTANCE_NOT_FOUND_SYSTEM_DISK);
        // By now it can have another one.
        var replaced = before.filter(disk -> disk.holds(slot.get().reservation()));
        if (replaced.isEmpty()) return Admission.reject(INCORRECT_DISK_STATUS);
        if (replaced.get().status() != DiskStatus.IN_USE) return Admission.reject(INCORRECT_DISK_STATUS);
        if (replaced.get().snapshotInProgress().isPresent()) return Admission.reject(DISK_CREATING_SNAPSHOT);
        return Admission.decide(new InstanceEvent.SystemDiskReplaced(
                conditions.story(),
                new Slot(newDisk, Device.SYSTEM, conditions.story().requestId(), plan(replaced.get())),
                arguments.required("ImageId"),
                idempotence.used(conditions.now())));
    }

    /** No fact, and an answer once the disks have reported. */
    private Admission repeated(Instance instance) {
        var answer = idempotence.again(instance.tokens(), success(), IDEMPOTENT_PARAMETER_MISMATCH);
        return answer instanceof Rejection mismatch ? new Admission.Rejected(mismatch) : Admission.decide();
    }

    private Slot.Plan plan(Disk old) {
        return new Slot.Plan(spec(old.spec()), old.deleteWithInstance());
    }

    private DiskSpec spec(DiskSpec old) {
        return old.withSizeGiB(sizeGiB())
                .withName("")
                .withDescription("")
                .withEncrypted(arguments.bool("Encrypted").orElse(old.encrypted()))
                .withKmsKeyId(arguments.string("KMSKeyId").orElse(old.kmsKeyId()))
                .withSourceSnapshotId("")
                .withImageId(arguments.required("ImageId"))
                .withTags(Tags.NONE);
    }

    private int sizeGiB() {
        return arguments.integer("SystemDisk.Size").orElse(Math.max(DiskCategories.DEFAULT_SYSTEM_GIB, imageGiB()));
    }

    /** An image that is not public is taken as given. */
    private int imageGiB() {
        return Images.find(arguments.required("ImageId")).map(Image::size).orElse(0);
    }

    @Override
    public Outcome.Success success() {
        return Outcome.success(JsonNodeFactory.instance.objectNode().put("DiskId", newDisk.value()));
    }
}
