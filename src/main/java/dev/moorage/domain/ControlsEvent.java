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

    /** Whatever was set is as if nobody had: time runs as it did at the start, and no rule holds. */
    record Reset(Story story, ClockSetting clock) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return Controls.UNTOUCHED
                    .withClock(clock)
                    .withPoints(controls.points())
                    .withRestoring(controls.restoring());
        }
    }

    /** From here on disks and instances are made what they are to be; if that is cut short, the next start finishes it. */
    record RestoringBegun(Story story, Restoring restoring) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withRestoring(restoring);
        }
    }

    /** All are what they were to be. */
    record RestoringDone(Story story) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withRestoring(null);
        }
    }

    /** A moment has a name. */
    record PointSaved(Story story, String name, SavedPoint point) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withPoint(name, point);
        }
    }

    record PointDeleted(Story story, String name) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withPoint(name, null);
        }
    }
}
