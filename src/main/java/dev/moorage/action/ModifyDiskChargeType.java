package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.CHARGE_TYPE_VIOLATION;
import static dev.moorage.contract.ErrorCode.IDEMPOTENCE_PARAM_NOT_MATCH;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_IDS_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_IDS_NOT_PORTABLE;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_RELEASED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_STATUS_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_MULTI_ATTACH_DISK;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Has data disks of an instance paid for by the month, or by use. A disk that is paid for by the month cannot be moved.
 * Of several disks none is changed if, as far as can be seen, one cannot be.
 */
record ModifyDiskChargeType(
        Arguments arguments,
        InstanceId instanceId,
        Optional<List<DiskId>> diskIds,
        Idempotence idempotence,
        String orderId)
        implements Batch {
    private static final int MAX_DISKS = 16;

    static ModifyDiskChargeType of(Call call, Ids ids) {
        return new ModifyDiskChargeType(
                call.arguments(),
                new InstanceId(call.arguments().required("InstanceId")),
                call.arguments()
                        .jsonArray("DiskIds")
                        .map(named -> named.stream().distinct().map(DiskId::new).toList()),
                Idempotence.of(call),
                ids.newOrder());
    }

    private Optional<ChargeType> chargeType() {
        String wanted = arguments.string("DiskChargeType").orElse(ChargeType.PRE_PAID.wire());
        return Arrays.stream(ChargeType.values())
                .filter(type -> type.wire().equals(wanted))
                .findFirst();
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrong = idempotence.wrong();
        if (wrong.isPresent()) return Optional.of(wrong.get());
        if (!Regions.isRegion(arguments.required("RegionId"))) return Change.reject(INVALID_REGION_ID_NOT_FOUND);
        if (diskIds.isEmpty() || diskIds.get().isEmpty() || diskIds.get().size() > MAX_DISKS) {
            return Change.reject(INVALID_PARAMETER, "DiskIds");
        }
        if (chargeType().isEmpty()) return Change.reject(INVALID_PARAMETER, "DiskChargeType");
        // A repeat is answered wherever the disks are by now: they remember the token, and know for how long.
        var fresh = parts().stream().filter(part -> !part.isRepeatIn(view)).toList();
        if (fresh.isEmpty()) return Optional.empty();
        if (view.everInstance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_RELEASED);
        for (var part : fresh) {
            var unknown = part.check(view);
            if (unknown.isPresent()) return unknown;
        }
        for (var part : fresh) {
            var objection = Optional.ofNullable(view.disk(part.diskId())).flatMap(part::objection);
            if (objection.isPresent()) return Change.reject(objection.get());
        }
        return Optional.empty();
    }

    @Override
    public List<OfDisk> parts() {
        return diskIds.orElse(List.of()).stream()
                .map(id -> new OfDisk(instanceId, id, chargeType().orElseThrow(), idempotence, Optional.empty()))
                .toList();
    }

    @Override
    public Outcome.Success success() {
        return Outcome.success(JsonNodeFactory.instance.objectNode().put("OrderId", orderId));
    }

    /**
     * The part of one disk.
     *
     * @param seen the disk when the way was chosen
     */
    private record OfDisk(
            InstanceId instanceId, DiskId diskId, ChargeType to, Idempotence idempotence, Optional<Disk> seen)
            implements InstanceChange, DiskChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
            var disk = view.disk(diskId);
            return disk == null || !disk.isAttachedTo(instanceId)
                    ? Change.reject(INVALID_DISK_IDS_NOT_FOUND)
                    : Optional.empty();
        }

        boolean isRepeatIn(AccountView view) {
            var disk = view.disk(diskId);
            return disk != null && idempotence.isKnownTo(disk.tokens());
        }

        @Override
        public Change routed(AccountView view) {
            return new OfDisk(instanceId, diskId, to, idempotence, Optional.ofNullable(view.disk(diskId)));
        }

        @Override
        public Admission admit(Instance instance, Conditions conditions) {
            boolean isRepeated = seen.map(disk -> idempotence.isDone(disk.tokens(), conditions.now()))
                    .orElse(false);
            if (isRepeated) return Admission.passOn(this);
            boolean isShutForPayment = instance.isLockedForPayment() && instance.status() == InstanceStatus.STOPPED;
            if (!instance.isRunningOrStopped() || isShutForPayment) {
                return Admission.reject(INVALID_INSTANCE_STATUS_NOT_SUPPORTED);
            }
            if (to == ChargeType.POST_PAID && instance.spec().chargeType() == ChargeType.POST_PAID) {
                return Admission.reject(CHARGE_TYPE_VIOLATION);
            }
            return Admission.passOn(this);
        }

        Optional<ErrorCode> objection(Disk disk) {
            if (!disk.isAttachedTo(instanceId)) return Optional.of(INVALID_DISK_IDS_NOT_FOUND);
            if (disk.isSystemDisk() || disk.spec().isLocal()) return Optional.of(INVALID_DISK_IDS_NOT_PORTABLE);
            if (disk.spec().multiAttach()) return Optional.of(INVALID_OPERATION_MULTI_ATTACH_DISK);
            if (disk.status() != DiskStatus.IN_USE) return Optional.of(INCORRECT_DISK_STATUS);
            return Optional.empty();
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            return idempotence
                    .repeated(disk, conditions, IDEMPOTENCE_PARAM_NOT_MATCH)
                    .or(() -> objection(disk).map(Decision::reject))
                    .orElseGet(() -> change(disk, conditions));
        }

        private Decision change(Disk disk, Conditions conditions) {
            boolean isSo = disk.spec().chargeType() == to;
            // What changes nothing is no fact, unless there is a token to remember.
            if (isSo && idempotence.token().isEmpty()) return Decision.accept();
            return Decision.accept(new DiskEvent.ChargeTypeChanged(
                    conditions.story(),
                    to,
                    isSo ? disk.spec().portable() : to == ChargeType.POST_PAID,
                    disk.deleteWithInstance(),
                    idempotence.used(conditions.now())));
        }
    }
}
