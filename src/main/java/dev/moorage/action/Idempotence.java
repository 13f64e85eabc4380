package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_CLIENT_TOKEN_VALUE_NOT_SUPPORTED;

import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ClientToken;
import dev.moorage.domain.Disk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call says so that it is done once, however often it is sent.
 *
 * @param token empty if the caller leaves it to chance
 * @param fingerprint of all its other parameters
 */
record Idempotence(String action, Optional<String> token, String fingerprint) {
    private static final int MAX_CHARACTERS = 64;

    static Idempotence of(Call call) {
        return new Idempotence(
                call.action().action(), call.arguments().string("ClientToken"), call.fingerprint("ClientToken"));
    }

    Optional<Rejection> wrong() {
        boolean good = token.map(value -> value.length() <= MAX_CHARACTERS
                        && value.chars().allMatch(character -> character > 0 && character < 128))
                .orElse(true);
        return good ? Optional.empty() : Optional.of(Rejection.of(INVALID_CLIENT_TOKEN_VALUE_NOT_SUPPORTED));
    }

    /** For the event that does what the call asks. */
    @Nullable ClientToken used(Instant at) {
        return token.map(value -> new ClientToken(action, value, fingerprint, at))
                .orElse(null);
    }

    /** Whether the call was done before, by the tokens that are remembered. */
    boolean isDone(List<ClientToken> used, Instant now) {
        return token.flatMap(value -> ClientToken.find(used, action, value, now))
                .isPresent();
    }

    /** What a disk says to a call that was made to it before; nothing if it was not. */
    Optional<Decision> repeated(Disk disk, Conditions conditions, ErrorCode mismatch) {
        if (!isDone(disk.tokens(), conditions.now())) return Optional.empty();
        return Optional.of(
                again(disk.tokens(), Outcome.success(), mismatch) instanceof Rejection no
                        ? new Decision.Rejected(no)
                        : Decision.accept());
    }

    /** Whether its token was used for this action, however long ago and with whatever parameters. */
    boolean isKnownTo(List<ClientToken> used) {
        return used.stream()
                .anyMatch(before -> before.action().equals(action)
                        && token.isPresent()
                        && before.value().equals(token.get()));
    }

    /**
     * The answer to a call that was done before.
     *
     * @param same to the same call
     * @param mismatch for one that asks for something else with the same token
     */
    Outcome again(List<ClientToken> used, Outcome.Success same, ErrorCode mismatch) {
        boolean other = used.stream()
                .anyMatch(before -> before.action().equals(action)
                        && token.isPresent()
                        && before.value().equals(token.get())
                        && !before.fingerprint().equals(fingerprint));
        return other ? Rejection.of(mismatch) : same;
    }
}
