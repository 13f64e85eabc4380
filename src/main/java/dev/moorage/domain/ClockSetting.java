package dev.moorage.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
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
        if (paused) return simulated;
        var since = Duration.between(real, now);
        return simulated.plus(scale == 1 ? since : duration(nanos(since).multiply(BigDecimal.valueOf(scale))));
    }

    /** How long it takes in real time until a later moment of simulated time; of no meaning while it stands still. */
    public Duration realTimeUntil(Instant then, Instant now) {
        var until = Duration.between(at(now), then);
        return scale == 1 ? until : duration(nanos(until).divide(BigDecimal.valueOf(scale), 0, RoundingMode.CEILING));
    }

    private static BigDecimal nanos(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).movePointRight(9).add(BigDecimal.valueOf(duration.getNano()));
    }

    /** Rounded up: what is due then is due then. */
    private static Duration duration(BigDecimal nanos) {
        var parts = nanos.setScale(0, RoundingMode.CEILING)
                .toBigInteger()
                .divideAndRemainder(BigInteger.valueOf(1_000_000_000));
        return Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
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
}
