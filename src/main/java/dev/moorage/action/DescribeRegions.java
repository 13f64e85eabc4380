package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_ACCEPT_LANGUAGE_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_RESOURCE_TYPE_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.Set;

/** Lists the regions. All of them have everything. */
record DescribeRegions(Arguments arguments) implements Query {
    private static final Set<String> RESOURCE_TYPES = Set.of("instance", "disk", "reservedinstance", "scu");

    static DescribeRegions of(Call call) {
        return new DescribeRegions(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var language = Language.of(arguments);
        if (language.isEmpty()) return Rejection.of(INVALID_ACCEPT_LANGUAGE_NOT_FOUND);
        if (!isKnownResource()) return Rejection.of(INVALID_RESOURCE_TYPE_NOT_FOUND);
        var body = JsonNodeFactory.instance.objectNode();
        var regions = body.putObject("Regions").putArray("Region");
        for (var region : Regions.ALL) {
            regions.addObject()
                    .put("RegionId", region.id())
                    .put("LocalName", region.name(language.get()))
                    .put("RegionEndpoint", region.endpoint())
                    .put("Status", "available");
        }
        return Outcome.success(body);
    }

    private boolean isKnownResource() {
        return arguments
                .string("ResourceType")
                .map(wanted -> RESOURCE_TYPES.stream().anyMatch(wanted::equalsIgnoreCase))
                .orElse(true);
    }
}
