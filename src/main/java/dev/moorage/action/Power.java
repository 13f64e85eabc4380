package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_EXPIRED;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_SUPPORT;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceStatus;
import java.util.Optional;

/** Turning instances on and off. */
final class Power {
    private static final String STOP_CHARGING = "StopCharging";
    private static final String KEEP_CHARGING = "KeepCharging";

    private Power() {}

    /** Of an instance that is not paid for the vendor has stopped the use, and only then. */
    static Operation start() {
        return new Operation(
                instance -> {
                    if (instance.isLockedForSecurity()) return reject(INSTANCE_LOCKED_FOR_SECURITY);
                    if (instance.status() != InstanceStatus.STOPPED) return reject(INCORRECT_INSTANCE_STATUS);
                    if (instance.isLockedForPayment()) {
                        return Optional.of(Rejection.of(
                                INSTANCE_EXPIRED, instance.spec().chargeType().wire()));
                    }
                    return Optional.empty();
                },
                conditions -> new InstanceEvent.Starting(conditions.story(), conditions.due("StartInstance")));
    }

    static Operation stop(Arguments arguments) {
        boolean stopsCharging = arguments.string("StoppedMode").orElse("").equals(STOP_CHARGING);
        return new Operation(
                instance -> {
                    if (instance.isLockedForSecurity()) return reject(INSTANCE_LOCKED_FOR_SECURITY);
                    if (instance.status() != InstanceStatus.RUNNING) return reject(INCORRECT_INSTANCE_STATUS);
                    if (stopsCharging && isPrePaid(instance)) return reject(INVALID_INSTANCE_ID_NOT_SUPPORT);
                    return Optional.empty();
                },
                conditions ->
                        new InstanceEvent.Stopping(conditions.story(), conditions.due("StopInstance"), stopsCharging));
    }

    static Operation reboot() {
        return new Operation(
                instance -> {
                    if (instance.isLockedForSecurity()) return reject(INSTANCE_LOCKED_FOR_SECURITY);
                    if (instance.status() != InstanceStatus.RUNNING) return reject(INCORRECT_INSTANCE_STATUS);
                    return Optional.empty();
                },
                conditions -> new InstanceEvent.Rebooting(conditions.story(), conditions.due("RebootInstance")));
    }

    static boolean isStoppedMode(Arguments arguments) {
        String mode = arguments.string("StoppedMode").orElse(KEEP_CHARGING);
        return mode.equals(KEEP_CHARGING) || mode.equals(STOP_CHARGING);
    }

    /** As DescribeInstances shows it. */
    static String stoppedMode(Instance instance) {
        if (instance.status() != InstanceStatus.STOPPED || isPrePaid(instance)) return "Not-applicable";
        return instance.stopsCharging() ? STOP_CHARGING : KEEP_CHARGING;
    }

    private static boolean isPrePaid(Instance instance) {
        return instance.spec().chargeType() == ChargeType.PRE_PAID;
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }
}
