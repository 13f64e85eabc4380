package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.CHARGE_TYPE_VIOLATION;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS_INITIALIZING;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_DELETION_PROTECTION;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.ClientToken;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Giving instances up, with their disks or without, as {@link DiskOrders} has it. A security lock does not keep an
 * instance from being released.
 */
final class Release {
    private Release() {}

    /**
     * By these parameters.
     *
     * @param token for the event, by the time at which it happens
     */
    static Operation of(Arguments arguments, Function<Instant, @Nullable ClientToken> token) {
        boolean force = arguments.isTrue("Force");
        boolean terminates = arguments.isTrue("TerminateSubscription");
        return new Operation(
                instance -> {
                    if (instance.spec().deletionProtection()) return reject(INVALID_OPERATION_DELETION_PROTECTION);
                    if (isSubscribed(instance, terminates)) return reject(CHARGE_TYPE_VIOLATION);
                    if (instance.status() == InstanceStatus.PENDING) {
                        return reject(INCORRECT_INSTANCE_STATUS_INITIALIZING);
                    }
                    boolean down = instance.status() == InstanceStatus.STOPPED;
                    boolean running = instance.status() == InstanceStatus.RUNNING;
                    if (!down && !(running && force)) return reject(INCORRECT_INSTANCE_STATUS);
                    return Optional.empty();
                },
                conditions -> new InstanceEvent.Released(conditions.story(), token.apply(conditions.now())));
    }

    /** A subscription that has expired can be given up. */
    private static boolean isSubscribed(Instance instance, boolean terminates) {
        return instance.spec().chargeType() == ChargeType.PRE_PAID && !(terminates && instance.isLockedForPayment());
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }
}
