package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import java.util.Optional;

/** Releases an instance, and its disks with it or not. */
record DeleteInstance(InstanceId instanceId, boolean dryRun, Operation operation) implements InstanceChange {
    static DeleteInstance of(Call call) {
        return new DeleteInstance(
                new InstanceId(call.arguments().required("InstanceId")),
                call.arguments().isTrue("DryRun"),
                Release.of(call.arguments(), at -> null));
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
