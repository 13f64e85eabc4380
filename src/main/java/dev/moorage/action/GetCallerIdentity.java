package dev.moorage.action;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.view.AccountView;
import java.time.Instant;

/** Says whose key a call was signed with. Keys are of accounts here: there are no users and no roles within them. */
record GetCallerIdentity(String account) implements Query {
    static GetCallerIdentity of(Call call) {
        return new GetCallerIdentity(call.caller().account());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        String id = AccountIds.of(account);
        return Outcome.success(JsonNodeFactory.instance
                .objectNode()
                .put("IdentityType", "Account")
                .put("AccountId", id)
                .put("PrincipalId", id)
                .put("UserId", id)
                .put("Arn", "acs:ram::" + id + ":root"));
    }
}
