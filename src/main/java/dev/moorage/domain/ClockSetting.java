package dev.moorage.domain;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * How simulated time follows from real time: from a moment of both on, at a pace.
 *
 * @param real real time of that moment
 * @param simulated simulated time of that moment
 * @param scale seconds of simulated time in a second of real time, while it runs
 * @param paused simulated time stands still at that moment
 */
public record ClockSetting(Instant real, Instant simulated, double scale, boolean paused) {
    /** Simulated time is real time. */
    public static final ClockSetting REAL = new ClockSetting(Instant.EPOCH, Instant.EPOCH, 1, false);

    /** A scale that keeps a day of the simulation longer than a blink. */
    public static final double MAX_SCALE = 1_000_000;

    public Instant at(Instant now) {
        return paused ? simulated : simulated.plus(scaled(Duration.between(real, now), scale));
    }

    /** How long it takes in real time until a later moment of simulated time; of no meaning while it stands still. */
    public Duration realTimeUntil(Instant then, Instant now) {
        return scaled(Duration.between(at(now), then), 1 / scale);
    }

    private static Duration scaled(Duration duration, double by) {
        if (by == 1) return duration;
        long nanos = BigDecimal.valueOf(duration.getSeconds())
                .movePointRight(9)
                .add(BigDecimal.valueOf(duration.getNano()))
                .multiply(BigDecimal.valueOf(by))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
        return Duration.ofNanos(nanos);
    }

    public ClockSetting pausedAt(Instant now) {
        return new ClockSetting(now, at(now), scale, true);
    }

    public ClockSetting resumedAt(Instant now) {
        return new ClockSetting(now, at(now), scale, false);
    }

    public ClockSetting scaledAt(Instant now, double seconds) {
        return new ClockSetting(now, at(now), seconds, paused);
    }

    public ClockSetting advanced(Duration by) {
        return new ClockSetting(real, simulated.plus(by), scale, paused);
    }

    /** Runs as real time does, whether or not it is the same time. */
    public boolean isReal() {
        return !paused && scale == 1;
    }
}
