package dev.moorage.http;

import dev.moorage.journal.CommitWatch;
import dev.moorage.journal.Journal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.DoubleStream;

/** How commits fare. */
final class JournalMetrics implements CommitWatch {
    /** From a write without fsync to a disk that has trouble. */
    private static final Duration[] WRITE_BUCKETS = DoubleStream.of(
                    0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000)
            .mapToObj(millis -> Duration.ofNanos((long) (millis * 1e6)))
            .toArray(Duration[]::new);

    /** Up to the most that a commit holds. */
    private static final double[] SIZE_BUCKETS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096};

    private final Timer write;
    private final DistributionSummary commit;
    private final Counter failed;

    JournalMetrics(MeterRegistry registry, Journal journal) {
        write = Timer.builder("moorage.journal.write")
                .description("How long the device was busy with a commit, fsync included")
                .serviceLevelObjectives(WRITE_BUCKETS)
                .register(registry);
        commit = DistributionSummary.builder("moorage.journal.commit")
                .description("Events in a commit: their count is that of commits, their sum that of events")
                .baseUnit("events")
                .serviceLevelObjectives(SIZE_BUCKETS)
                .register(registry);
        failed = Counter.builder("moorage.journal.failed")
                .description("Events that could not be written, or not be taken in")
                .baseUnit("events")
                .register(registry);
        Gauge.builder("moorage.journal.waiting", journal, Journal::waiting)
                .description("Events that wait to be written, or are being written")
                .baseUnit("events")
                .register(registry);
    }

    @Override
    public void written(Duration took) {
        write.record(took);
    }

    @Override
    public void committed(int events) {
        commit.record(events);
    }

    @Override
    public void failed(int events) {
        failed.increment(events);
    }
}
