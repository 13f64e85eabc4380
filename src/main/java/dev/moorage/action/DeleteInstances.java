package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Instance;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/** Releases instances, each as DeleteInstance does: all of them, or none. */
record DeleteInstances(SeveralInstances instances, Idempotence idempotence) implements Batch {
    static DeleteInstances of(Call call) {
        var idempotence = Idempotence.of(call);
        var release = Release.of(call.arguments(), idempotence::used);
        return new DeleteInstances(
                SeveralInstances.ofRelease(call, release, released -> idempotence.isKnownTo(released.tokens())),
                idempotence);
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrong = idempotence.wrong();
        if (wrong.isPresent()) return Optional.of(wrong.get());
        for (var id : instances.ids()) {
            var instance = view.everInstance(id);
            if (instance != null && again(instance) instanceof Rejection mismatch) return Optional.of(mismatch);
        }
        return instances.check(view);
    }

    private Outcome again(Instance instance) {
        return idempotence.again(instance.tokens(), success(), IDEMPOTENT_PARAMETER_MISMATCH);
    }

    @Override
    public List<? extends Change> parts() {
        return instances.parts();
    }

    @Override
    public Change routed(AccountView view) {
        return new DeleteInstances(instances.askedIn(view), idempotence);
    }
}
