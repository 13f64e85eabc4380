package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PASSWORD_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_PASSWORD_PARAM_MISMATCH;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import java.util.Optional;

/** How one gets into a new instance, and what it does first. */
record Login(Arguments arguments) {
    String keyPairName() {
        return arguments.string("KeyPairName").orElse("");
    }

    String userData() {
        return arguments.string("UserData").orElse("");
    }

    Optional<Rejection> wrong() {
        var password = arguments.string("Password");
        if (!password.map(Passwords::isPassword).orElse(true)) return reject(INVALID_PASSWORD_MALFORMED);
        if (password.isPresent() && arguments.isTrue("PasswordInherit")) return reject(INVALID_PASSWORD_PARAM_MISMATCH);
        return UserData.wrong(userData()).map(Rejection::of);
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }
}
