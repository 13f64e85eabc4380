package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import java.time.Instant;

/** Tells what an instance runs when it starts, in base64. */
record DescribeUserData(String regionId, InstanceId instanceId) implements Query {
    static DescribeUserData of(Call call) {
        return new DescribeUserData(
                call.arguments().required("RegionId"),
                new InstanceId(call.arguments().required("InstanceId")));
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var instance = view.instance(instanceId);
        if (instance == null || !instance.spec().regionId().equals(regionId)) {
            return Rejection.of(INVALID_INSTANCE_ID_NOT_FOUND);
        }
        return Outcome.success(JsonNodeFactory.instance
                .objectNode()
                .put("RegionId", regionId)
                .put("InstanceId", instanceId.value())
                .put("UserData", instance.spec().userData()));
    }
}
