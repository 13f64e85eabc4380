package dev.moorage.http;

import dev.moorage.actor.Ecs;
import dev.moorage.actor.Environment;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.InstanceStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What there is, in which status, and what waits for its time: counted when somebody asks, and only then. */
final class CloudMetrics {
    private static final String WAITING = "Entities that wait for a time, to change by themselves then";
    private static final String OVERDUE = "Entities whose time has come, and that have not changed yet";

    /** One walk through the world. */
    private static final class Count {
        final Map<DiskStatus, Integer> disks = new EnumMap<>(DiskStatus.class);
        final Map<InstanceStatus, Integer> instances = new EnumMap<>(InstanceStatus.class);
        final Deadlines ofDisks = new Deadlines();
        final Deadlines ofInstances = new Deadlines();

        Count(Environment environment) {
            var now = environment.clock().instant();
            environment.world().disks().forEach(disk -> {
                disks.merge(disk.status(), 1, Integer::sum);
                ofDisks.add(disk.firstDue(), now);
            });
            environment.world().instances().forEach(instance -> {
                instances.merge(instance.status(), 1, Integer::sum);
                ofInstances.add(instance.deadline(), now);
            });
        }
    }

    private static final class Deadlines {
        long waiting;
        long overdue;

        void add(@Nullable Instant due, Instant now) {
            if (due == null) return;
            waiting++;
            if (due.isBefore(now)) overdue++;
        }
    }

    private final MeterRegistry registry;
    private final Environment environment;
    private volatile Count latest;

    CloudMetrics(MeterRegistry registry, Ecs ecs) {
        this.registry = registry;
        this.environment = ecs.environment();
        this.latest = new Count(environment);
        for (var status : DiskStatus.values()) {
            if (status == DiskStatus.RELEASED) continue;
            gauge("disks", "Disks by status", "status", status.wire(), count -> count.disks.getOrDefault(status, 0));
        }
        for (var status : InstanceStatus.values()) {
            if (status == InstanceStatus.RELEASED) continue;
            gauge(
                    "instances",
                    "Instances by status",
                    "status",
                    status.wire(),
                    count -> count.instances.getOrDefault(status, 0));
        }
        gauge("transitions.waiting", WAITING, "kind", "disk", count -> count.ofDisks.waiting);
        gauge("transitions.waiting", WAITING, "kind", "instance", count -> count.ofInstances.waiting);
        gauge("transitions.overdue", OVERDUE, "kind", "disk", count -> count.ofDisks.overdue);
        gauge("transitions.overdue", OVERDUE, "kind", "instance", count -> count.ofInstances.overdue);
        inMemory("disk", ecs.inMemory().disks());
        inMemory("instance", ecs.inMemory().instances());
    }

    private void gauge(String name, String description, String key, String value, ToDoubleFunction<Count> figure) {
        Gauge.builder("moorage." + name, this, figures -> figure.applyAsDouble(figures.latest))
                .description(description)
                .tag(key, value)
                .register(registry);
    }

    private void inMemory(String kind, AtomicInteger number) {
        Gauge.builder("moorage.entities.in.memory", number, AtomicInteger::get)
                .description("Entities that have an actor in memory")
                .tag("kind", kind)
                .register(registry);
    }

    /** Looks anew. */
    void count() {
        latest = new Count(environment);
    }
}
