package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.view.AccountView;

/** A verb that changes nothing. */
public non-sealed interface Query extends Action {
    Outcome answer(AccountView view);
}
