package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import java.util.Optional;

/** Shuts a running instance down. Its disks stay where they are. */
record StopInstance(InstanceId instanceId, boolean dryRun, boolean isOfKnownMode, Operation operation)
        implements InstanceChange {
    static StopInstance of(Call call) {
        return new StopInstance(
                new InstanceId(call.arguments().required("InstanceId")),
                call.arguments().isTrue("DryRun"),
                Power.isStoppedMode(call.arguments()),
                Power.stop(call.arguments()));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (!isOfKnownMode) return Change.reject(INVALID_PARAMETER, "StoppedMode");
        if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        return Optional.empty();
    }

    @Override
    public Admission admit(Instance instance, Conditions conditions) {
        return dryRun ? operation.rehearse(instance) : operation.admit(instance, conditions);
    }
}
