package dev.moorage.action;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/** Boots stopped instances. */
record StartInstances(SeveralInstances instances) implements Batch {
    static StartInstances of(Call call) {
        return new StartInstances(SeveralInstances.of(call, Power.start()));
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
        return new StartInstances(instances.askedIn(view));
    }

    @Override
    public Outcome conclude(List<Outcome> outcomes) {
        return instances.conclude(outcomes, InstanceStatus.STOPPED, InstanceStatus.STARTING);
    }
}
