package dev.moorage.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A request that is complete, of a known action and from a known caller.
 *
 * @param endpoint this server, as the caller addressed it: host and port
 */
public record Call(ActionSpec action, Arguments arguments, String requestId, Caller caller, String endpoint)
        implements Received {
    private static final int FINGERPRINT_BYTES = 8;

    /**
     * Tells calls that ask for different things apart: of all parameters in the contract.
     *
     * @param except a parameter that says nothing of what is asked for
     */
    public String fingerprint(String except) {
        var asked = new StringBuilder();
        arguments.of(action.parameters()).forEach((name, value) -> {
            if (!name.equals(except))
                asked.append(name).append('=').append(value).append('\n');
        });
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(asked.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, FINGERPRINT_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
