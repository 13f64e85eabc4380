package dev.moorage.action;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.view.AccountView;
import java.time.Instant;

/** Lists what was bought of the vendor's other products, which is nothing. Terraform asks to see whether it may. */
record QueryAvailableInstances(int pageNum, int pageSize) implements Query {
    private static final int DEFAULT_PAGE_SIZE = 20;

    static QueryAvailableInstances of(Call call) {
        return new QueryAvailableInstances(
                call.arguments().integer("PageNum").orElse(1),
                call.arguments().integer("PageSize").orElse(DEFAULT_PAGE_SIZE));
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("Data")
                .put("PageNum", pageNum)
                .put("PageSize", pageSize)
                .put("TotalCount", 0)
                .putArray("InstanceList");
        return Outcome.success(body);
    }
}
