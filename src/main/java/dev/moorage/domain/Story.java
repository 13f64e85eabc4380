package dev.moorage.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a fact came to be.
 *
 * @param requestId the call that began it, also for what follows from that call later
 * @param caller the access key that called, or {@code anonymous}
 * @param cause the action or the earlier event that led to this fact
 * @param at simulated time
 * @param stamp of the rule that changed its course; null if none did
 */
public record Story(
        String requestId,
        String caller,
        String cause,
        Instant at,
        @Nullable Stamp stamp) {
    /** Of what takes its usual course. */
    public Story(String requestId, String caller, String cause, Instant at) {
        this(requestId, caller, cause, at, null);
    }

    public Story at(Instant now) {
        return new Story(requestId, caller, cause, now, stamp);
    }

    public Story stamped(@Nullable Stamp by) {
        return new Story(requestId, caller, cause, at, by);
    }

    /** The same call, one step on: what {@code earlier} led to. */
    public Story causedBy(Event earlier, Instant now) {
        return causedBy(EventName.of(earlier), now);
    }

    public Story causedBy(String earlier, Instant now) {
        return new Story(requestId, caller, earlier, now, stamp);
    }

    /** The incident that changed its course, and whose end ends what it holds up. */
    public Optional<String> holder() {
        return Optional.ofNullable(stamp)
                .filter(by -> !by.incident().isEmpty() && !by.outlivesItsIncident())
                .map(Stamp::incident);
    }

    /** Whether this is the incident that changed its course. */
    public boolean isOf(String incident) {
        return holder().filter(incident::equals).isPresent();
    }
}
