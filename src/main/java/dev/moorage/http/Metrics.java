package dev.moorage.http;

import dev.moorage.actor.Ecs;
import dev.moorage.journal.Journal;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of one server. Several servers in one process share those of the JVM, and no others. */
public final class Metrics implements AutoCloseable {
    private static final List<MeterBinder> OF_THE_PROCESS = List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics());

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    // It listens to the JVM until it is closed.
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final CallMetrics calls = new CallMetrics(registry);
    private volatile @Nullable CloudMetrics cloud;

    public Metrics() {
        for (var binder : OF_THE_PROCESS) binder.bindTo(registry);
        garbage.bindTo(registry);
    }

    /** Shows how this journal fares. */
    public void watch(Journal journal) {
        journal.watch(new JournalMetrics(registry, journal));
    }

    /** Shows what is in this cloud. */
    void watch(Ecs ecs) {
        cloud = new CloudMetrics(registry, ecs);
    }

    CallMetrics calls() {
        return calls;
    }

    /** All figures, as they are now. */
    MetricSnapshots now() {
        var counted = cloud;
        if (counted != null) counted.count();
        return registry.getPrometheusRegistry().scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
