package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_USER_DATA_BASE64_FORMAT_INVALID;
import static dev.moorage.contract.ErrorCode.INVALID_USER_DATA_SIZE_EXCEEDED;

import dev.moorage.contract.ErrorCode;
import java.util.Base64;
import java.util.Optional;

/** What an instance can be given to run when it starts: in base64. */
final class UserData {
    private static final int MAX_BYTES = 32 * 1024;

    private UserData() {}

    static Optional<ErrorCode> wrong(String base64) {
        byte[] raw;
        try {
            raw = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Optional.of(INVALID_USER_DATA_BASE64_FORMAT_INVALID);
        }
        return raw.length > MAX_BYTES ? Optional.of(INVALID_USER_DATA_SIZE_EXCEEDED) : Optional.empty();
    }
}
