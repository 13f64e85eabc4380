package dev.moorage.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The nonces of the last while, so that no signature is taken twice.
 *
 * <p>Bounded: beyond {@code capacity} the oldest is forgotten, which lets that one be replayed rather than memory grow.
 */
final class Nonces {
    /** A UUID, and the id of a key. */
    private static final int LONGEST_AS_IT_IS = 72;

    private final Duration kept;
    private final int capacity;
    // In the order of arrival, which is the order of expiry.
    private final Map<String, Instant> expiries = new LinkedHashMap<>();

    Nonces(Duration kept, int capacity) {
        this.kept = kept;
        this.capacity = capacity;
    }

    synchronized boolean isUsed(String accessKeyId, String nonce, Instant now) {
        var expiry = expiries.get(key(accessKeyId, nonce));
        return expiry != null && now.isBefore(expiry);
    }

    /** Takes note of a nonce; false if it was noted before. */
    synchronized boolean use(String accessKeyId, String nonce, Instant now) {
        var oldest = expiries.entrySet().iterator();
        while (oldest.hasNext()) {
            var entry = oldest.next();
            if (now.isBefore(entry.getValue()) && expiries.size() < capacity) break;
            oldest.remove();
        }
        return expiries.putIfAbsent(key(accessKeyId, nonce), now.plus(kept)) == null;
    }

    // A nonce is as long as its caller likes; what is kept of it is not. No short key looks like a hash: it has two
    // lines.
    private static String key(String accessKeyId, String nonce) {
        String key = accessKeyId + '\n' + nonce;
        return key.length() <= LONGEST_AS_IT_IS ? key : Hmac.sha256Hex(key.getBytes(StandardCharsets.UTF_8));
    }
}
