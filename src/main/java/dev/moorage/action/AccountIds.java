package dev.moorage.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * The vendor's accounts are numbers of sixteen digits; ours have names. A name that is such a number stands for itself;
 * any other gets one from its SHA-256, the same on every machine and for ever.
 */
final class AccountIds {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{15}");
    private static final long SMALLEST = 1_000_000_000_000_000L;

    private AccountIds() {}

    static String of(String account) {
        if (NUMBER.matcher(account).matches()) return account;
        long random = ByteBuffer.wrap(sha256(account)).getLong();
        return String.valueOf(SMALLEST + Math.floorMod(random, 9 * SMALLEST));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
