package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_WITHOUT_DOT;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.time.Instant;

/**
 * Says where a service is to be found: here, as the caller addressed this server. That goes for every service, since a
 * client that is told of none turns to the vendor's own.
 */
record DescribeEndpoints(String regionId, String serviceCode, String type, String endpoint) implements Query {
    static DescribeEndpoints of(Call call) {
        return new DescribeEndpoints(
                call.arguments().required("Id"),
                call.arguments().required("ServiceCode"),
                call.arguments().string("Type").orElse("openAPI"),
                call.endpoint());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        if (!Regions.isRegion(regionId)) return Rejection.of(INVALID_REGION_ID_WITHOUT_DOT);
        // The one answer that needs it: SDKs in Go take an answer without it for a failure.
        var body = JsonNodeFactory.instance.objectNode().put("Success", true);
        body.putObject("Endpoints")
                .putArray("Endpoint")
                .addObject()
                .put("Endpoint", endpoint)
                .put("Id", regionId)
                .put("Namespace", "")
                .put("SerivceCode", serviceCode)
                .put("Type", type)
                .putObject("Protocols")
                .putArray("Protocols")
                .add("HTTP");
        return Outcome.success(body);
    }
}
