package dev.moorage.domain;

import java.time.Instant;

/**
 * Why a fact came to be.
 *
 * @param requestId the call that began it, also for what follows from that call later
 * @param caller the access key that called, or {@code anonymous}
 * @param cause the action or the earlier event that led to this fact
 * @param at simulated time
 */
public record Story(String requestId, String caller, String cause, Instant at) {
    public Story at(Instant now) {
        return new Story(requestId, caller, cause, now);
    }

    /** The same call, one step on: what {@code earlier} led to. */
    public Story causedBy(Event earlier, Instant now) {
        return causedBy(EventName.of(earlier), now);
    }

    public Story causedBy(String earlier, Instant now) {
        return new Story(requestId, caller, earlier, now);
    }
}
