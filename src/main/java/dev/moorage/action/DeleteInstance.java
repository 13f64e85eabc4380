package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.CHARGE_TYPE_VIOLATION;
import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS_INITIALIZING;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_DELETION_PROTECTION;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.Optional;

/**
 * Releases an instance, and its disks with it or not, as {@link DiskOrders} has it. A security lock does not keep an
 * instance from being released.
 */
record DeleteInstance(InstanceId instanceId, boolean force, boolean dryRun) implements InstanceChange {
    static DeleteInstance of(Call call) {
        return new DeleteInstance(
                new InstanceId(call.arguments().required("InstanceId")),
                call.arguments().isTrue("Force"),
                call.arguments().isTrue("DryRun"));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        return Optional.empty();
    }

    @Override
    public Admission admit(Instance instance, Conditions conditions) {
        if (instance.spec().deletionProtection()) return Admission.reject(INVALID_OPERATION_DELETION_PROTECTION);
        if (instance.spec().chargeType() == ChargeType.PRE_PAID) return Admission.reject(CHARGE_TYPE_VIOLATION);
        if (instance.status() == InstanceStatus.PENDING)
            return Admission.reject(INCORRECT_INSTANCE_STATUS_INITIALIZING);
        boolean down = instance.status() == InstanceStatus.STOPPED;
        boolean running = instance.status() == InstanceStatus.RUNNING;
        if (!down && !(running && force)) return Admission.reject(INCORRECT_INSTANCE_STATUS);
        if (dryRun) return Admission.reject(DRY_RUN_OPERATION);
        return Admission.decide(new InstanceEvent.Released(conditions.story()));
    }
}
