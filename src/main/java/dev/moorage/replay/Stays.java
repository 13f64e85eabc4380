package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long disks and instances stay in each status, in milliseconds of simulated time. */
final class Stays {
    /** Percentiles are this exact; totals and maxima are exact. */
    private static final int SIGNIFICANT_DIGITS = 4;

    /**
     * The stays in one status.
     *
     * @param count how many have ended
     * @param open how many have not; nothing else tells of these
     */
    record Summary(
            Status status,
            long count,
            long open,
            long totalMillis,
            long p50Millis,
            long p90Millis,
            long p99Millis,
            long maxMillis) {}

    private record Stay(Status status, Instant since) {}

    private static final class Ended {
        private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
        private long totalMillis;
        private long maxMillis;

        private void add(long millis) {
            histogram.recordValue(millis);
            totalMillis += millis;
            maxMillis = Math.max(maxMillis, millis);
        }

        private long percentile(double percent) {
            return histogram.lowestEquivalentValue(histogram.getValueAtPercentile(percent));
        }
    }

    private final Map<EntityId, Stay> open = new HashMap<>();
    private final Map<Status, Ended> ended = new HashMap<>();

    /** Tells of an entity's status after each of its events, in order; null if it is not there any more. */
    void tell(EntityId id, @Nullable Status status, Instant at) {
        var stay = open.get(id);
        if (stay != null && stay.status().equals(status)) return;
        if (status == null) {
            open.remove(id);
        } else {
            open.put(id, new Stay(status, at));
        }
        if (stay == null) return;
        // The clock of a server can be set back from one start to the next.
        long millis = Math.max(0, Duration.between(stay.since(), at).toMillis());
        ended.computeIfAbsent(stay.status(), unseen -> new Ended()).add(millis);
    }

    /** Of every status that anything was in, in the order of a life. */
    List<Summary> summaries() {
        var openCounts = new HashMap<Status, Long>();
        open.values().forEach(stay -> openCounts.merge(stay.status(), 1L, Long::sum));
        var summaries = new ArrayList<Summary>();
        for (var status : Status.ALL) {
            long stillOpen = openCounts.getOrDefault(status, 0L);
            var of = ended.getOrDefault(status, new Ended());
            long count = of.histogram.getTotalCount();
            if (count + stillOpen > 0) summaries.add(summary(status, count, stillOpen, of));
        }
        return summaries;
    }

    private static Summary summary(Status status, long count, long open, Ended of) {
        return new Summary(
                status,
                count,
                open,
                of.totalMillis,
                of.percentile(50),
                of.percentile(90),
                of.percentile(99),
                of.maxMillis);
    }
}
