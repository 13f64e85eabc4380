package dev.moorage.action;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/** Takes running instances down and up again. */
record RebootInstances(SeveralInstances instances) implements Batch {
    static RebootInstances of(Call call) {
        return new RebootInstances(SeveralInstances.of(call, Power.reboot()));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        return instances.check(view);
    }

    @Override
    public List<? extends Change> parts() {
        return instances.parts();
    }

    @Override
    public Change routed(AccountView view) {
        return new RebootInstances(instances.askedIn(view));
    }

    @Override
    public Outcome conclude(List<Outcome> outcomes) {
        return instances.conclude(outcomes, InstanceStatus.RUNNING, InstanceStatus.STARTING);
    }
}
