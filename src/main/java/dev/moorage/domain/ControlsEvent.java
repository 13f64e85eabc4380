package dev.moorage.domain;

/** What an operator can do to the simulation itself. */
public sealed interface ControlsEvent extends Event {
    Controls applyTo(Controls controls);

    /** Time was moved forward, by hand. */
    record ClockAdvanced(Story story, long byMillis, ClockSetting clock) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withClock(clock);
        }
    }

    /** Time stands still from here on. */
    record ClockPaused(Story story, ClockSetting clock) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withClock(clock);
        }
    }

    /** Time runs again. */
    record ClockResumed(Story story, ClockSetting clock) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withClock(clock);
        }
    }

    /** Time runs faster or slower from here on. */
    record ClockScaled(Story story, ClockSetting clock) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withClock(clock);
        }
    }

    /**
     * From now on an action comes to its end in another way.
     *
     * @param progression as {@link Progression} writes it; empty for the way that the configuration has
     */
    record ProgressionSet(Story story, String action, String progression) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withProgression(action, progression);
        }
    }
}
