package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INVALID_PERIOD_UNIT_VALUE_NOT_SUPPORTED;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/** Makes one instance with its disks, which stays stopped. */
record CreateInstance(NewInstance made) implements InstanceCreation {
    static CreateInstance of(Call call, Ids ids) {
        var plan = InstancePlan.of(call);
        return new CreateInstance(NewInstance.of(
                plan,
                Idempotence.of(call),
                ids.newInstance(plan.regionId()),
                call.arguments().string("InstanceName").orElse(""),
                call.arguments().string("HostName").orElse(""),
                true));
    }

    @Override
    public InstanceId instanceId() {
        return made.instanceId();
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrongToken = made.idempotence().wrong();
        if (wrongToken.isPresent()) return Optional.of(wrongToken.get());
        var before = view.everInstance(instanceId());
        if (before != null) return Optional.of(repeated(before));
        var wrong = made.plan()
                .wrongPlaceOrName(List.of(made))
                .or(() -> made.plan().wrong(view, INVALID_PERIOD_UNIT_VALUE_NOT_SUPPORTED));
        if (wrong.isPresent()) return Optional.of(wrong.get());
        return made.plan().arguments().isTrue("DryRun") ? Change.reject(DRY_RUN_OPERATION) : Optional.empty();
    }

    @Override
    public NewInstance routed(AccountView view) {
        return made.among(new FreeAddresses(view, made.plan().network().vSwitchId()), view);
    }

    @Override
    public Outcome.Success success() {
        return made.success();
    }

    @Override
    public InstanceEvent.Creating create(Conditions conditions) {
        return made.create(conditions);
    }

    @Override
    public Outcome repeated(Instance instance) {
        return made.repeated(instance);
    }
}
