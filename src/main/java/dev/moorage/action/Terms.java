package dev.moorage.action;

import dev.moorage.contract.Arguments;
import dev.moorage.domain.ChargeType;
import java.util.Arrays;
import java.util.Set;

/** On which terms instances can be had. None of them makes a difference to what is sold. */
final class Terms {
    private static final Set<String> SPOT_STRATEGIES = Set.of("NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo");

    private Terms() {}

    static boolean hasKnownChargeType(Arguments arguments) {
        return arguments
                .string("InstanceChargeType")
                .map(wanted -> Arrays.stream(ChargeType.values())
                        .anyMatch(type -> type.wire().equals(wanted)))
                .orElse(true);
    }

    static boolean hasKnownSpotStrategy(Arguments arguments) {
        return arguments.string("SpotStrategy").map(SPOT_STRATEGIES::contains).orElse(true);
    }
}
