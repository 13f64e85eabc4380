package dev.moorage.action;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.util.Optional;

/** A verb that changes something, or a part of one. */
public sealed interface Change extends Action permits ForInstance, ForDisk, Batch {
    /**
     * What can be said before any actor is asked: first of the parameters, then of what exists. An actor that finds its
     * entity gone asks again, so this is the only place where a verb says what it answers then.
     */
    Optional<Outcome> check(AccountView view);

    /** The change as it is to be carried out: where it goes first can depend on what there is. */
    default Change routed(AccountView view) {
        return this;
    }

    /** The answer if nothing rejects the change. */
    default Outcome.Success success() {
        return Outcome.success();
    }

    static Optional<Outcome> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }

    static Optional<Outcome> reject(ErrorCode code, String parameter) {
        return Optional.of(Rejection.of(code, parameter));
    }
}
