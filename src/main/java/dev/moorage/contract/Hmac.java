package dev.moorage.contract;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes that both signatures are made of, and the percent-encoding that comes before them. */
final class Hmac {
    private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

    private static final BitSet UNRESERVED = new BitSet();

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
                .chars()
                .forEach(UNRESERVED::set);
    }

    private Hmac() {}

    static byte[] of(String algorithm, String key, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    static String sha256Hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** In constant time. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Parameters as they are signed and sent: {@code name=value&name=value}, in the order of the map. */
    static String query(Map<String, String> parameters) {
        var query = new StringBuilder(256);
        parameters.forEach((name, value) -> {
            if (!query.isEmpty()) query.append('&');
            query.append(percentEncode(name)).append('=').append(percentEncode(value));
        });
        return query.toString();
    }

    /** RFC 3986 over UTF-8: all but {@code A-Z a-z 0-9 - _ . ~} as {@code %XX}. */
    static String percentEncode(String text) {
        // Most of what is sent has nothing to encode.
        if (isUnreserved(text)) return text;
        var encoded = new StringBuilder(text.length() * 2);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.get(b & 0xFF)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(UPPER_HEX.toHighHexDigit(b)).append(UPPER_HEX.toLowHexDigit(b));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!UNRESERVED.get(text.charAt(at))) return false;
        }
        return true;
    }
}
