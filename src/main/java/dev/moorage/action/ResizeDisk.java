package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DISK_CREATING_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_CATEGORY_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_SIZE;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_SIZE_TOO_LARGE;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_SIZE_TOO_SMALL;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_STATUS_NOT_RUNNING;
import static dev.moorage.contract.ErrorCode.INVALID_PARAM_TYPE;
import static dev.moorage.contract.ErrorCode.OPERATION_CONFLICT;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.Optional;

/**
 * Makes a disk larger. Online and offline come to the same here: what a guest sees of its disk is not simulated.
 *
 * @param type how; the answer to a subscription disk has an order
 */
record ResizeDisk(DiskId diskId, int newSizeGiB, String type, Idempotence idempotence, String orderId)
        implements GatedDiskChange {
    private static final String OFFLINE = "offline";
    private static final String ONLINE = "online";
    /** The one category that grows offline only. */
    private static final String BASIC = "cloud";

    static ResizeDisk of(Call call, Ids ids) {
        return new ResizeDisk(
                new DiskId(call.arguments().required("DiskId")),
                call.arguments().integer("NewSize").orElseThrow(),
                call.arguments().string("Type").orElse(OFFLINE),
                Idempotence.of(call),
                ids.newOrder());
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrong = idempotence.wrong();
        if (wrong.isPresent()) return Optional.of(wrong.get());
        if (!type.equals(OFFLINE) && !isOnline()) return Change.reject(INVALID_PARAM_TYPE);
        var disk = view.disk(diskId);
        if (disk == null || disk.isReleased()) return Change.reject(INVALID_DISK_ID_NOT_FOUND);
        return Optional.empty();
    }

    private boolean isOnline() {
        return type.equals(ONLINE);
    }

    @Override
    public boolean isRepeated(Disk disk, Conditions conditions) {
        return idempotence.isDone(disk.tokens(), conditions.now());
    }

    @Override
    public Optional<ErrorCode> objection(Instance instance, Conditions conditions) {
        if (instance.isLockedForSecurity()) return Optional.of(INSTANCE_LOCKED_FOR_SECURITY);
        if (!instance.isRunningOrStopped()) return Optional.of(INCORRECT_INSTANCE_STATUS);
        if (isOnline() && instance.status() != InstanceStatus.RUNNING) {
            return Optional.of(INVALID_INSTANCE_STATUS_NOT_RUNNING);
        }
        return Optional.empty();
    }

    @Override
    public Decision decideAdmitted(Disk disk, Conditions conditions) {
        return idempotence
                .repeated(disk, conditions, IDEMPOTENT_PARAMETER_MISMATCH)
                .orElseGet(() -> resize(disk, conditions));
    }

    private Decision resize(Disk disk, Conditions conditions) {
        var spec = disk.spec();
        if (!disk.status().isAtRest()) return Decision.reject(INCORRECT_DISK_STATUS);
        if (isOnline() && disk.status() != DiskStatus.IN_USE) return Decision.reject(INCORRECT_DISK_STATUS, "Type");
        if (spec.isLocal()) return Decision.reject(INVALID_DISK_CATEGORY_NOT_SUPPORTED);
        if (isOnline() && spec.category().equals(BASIC)) {
            return Decision.reject(INVALID_DISK_CATEGORY_NOT_SUPPORTED, "Type");
        }
        if (disk.snapshotInProgress().isPresent()) return Decision.reject(DISK_CREATING_SNAPSHOT);
        if (disk.taskUnderWay().isPresent()) return Decision.reject(OPERATION_CONFLICT);
        if (newSizeGiB < spec.sizeGiB()) return Decision.reject(INVALID_DISK_SIZE_TOO_SMALL);
        if (newSizeGiB == spec.sizeGiB()) return Decision.reject(INVALID_DISK_SIZE);
        if (!canBe(spec)) return Decision.reject(INVALID_DISK_SIZE_TOO_LARGE);
        return Decision.accept(
                new DiskEvent.Resized(conditions.story(), newSizeGiB, idempotence.used(conditions.now())));
    }

    private boolean canBe(DiskSpec spec) {
        return DiskCategories.comesIn(spec.category(), DiskCategories.performanceLevel(spec), newSizeGiB)
                && (spec.type() == DiskType.DATA || newSizeGiB <= DiskCategories.MAX_SYSTEM_GIB);
    }

    @Override
    public Outcome.Success success(Disk disk) {
        var body = JsonNodeFactory.instance.objectNode();
        if (disk.spec().chargeType() == ChargeType.PRE_PAID) body.put("OrderId", orderId);
        return Outcome.success(body);
    }
}
