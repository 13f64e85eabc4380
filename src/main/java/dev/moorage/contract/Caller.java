package dev.moorage.contract;

/**
 * Who calls.
 *
 * @param account whose resources the call can see
 * @param name the access key id, or {@code anonymous}
 */
public record Caller(String account, String name) {
    public static final String ANONYMOUS = "anonymous";
}
