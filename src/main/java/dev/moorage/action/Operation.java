package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;

import dev.moorage.contract.Rejection;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is done to an instance, by a call for it alone or by one for several.
 *
 * @param objection what the instance has against it
 * @param event what happens to it if it has nothing against it
 */
record Operation(Function<Instance, Optional<Rejection>> objection, Function<Conditions, InstanceEvent> event) {
    Admission admit(Instance instance, Conditions conditions) {
        return objection
                .apply(instance)
                .<Admission>map(Admission.Rejected::new)
                .orElseGet(() -> Admission.decide(event.apply(conditions)));
    }

    Admission rehearse(Instance instance) {
        return objection
                .apply(instance)
                .<Admission>map(Admission.Rejected::new)
                .orElseGet(() -> Admission.reject(DRY_RUN_OPERATION));
    }
}
