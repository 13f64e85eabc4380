package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_IDS_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_ALL_EMPTY;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Instance;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists instances with the roles that they were given; one without a role has an empty one. */
record DescribeInstanceRamRole(Arguments arguments) implements Query {
    private static final int MAX_PAGE_SIZE = 50;

    static DescribeInstanceRamRole of(Call call) {
        return new DescribeInstanceRamRole(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong(view);
        if (wrong.isPresent()) return wrong.get();
        var page = paging().byNumber(place -> wanted().after(place, view), filter());
        var body = JsonNodeFactory.instance.objectNode();
        page.describeNumbers(body);
        body.put("RegionId", arguments.required("RegionId"));
        var roles = body.putObject("InstanceRamRoleSets").putArray("InstanceRamRoleSet");
        page.items()
                .forEach(instance -> roles.addObject()
                        .put("InstanceId", instance.id().value())
                        .put("RamRoleName", instance.spec().ramRoleName()));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_PAGE_SIZE);
    }

    private WantedInstances wanted() {
        return WantedInstances.inArray(arguments, "InstanceIds");
    }

    private Optional<Rejection> wrong(AccountView view) {
        boolean hasIds = arguments.has("InstanceIds");
        if (!hasIds && !arguments.has("RamRoleName")) return Optional.of(Rejection.of(INVALID_PARAMETER_ALL_EMPTY));
        if ((hasIds && arguments.jsonArray("InstanceIds").isEmpty()) || wanted().areTooMany()) {
            return Optional.of(Rejection.of(INVALID_INSTANCE_IDS_MALFORMED));
        }
        if (!wanted().areThere(view, arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_INSTANCE_ID_NOT_FOUND));
        }
        var wrongPage = paging().wrongNumber();
        if (wrongPage.isPresent()) return wrongPage;
        return arguments.integer("PageSize").orElse(1) > MAX_PAGE_SIZE
                ? Optional.of(Rejection.of(INVALID_PARAMETER, "PageSize"))
                : Optional.empty();
    }

    private Predicate<Instance> filter() {
        String region = arguments.required("RegionId");
        var role = arguments.string("RamRoleName");
        return instance -> instance.spec().regionId().equals(region)
                && role.map(instance.spec().ramRoleName()::equals).orElse(true);
    }
}
