package dev.moorage.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By what a caller makes a call once only, however often it is sent.
 *
 * @param action that it was given to
 * @param fingerprint of the parameters that came with it: the same token with others is a mistake
 * @param at simulated time at which it was used
 */
public record ClientToken(String action, String value, String fingerprint, Instant at) {
    /** How long a token is remembered. The vendor does not say. */
    public static final Duration RETENTION = Duration.ofHours(24);

    /** Is of no account any more: the same value stands for another call. */
    public boolean isForgotten(Instant now) {
        return now.isAfter(at.plus(RETENTION));
    }

    static List<ClientToken> remember(List<ClientToken> used, ClientToken token) {
        var remembered = new ArrayList<ClientToken>();
        for (var before : used) {
            if (!before.isForgotten(token.at())) remembered.add(before);
        }
        remembered.add(token);
        return List.copyOf(remembered);
    }

    /** The use of this token for this action that is still remembered, if there was one. */
    public static Optional<ClientToken> find(List<ClientToken> used, String action, String value, Instant now) {
        return used.stream()
                .filter(token ->
                        token.action().equals(action) && token.value().equals(value) && !token.isForgotten(now))
                .findFirst();
    }
}
