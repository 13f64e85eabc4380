package dev.moorage.actor;

import dev.moorage.domain.ClockSetting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Simulated time. It follows from another clock, real time as a rule, as it was set last. */
public final class SimulatedClock extends Clock {
    private final Clock real;
    private volatile ClockSetting setting;

    public SimulatedClock(Clock real, ClockSetting setting) {
        this.real = real;
        this.setting = setting;
    }

    @Override
    public Instant instant() {
        return setting.at(real.instant());
    }

    public ClockSetting setting() {
        return setting;
    }

    /** The moment of real time from which a new setting holds. */
    Instant realInstant() {
        return real.instant();
    }

    synchronized void set(ClockSetting to) {
        setting = to;
    }

    synchronized void advance(Duration by) {
        setting = setting.advanced(by);
    }

    /** How long it takes in real time until then; empty if time stands still. */
    public Optional<Duration> realTimeUntil(Instant then) {
        var now = setting;
        return now.paused() ? Optional.empty() : Optional.of(now.realTimeUntil(then, real.instant()));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalStateException("Simulated time is UTC");
    }
}
