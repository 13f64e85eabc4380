package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import java.util.Optional;

/** Boots a stopped instance. */
record StartInstance(InstanceId instanceId, boolean dryRun, Operation operation) implements InstanceChange {
    static StartInstance of(Call call) {
        return new StartInstance(
                new InstanceId(call.arguments().required("InstanceId")),
                call.arguments().isTrue("DryRun"),
                Power.start());
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        return Optional.empty();
    }

    @Override
    public Admission admit(Instance instance, Conditions conditions) {
        return dryRun ? operation.rehearse(instance) : operation.admit(instance, conditions);
    }
}
