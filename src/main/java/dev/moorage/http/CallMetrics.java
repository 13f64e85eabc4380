package dev.moorage.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/** What comes through the door. A call costs two look-ups in a map, not one in the registry. */
final class CallMetrics {
    /** From a query of one disk to the patience of the door. */
    private static final Duration[] BUCKETS = DoubleStream.of(
                    0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(millis -> Duration.ofNanos((long) (millis * 1e6)))
            .toArray(Duration[]::new);

    private record OfAction(Timer duration, ConcurrentMap<String, Counter> byCode) {}

    private final MeterRegistry registry;
    private final ConcurrentMap<String, OfAction> actions = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("moorage.calls.in.flight", inFlight, AtomicInteger::get)
                .description("Calls that have come in and are not answered yet")
                .register(registry);
        Gauge.builder("moorage.connections.open", connections, AtomicInteger::get)
                .description("Connections to the door, idle ones too")
                .register(registry);
    }

    void begun() {
        inFlight.incrementAndGet();
    }

    /**
     * Counts an answer to what had {@link #begun}.
     *
     * @param action a name from a list, never one that a caller made up
     */
    void answered(String action, String code, Duration took) {
        inFlight.decrementAndGet();
        var meters = actions.computeIfAbsent(action, this::ofAction);
        meters.duration().record(took);
        meters.byCode().computeIfAbsent(code, unseen -> counter(action, unseen)).increment();
    }

    private OfAction ofAction(String action) {
        var duration = Timer.builder("moorage.call.duration")
                .description("How long calls took, from the last of their headers to their answer")
                .tag("action", action)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        return new OfAction(duration, new ConcurrentHashMap<>());
    }

    private Counter counter(String action, String code) {
        return Counter.builder("moorage.calls")
                .description("Calls that were answered, by action (- if there is none of that name) and code")
                .tag("action", action)
                .tag("code", code)
                .register(registry);
    }

    void connected() {
        connections.incrementAndGet();
    }

    void disconnected() {
        connections.decrementAndGet();
    }
}
