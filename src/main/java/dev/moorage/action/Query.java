package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.view.AccountView;
import java.time.Instant;

/** A verb that changes nothing. */
public non-sealed interface Query extends Action {
    Outcome answer(AccountView view, Instant now);
}
