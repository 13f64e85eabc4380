package dev.moorage.domain;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** A rule of its own is in force from here on, after those that are there. */
    record RuleAdded(Story story, Rule rule) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.having(List.of(rule)).counting(Controls.RULE);
        }
    }

    record RuleRemoved(Story story, String rule) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.without(controls.rule(rule).stream().toList());
        }
    }

    /** Something goes wrong from here on. */
    record IncidentBegun(Story story, Incident incident, List<Rule> rules) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.having(rules)
                    .counting(incident.name())
                    .withIncidents(Stream.concat(controls.incidents().stream(), Stream.of(incident))
                            .toList());
        }
    }

    /** No call hears of it any more. What it holds is let go one by one. */
    record IncidentEnded(Story story, String incident) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.without(controls.rules().stream()
                            .filter(rule -> rule.incident().equals(incident))
                            .toList())
                    .withIncidents(controls.incidents().stream()
                            .filter(other -> !other.id().equals(incident))
                            .toList());
        }
    }

    /**
     * A rule was applied to calls whose own events do not say so.
     *
     * @param effect what was done, in a word or two
     * @param about the ids of the disks and the instances concerned
     * @param times to so many calls that are alike; the story is that of the first
     */
    record FaultApplied(
            Story story, String rule, String incident, String action, String effect, List<String> about, long times)
            implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withApplied(rule, times);
        }
    }

    /** Whatever was set is as if nobody had: time runs as it did at the start, and no rule holds. */
    record Reset(Story story, ClockSetting clock) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return Controls.UNTOUCHED
                    .withClock(clock)
                    .withNumbers(controls.numbers())
                    .withPoints(controls.points())
                    .withRestoring(controls.restoring());
        }
    }

    /** Callers may use these too. */
    record KeysAdded(Story story, List<AccessKey> keys) implements ControlsEvent {
        public KeysAdded {
            keys = List.copyOf(keys);
        }

        @Override
        public Controls applyTo(Controls controls) {
            return controls.withKeys(
                    Stream.concat(controls.keys().stream(), keys.stream()).toList());
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

    /**
     * From now on an account has so many calls a minute.
     *
     * @param throttling null for what the configuration has
     */
    record ThrottlingSet(Story story, @Nullable Throttling throttling) implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withThrottling(throttling);
        }
    }

    /**
     * An account has had its calls of an action in a region for this minute: from here to its end all of them are
     * refused, and nothing more is written of those.
     *
     * @param rule by which it has no more; empty for what is set for all
     */
    record ThrottlingClosed(
            Story story, String rule, String account, String region, String action, long limit, Instant until)
            implements ControlsEvent {
        @Override
        public Controls applyTo(Controls controls) {
            return controls.withApplied(rule, 1);
        }
    }
}
