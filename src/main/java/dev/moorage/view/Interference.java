package dev.moorage.view;

import dev.moorage.domain.ControlsEvent;
import org.jspecify.annotations.Nullable;

/**
 * What rules did to calls about something, since it has been as it is or when it became so.
 *
 * @param offset of the latest fact that says so
 * @param calls how many, all together
 */
public record Interference(long offset, ControlsEvent.FaultApplied last, long calls) {
    static Interference after(@Nullable Interference before, long offset, ControlsEvent.FaultApplied fault) {
        return new Interference(offset, fault, fault.times() + (before == null ? 0 : before.calls));
    }

    /** As far as it belongs to the call of a request; null if it does not. */
    @Nullable Interference of(String requestId) {
        return last.story().requestId().equals(requestId) ? new Interference(offset, last, last.times()) : null;
    }
}
