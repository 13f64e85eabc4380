package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.time.Instant;

/** Lists the families of instance types, of one generation or of all. */
record DescribeInstanceTypeFamilies(Arguments arguments) implements Query {
    static DescribeInstanceTypeFamilies of(Call call) {
        return new DescribeInstanceTypeFamilies(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        if (!Regions.isRegion(arguments.required("RegionId"))) return Rejection.of(INVALID_REGION_ID_NOT_FOUND);
        var generation = arguments.string("Generation");
        var body = JsonNodeFactory.instance.objectNode();
        var families = body.putObject("InstanceTypeFamilies").putArray("InstanceTypeFamily");
        for (var family : InstanceTypes.FAMILIES) {
            if (!generation.orElse(family.generation()).equals(family.generation())) continue;
            families.addObject().put("InstanceTypeFamilyId", family.id()).put("Generation", family.generation());
        }
        return Outcome.success(body);
    }
}
