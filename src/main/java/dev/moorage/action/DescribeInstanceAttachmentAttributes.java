package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_IDS_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.Optional;

/** Tells from which reserved capacity instances are. None is from any. */
record DescribeInstanceAttachmentAttributes(Arguments arguments) implements Query {
    private static final int MAX_PAGE_SIZE = 100;

    static DescribeInstanceAttachmentAttributes of(Call call) {
        return new DescribeInstanceAttachmentAttributes(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong(view);
        if (wrong.isPresent()) return wrong.get();
        var page = paging().byNumber(place -> wanted().after(place, view), instance -> true);
        var body = JsonNodeFactory.instance.objectNode();
        page.describeNumbers(body);
        var instances = body.putObject("Instances").putArray("Instance");
        page.items()
                .forEach(instance -> instances
                        .addObject()
                        .put("InstanceId", instance.id().value())
                        .put("PrivatePoolOptionsMatchCriteria", "None")
                        .put("PrivatePoolOptionsId", ""));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_PAGE_SIZE);
    }

    private WantedInstances wanted() {
        return WantedInstances.inArray(arguments, "InstanceIds");
    }

    private Optional<Rejection> wrong(AccountView view) {
        if (arguments.jsonArray("InstanceIds").isEmpty() || wanted().areTooMany()) {
            return Optional.of(Rejection.of(INVALID_PARAMETER, "InstanceIds"));
        }
        if (!wanted().areThere(view, arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_INSTANCE_IDS_NOT_FOUND));
        }
        return paging().wrongNumber();
    }
}
