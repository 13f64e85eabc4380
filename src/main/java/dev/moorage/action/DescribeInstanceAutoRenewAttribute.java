package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.CHARGE_TYPE_VIOLATION;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_INVALID_INSTANCE_ID;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_RENEWAL_STATUS;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_RENEWAL_STATUS_INSTANCE_ID;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_TO_MANY_INSTANCE_IDS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Instance;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Tells how subscriptions go on: none ends here, so none is renewed by itself. */
record DescribeInstanceAutoRenewAttribute(Arguments arguments) implements Query {
    private static final int MAX_PAGE_SIZE = 100;
    private static final String NORMAL = "Normal";
    private static final Set<String> RENEWAL_STATUSES = Set.of("AutoRenewal", NORMAL, "NotRenewal");

    static DescribeInstanceAutoRenewAttribute of(Call call) {
        return new DescribeInstanceAutoRenewAttribute(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong(view);
        if (wrong.isPresent()) return wrong.get();
        var page = paging().byNumber(place -> wanted().after(place, view), this::isMeant);
        var body = JsonNodeFactory.instance.objectNode();
        page.describeNumbers(body);
        var attributes = body.putObject("InstanceRenewAttributes").putArray("InstanceRenewAttribute");
        page.items()
                .forEach(instance -> attributes
                        .addObject()
                        .put("InstanceId", instance.id().value())
                        .put("AutoRenewEnabled", false)
                        .put("RenewalStatus", NORMAL)
                        .put("Duration", 0)
                        .put("PeriodUnit", "Month"));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_PAGE_SIZE);
    }

    private WantedInstances wanted() {
        return WantedInstances.betweenCommas(arguments, "InstanceId");
    }

    private Optional<Rejection> wrong(AccountView view) {
        var status = arguments.string("RenewalStatus");
        if (status.isEmpty() && wanted().ids().isEmpty()) {
            return Optional.of(Rejection.of(INVALID_PARAMETER_RENEWAL_STATUS_INSTANCE_ID));
        }
        if (!status.map(RENEWAL_STATUSES::contains).orElse(true)) {
            return Optional.of(Rejection.of(INVALID_PARAMETER_RENEWAL_STATUS));
        }
        if (wanted().areTooMany()) return Optional.of(Rejection.of(INVALID_PARAMETER_TO_MANY_INSTANCE_IDS));
        if (!wanted().areThere(view, arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_PARAMETER_INVALID_INSTANCE_ID));
        }
        boolean payingByUse =
                wanted().named(view).anyMatch(instance -> instance.spec().chargeType() == ChargeType.POST_PAID);
        return payingByUse ? Optional.of(Rejection.of(CHARGE_TYPE_VIOLATION)) : paging().wrongNumber();
    }

    private boolean isMeant(Instance instance) {
        return instance.spec().regionId().equals(arguments.required("RegionId"))
                && instance.spec().chargeType() == ChargeType.PRE_PAID
                && arguments.string("RenewalStatus").map(NORMAL::equals).orElse(true);
    }
}
