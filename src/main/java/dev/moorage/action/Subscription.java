package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_PERIOD;
import static dev.moorage.contract.ErrorCode.INVALID_SPOT_PREPAID;
import static dev.moorage.contract.ErrorCode.INVALID_SPOT_STRATEGY;
import static dev.moorage.contract.ErrorCode.MISSING_PARAMTER;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How an instance is to be paid: by use, or for so long in advance. */
record Subscription(Arguments arguments) {
    private static final Map<String, Set<Integer>> PERIODS =
            Map.of("Week", Set.of(1, 2, 3, 4), "Month", Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36, 48, 60));
    private static final String DEFAULT_UNIT = "Month";
    private static final String NO_SPOT = "NoSpot";

    ChargeType chargeType() {
        return arguments.string("InstanceChargeType").orElse("").equals(ChargeType.PRE_PAID.wire())
                ? ChargeType.PRE_PAID
                : ChargeType.POST_PAID;
    }

    /** @param wrongUnit the code for a unit that is none: verbs differ in it */
    Optional<Rejection> wrong(ErrorCode wrongUnit) {
        if (!Terms.hasKnownChargeType(arguments)) return reject(INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND);
        if (!Terms.hasKnownSpotStrategy(arguments)) return reject(INVALID_SPOT_STRATEGY);
        // Of a period that does not matter not even the form does.
        if (chargeType() == ChargeType.POST_PAID) return Optional.empty();
        if (!arguments.string("SpotStrategy").orElse(NO_SPOT).equals(NO_SPOT)) return reject(INVALID_SPOT_PREPAID);
        var periods = PERIODS.get(arguments.string("PeriodUnit").orElse(DEFAULT_UNIT));
        if (periods == null) return reject(wrongUnit);
        var period = arguments.integer("Period");
        if (period.isEmpty()) return reject(MISSING_PARAMTER);
        return periods.contains(period.get()) ? Optional.empty() : reject(INVALID_PERIOD);
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }
}
