package dev.moorage;

import dev.moorage.domain.ClockSetting;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Story;
import java.time.Instant;
import java.util.Optional;

/** How simulated time is to run from a start on. */
sealed interface Pace {
    /** As it did when the journal ended. */
    enum Unchanged implements Pace {
        UNCHANGED
    }

    /** It stands still until an operator moves it. */
    enum Stepped implements Pace {
        STEPPED
    }

    /** So many simulated seconds pass in a real one. */
    record Scaled(double scale) implements Pace {}

    /** What has to happen for time to run so; nothing if it does already. */
    default Optional<ControlsEvent> event(ClockSetting clock, Instant real) {
        var story = new Story("serve", "moorage", "--time-scale", clock.at(real));
        if (this == Stepped.STEPPED && !clock.paused()) {
            return Optional.of(new ControlsEvent.ClockPaused(story, clock.pausedAt(real)));
        }
        boolean differs = this instanceof Scaled scaled && (clock.paused() || clock.scale() != scaled.scale());
        return differs
                ? Optional.of(new ControlsEvent.ClockScaled(
                        story, clock.resumedAt(real).scaledAt(real, ((Scaled) this).scale())))
                : Optional.empty();
    }

    /** How time goes on from now if it is to run as at the first start. It never runs back. */
    default ClockSetting asAtTheStart(ClockSetting clock, Instant real) {
        if (this == Stepped.STEPPED) return clock.paused() ? clock : clock.pausedAt(real);
        double scale = this instanceof Scaled scaled ? scaled.scale() : 1;
        return clock.resumedAt(real).scaledAt(real, scale);
    }

    /**
     * Reads one.
     *
     * @throws CannotStart if it is none
     */
    static Pace of(String text) {
        if (text.equals("unchanged")) return Unchanged.UNCHANGED;
        if (text.equals("stepped")) return Stepped.STEPPED;
        try {
            double scale = Double.parseDouble(text);
            if (scale > 0 && scale <= ClockSetting.MAX_SCALE) return new Scaled(scale);
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new CannotStart("A time scale is a number above 0, up to " + (long) ClockSetting.MAX_SCALE
                + ", or stepped, or unchanged, not " + text);
    }
}
