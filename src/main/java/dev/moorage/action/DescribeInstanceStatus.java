package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_TOO_MANY_INSTANCE_IDS;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_ZONE_ID_NOT_FOUND;

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

/** Lists instances with their status, and nothing else of them. */
record DescribeInstanceStatus(Arguments arguments) implements Query {
    private static final int MAX_PAGE_SIZE = 50;

    static DescribeInstanceStatus of(Call call) {
        return new DescribeInstanceStatus(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var page = paging().byNumber(place -> wanted().after(place, view), filter());
        var body = JsonNodeFactory.instance.objectNode();
        page.describeNumbers(body);
        var statuses = body.putObject("InstanceStatuses").putArray("InstanceStatus");
        page.items()
                .forEach(instance -> statuses.addObject()
                        .put("InstanceId", instance.id().value())
                        .put("Status", instance.status().wire()));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_PAGE_SIZE);
    }

    private WantedInstances wanted() {
        return WantedInstances.numbered(arguments, "InstanceId");
    }

    private Optional<Rejection> wrong() {
        String region = arguments.required("RegionId");
        if (!Regions.isRegion(region)) return Optional.of(Rejection.of(INVALID_REGION_ID_NOT_FOUND));
        if (!arguments
                .string("ZoneId")
                .map(zone -> Regions.isZone(region, zone))
                .orElse(true)) {
            return Optional.of(Rejection.of(INVALID_ZONE_ID_NOT_FOUND));
        }
        if (wanted().areTooMany()) return Optional.of(Rejection.of(INVALID_PARAMETER_TOO_MANY_INSTANCE_IDS));
        var wrongPage = paging().wrongNumber();
        if (wrongPage.isPresent()) return wrongPage;
        return arguments.integer("PageSize").orElse(1) > MAX_PAGE_SIZE
                ? Optional.of(Rejection.of(INVALID_PARAMETER, "PageSize"))
                : Optional.empty();
    }

    private Predicate<Instance> filter() {
        String region = arguments.required("RegionId");
        var zone = arguments.string("ZoneId");
        return instance -> instance.spec().regionId().equals(region)
                && zone.map(instance.spec().zoneId()::equals).orElse(true);
    }
}
