package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_EXPIRED_OR_IN_ARREARS;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;

import dev.moorage.contract.ErrorCode;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import java.util.Optional;

/** Putting other content on a disk, in place of what is there. */
final class Overwriting {
    private Overwriting() {}

    /** What an instance has against it. */
    static Optional<ErrorCode> objection(Instance instance) {
        if (instance.isLockedForSecurity()) return Optional.of(INSTANCE_LOCKED_FOR_SECURITY);
        if (instance.isLockedForPayment()) return Optional.of(INSTANCE_EXPIRED_OR_IN_ARREARS);
        if (instance.status() != InstanceStatus.STOPPED) return Optional.of(INCORRECT_INSTANCE_STATUS);
        return Optional.empty();
    }
}
