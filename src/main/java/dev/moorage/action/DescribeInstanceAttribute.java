package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import java.time.Instant;

/** Tells what one instance is. */
record DescribeInstanceAttribute(InstanceId instanceId) implements Query {
    static DescribeInstanceAttribute of(Call call) {
        return new DescribeInstanceAttribute(new InstanceId(call.arguments().required("InstanceId")));
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var instance = view.instance(instanceId);
        return instance == null
                ? Rejection.of(INVALID_INSTANCE_ID_NOT_FOUND)
                : Outcome.success(new InstanceDescription(instance).attributes());
    }
}
