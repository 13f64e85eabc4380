package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/** Shuts running instances down. */
record StopInstances(SeveralInstances instances, boolean isOfKnownMode) implements Batch {
    static StopInstances of(Call call) {
        return new StopInstances(
                SeveralInstances.of(call, Power.stop(call.arguments())), Power.isStoppedMode(call.arguments()));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (!isOfKnownMode) return Change.reject(INVALID_PARAMETER, "StoppedMode");
        return instances.check(view);
    }

    @Override
    public List<? extends Change> parts() {
        return instances.parts();
    }

    @Override
    public Change routed(AccountView view) {
        return new StopInstances(instances.askedIn(view), isOfKnownMode);
    }

    @Override
    public Outcome conclude(List<Outcome> outcomes) {
        return instances.conclude(outcomes, InstanceStatus.RUNNING, InstanceStatus.STOPPING);
    }
}
