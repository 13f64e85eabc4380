package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/** A batch whose parts know where they go. */
record RoutedBatch(Batch whole, List<Change> parts) implements Batch {
    @Override
    public Optional<Outcome> check(AccountView view) {
        return whole.check(view);
    }

    @Override
    public Outcome.Success success() {
        return whole.success();
    }

    @Override
    public Outcome conclude(List<Outcome> outcomes) {
        return whole.conclude(outcomes);
    }
}
