package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.util.List;

/** A change in several parts, each to an entity of its own. It is done when all are. */
public non-sealed interface Batch extends Change {
    List<? extends Change> parts();

    /**
     * The answer to the whole.
     *
     * @param outcomes of the parts, in their order
     */
    default Outcome conclude(List<Outcome> outcomes) {
        return outcomes.stream().filter(Rejection.class::isInstance).findFirst().orElseGet(this::success);
    }

    @Override
    default Change routed(AccountView view) {
        return new RoutedBatch(
                this, parts().stream().map(part -> part.routed(view)).toList());
    }
}
