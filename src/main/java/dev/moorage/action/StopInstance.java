package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.Optional;

/** Shuts a running instance down. Its disks stay where they are. */
record StopInstance(InstanceId instanceId, boolean dryRun) implements InstanceChange {
    static StopInstance of(Call call) {
        return new StopInstance(
                new InstanceId(call.arguments().required("InstanceId")),
                call.arguments().isTrue("DryRun"));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        return Optional.empty();
    }

    @Override
    public Admission admit(Instance instance, Conditions conditions) {
        if (instance.isLockedForSecurity()) return Admission.reject(INSTANCE_LOCKED_FOR_SECURITY);
        if (instance.status() != InstanceStatus.RUNNING) return Admission.reject(INCORRECT_INSTANCE_STATUS);
        if (dryRun) return Admission.reject(DRY_RUN_OPERATION);
        return Admission.decide(new InstanceEvent.Stopping(conditions.story(), conditions.due("StopInstance")));
    }
}
