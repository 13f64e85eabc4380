package dev.moorage.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/** Counts and distributions of a run while it goes on. Latencies come in as nanoseconds and are kept as microseconds. */
public final class Tally {
    private static final int DIGITS = 3;
    private static final double SECOND = 1e9;

    private final Map<Verb, Histogram> latencies = new EnumMap<>(Verb.class);
    private final Map<Verb, Histogram> services = new EnumMap<>(Verb.class);
    private final Map<Verb, Histogram> intervals = new EnumMap<>(Verb.class);
    private final Map<Verb, Map<String, Long>> errors = new EnumMap<>(Verb.class);
    private final Map<Verb, Map<String, Long>> retried = new EnumMap<>(Verb.class);
    private final Histogram lag = new Histogram(DIGITS);
    private final Histogram detaching = new Histogram(DIGITS);
    private final List<Report.Second> seconds = new ArrayList<>();
    private final @Nullable HistogramLogWriter log;

    private final Map<String, Long> answeredNow = new TreeMap<>();
    private final Map<String, Long> errorsNow = new TreeMap<>();
    private long endedMillis;
    private long plannedNow;
    private int inFlightNow;
    private long lagNow;
    private int mostInFlight;
    private int mostDetaching;

    /** Begins with nothing. The latencies of each second also go to the log, if there is one. */
    public Tally(@Nullable HistogramLogWriter log) {
        this.log = log;
    }

    void planned(long lagNanos, int inFlight) {
        plannedNow++;
        lag.recordValue(micros(lagNanos));
        lagNow = Math.max(lagNow, micros(lagNanos));
        inFlightNow = Math.max(inFlightNow, inFlight);
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    void answered(Verb verb, long latencyNanos, long serviceNanos, @Nullable String error) {
        histogram(latencies, verb).recordValue(micros(latencyNanos));
        histogram(intervals, verb).recordValue(micros(latencyNanos));
        histogram(services, verb).recordValue(micros(serviceNanos));
        answeredNow.merge(verb.action(), 1L, Long::sum);
        if (error == null) return;
        errors.computeIfAbsent(verb, any -> new TreeMap<>()).merge(error, 1L, Long::sum);
        errorsNow.merge(error, 1L, Long::sum);
    }

    void retried(Verb verb, String error) {
        retried.computeIfAbsent(verb, any -> new TreeMap<>()).merge(error, 1L, Long::sum);
    }

    void detached(long nanos) {
        detaching.recordValue(micros(nanos));
    }

    /**
     * Ends the second that was counted so far; the last of a run is shorter.
     *
     * @param startMillis when the first began
     */
    Report.Second endSecond(int onTheirWay, int inFlight, long startMillis, long nowMillis) {
        long began = seconds.isEmpty() ? startMillis : endedMillis;
        endedMillis = nowMillis;
        var all = new Histogram(DIGITS);
        for (var interval : intervals.entrySet()) {
            all.add(interval.getValue());
            if (log != null && interval.getValue().getTotalCount() > 0) {
                var part = interval.getValue();
                part.setTag(interval.getKey().action());
                part.setStartTimeStamp(began);
                part.setEndTimeStamp(nowMillis);
                log.outputIntervalHistogram(part);
            }
            interval.getValue().reset();
        }
        mostDetaching = Math.max(mostDetaching, onTheirWay);
        var second = new Report.Second(
                seconds.size(),
                plannedNow,
                new TreeMap<>(answeredNow),
                new TreeMap<>(errorsNow),
                all.getValueAtPercentile(50),
                all.getValueAtPercentile(99),
                all.getMaxValue(),
                inFlightNow,
                onTheirWay,
                lagNow);
        seconds.add(second);
        answeredNow.clear();
        errorsNow.clear();
        plannedNow = 0;
        inFlightNow = inFlight;
        lagNow = 0;
        return second;
    }

    Map<String, Report.Action> actions(double durationSeconds) {
        var actions = new TreeMap<String, Report.Action>();
        latencies.forEach((verb, latency) -> actions.put(
                verb.action(),
                new Report.Action(
                        latency.getTotalCount(),
                        latency.getTotalCount() / Math.max(durationSeconds, 1 / SECOND),
                        errors.getOrDefault(verb, Map.of()),
                        retried.getOrDefault(verb, Map.of()),
                        latency(latency),
                        latency(histogram(services, verb)))));
        return actions;
    }

    List<Report.Second> seconds() {
        return seconds;
    }

    int mostInFlight() {
        return mostInFlight;
    }

    int mostDetaching() {
        return mostDetaching;
    }

    Report.Latency lag() {
        return latency(lag);
    }

    Report.@Nullable Latency detaching() {
        return detaching.getTotalCount() == 0 ? null : latency(detaching);
    }

    private static Report.Latency latency(Histogram histogram) {
        var curve = new ArrayList<Report.Point>();
        for (var value : histogram.percentiles(5)) {
            curve.add(new Report.Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()));
        }
        boolean empty = histogram.getTotalCount() == 0;
        return new Report.Latency(
                histogram.getTotalCount(),
                empty ? 0 : histogram.getMinValue(),
                empty ? 0 : histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getValueAtPercentile(99.99),
                histogram.getMaxValue(),
                curve);
    }

    private static Histogram histogram(Map<Verb, Histogram> histograms, Verb verb) {
        return histograms.computeIfAbsent(verb, any -> new Histogram(DIGITS));
    }

    private static long micros(long nanos) {
        return Math.max(0, nanos / 1_000);
    }
}
