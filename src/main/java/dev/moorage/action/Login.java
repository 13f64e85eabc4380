package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PASSWORD_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_PASSWORD_PARAM_MISMATCH;
import static dev.moorage.contract.ErrorCode.INVALID_USER_DATA_BASE64_FORMAT_INVALID;
import static dev.moorage.contract.ErrorCode.INVALID_USER_DATA_SIZE_EXCEEDED;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How one gets into a new instance, and what it does first. Passwords are looked at and forgotten. */
record Login(Arguments arguments) {
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9()`~!@#$%^&*_+=|{}\\[\\]:;'<>,.?/-]{8,30}");
    private static final int KINDS_OF_CHARACTERS = 3;
    private static final int MAX_USER_DATA_BYTES = 16 * 1_024;

    String keyPairName() {
        return arguments.string("KeyPairName").orElse("");
    }

    String userData() {
        return arguments.string("UserData").orElse("");
    }

    Optional<Rejection> wrong() {
        var password = arguments.string("Password");
        if (!password.map(Login::isPassword).orElse(true)) return reject(INVALID_PASSWORD_MALFORMED);
        if (password.isPresent() && arguments.isTrue("PasswordInherit")) return reject(INVALID_PASSWORD_PARAM_MISMATCH);
        var userData = decoded(userData());
        if (userData.isEmpty()) return reject(INVALID_USER_DATA_BASE64_FORMAT_INVALID);
        if (userData.get().length > MAX_USER_DATA_BYTES) return reject(INVALID_USER_DATA_SIZE_EXCEEDED);
        return Optional.empty();
    }

    private static boolean isPassword(String text) {
        long kinds = Stream.of("[A-Z]", "[a-z]", "[0-9]", "[^A-Za-z0-9]")
                .filter(kind -> Pattern.compile(kind).matcher(text).find())
                .count();
        return PASSWORD.matcher(text).matches() && kinds >= KINDS_OF_CHARACTERS;
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }
}
