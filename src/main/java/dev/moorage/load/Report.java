package dev.moorage.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run went: what is in the JSON file, in the page and in the table on the screen. Latencies are counted from the
 * planned start of a call, services from when it was sent.
 *
 * @param format of this file; raised when a reader of the former could misread it
 * @param seconds from the first on, without a gap
 * @param drainSeconds from the first detach that was planned to the last disk that was seen Available; null if none was,
 *     or others were not in the end
 * @param failure why the figures are not to be believed (the driver could not keep up, say); null if they are
 */
public record Report(
        int format,
        String version,
        Run run,
        String started,
        double durationSeconds,
        Arrivals arrivals,
        Map<String, Action> actions,
        List<Second> seconds,
        @Nullable Latency detaching,
        @Nullable Double drainSeconds,
        int mostInFlight,
        int mostDetaching,
        Driver driver,
        List<Invariant> invariants,
        List<Assertion> assertions,
        @Nullable String failure) {

    public static final int FORMAT = 1;

    /** What is to be made of a run. */
    public enum Verdict {
        HELD("all held", 0),
        NOT_BELIEVED("not to be believed", 1),
        NOT_HELD("not all held", 2);

        private final String words;
        private final int exitCode;

        Verdict(String words, int exitCode) {
            this.words = words;
            this.exitCode = exitCode;
        }

        String words() {
            return words;
        }

        /** The worse, the higher. */
        public int exitCode() {
            return exitCode;
        }
    }

    /** A promise is broken however slow the driver was; an assertion is judged by figures that can be believed. */
    public Verdict verdict() {
        if (invariants.stream().anyMatch(invariant -> invariant.broken() > 0)) return Verdict.NOT_HELD;
        if (failure != null) return Verdict.NOT_BELIEVED;
        return assertions.stream().allMatch(Assertion::held) ? Verdict.HELD : Verdict.NOT_HELD;
    }

    Report with(List<Assertion> judged) {
        return new Report(
                format,
                version,
                run,
                started,
                durationSeconds,
                arrivals,
                actions,
                seconds,
                detaching,
                drainSeconds,
                mostInFlight,
                mostDetaching,
                driver,
                invariants,
                judged,
                failure);
    }

    /** What was asked for. {@code plan} is a hash over all calls that were planned: two runs of one seed have the same. */
    public record Run(
            String workload,
            long seed,
            String plan,
            String target,
            String client,
            String signature,
            int instances,
            int disks) {}

    /**
     * What became of the calls that were planned.
     *
     * @param late sent later than planned by more than the driver's tolerance
     * @param dropped never sent, since there was no room in flight or the time was up
     * @param repeated sent by the client's own retries and polls, on top of the planned
     */
    public record Arrivals(long planned, long sent, long answered, long late, long dropped, long repeated) {}

    /**
     * One verb.
     *
     * @param perSecond until the last call was answered: what is still on its way then has no part in it
     * @param errors with which calls ended, by code; what is no answer at all has a word for a code, such as
     *     {@code timeout} or {@code reset}
     * @param retried errors after which the client tried again
     */
    public record Action(
            long answered,
            double perSecond,
            Map<String, Long> errors,
            Map<String, Long> retried,
            Latency latency,
            Latency service) {}

    /**
     * A distribution, in microseconds.
     *
     * @param curve the whole of it, for a plot: percentile (0 to 100) and value, ascending
     */
    public record Latency(
            long count,
            long min,
            double mean,
            long p50,
            long p90,
            long p95,
            long p99,
            @JsonProperty("p99.9") long p999,
            @JsonProperty("p99.99") long p9999,
            long max,
            List<Point> curve) {}

    public record Point(double percentile, long micros) {}

    /**
     * What was seen within one second of the run; latencies in microseconds, of all actions together.
     *
     * @param answered by action
     * @param errors by code
     * @param inFlight the most at once
     * @param detaching disks that were on their way at its end
     */
    public record Second(
            int second,
            long planned,
            Map<String, Long> answered,
            Map<String, Long> errors,
            long p50,
            long p99,
            long max,
            int inFlight,
            int detaching,
            long lagMaxMicros) {}

    /**
     * What the driver itself cost.
     *
     * @param lag how late the driver began on a call; of those that are planned for one instant, how late on the first
     * @param cpu share of one core that the thread which sends and receives used until the last answer to a planned call
     * @param bottleneck whether the driver, and not the server, was what limited the run
     */
    public record Driver(Latency lag, double cpu, boolean bottleneck) {}

    /** A promise that was checked from the outside: what breaks it, at most a few examples. */
    public record Invariant(String promise, long checked, long broken, List<String> examples) {}

    /** As it was written, such as {@code detach.p99 < 200ms}, and what was measured. */
    public record Assertion(String text, String actual, boolean held) {}
}
