package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INSTANCE_ID_LIMIT_EXCEEDED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Instance;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.Optional;

/** Tells what happens to instances when their machines are maintained, which here they never are: the defaults. */
record DescribeInstanceMaintenanceAttributes(Arguments arguments) implements Query {
    private static final int MAX_PAGE_SIZE = 100;
    private static final String RECOVER = "AutoRecover";

    static DescribeInstanceMaintenanceAttributes of(Call call) {
        return new DescribeInstanceMaintenanceAttributes(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong(view);
        if (wrong.isPresent()) return wrong.get();
        String region = arguments.required("RegionId");
        var page = paging().byNumber(
                        place -> wanted().after(place, view),
                        instance -> instance.spec().regionId().equals(region));
        var body = JsonNodeFactory.instance.objectNode();
        page.describeNumbers(body);
        var attributes = body.putObject("MaintenanceAttributes").putArray("MaintenanceAttribute");
        page.items().forEach(instance -> attributes.add(describe(instance)));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_PAGE_SIZE);
    }

    private WantedInstances wanted() {
        return WantedInstances.numbered(arguments, "InstanceId");
    }

    private Optional<Rejection> wrong(AccountView view) {
        if (wanted().areTooMany()) return Optional.of(Rejection.of(INSTANCE_ID_LIMIT_EXCEEDED));
        if (!wanted().areThere(view, arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_INSTANCE_ID_NOT_FOUND));
        }
        return paging().wrongNumber();
    }

    private static ObjectNode describe(Instance instance) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("InstanceId", instance.id().value());
        node.put("NotifyOnMaintenance", false);
        node.putObject("MaintenanceWindows").putArray("MaintenanceWindow");
        var action = node.putObject("ActionOnMaintenance");
        action.put("Value", RECOVER).put("DefaultValue", RECOVER);
        action.putObject("SupportedValues")
                .putArray("SupportedValue")
                .add("Stop")
                .add(RECOVER);
        return node;
    }
}
