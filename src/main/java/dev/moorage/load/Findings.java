package dev.moorage.load;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run at its end.
 *
 * @param target what was driven, in words or by its address
 * @param signature how calls were signed, in a word
 * @param started when, as ISO 8601 has it
 * @param failure why the figures are not to be believed, if that is known already
 */
public record Findings(
        Workload workload,
        long seed,
        Plan plan,
        String target,
        Client client,
        String signature,
        Stage stage,
        String started,
        Driver.Ran ran,
        Tally tally,
        List<Report.Invariant> invariants,
        @Nullable String failure) {
    private static final long TOLERATED_LAG_MICROS = 10_000;
    private static final double WHOLE_CORE = 0.95;

    /** With a judgement on all that the workload asks of a run, and on whether the driver was what was measured. */
    public Report report() {
        var lag = tally.lag();
        var actions = tally.actions(ran.answeredSeconds());
        boolean bottleneck = ran.cpu() > WHOLE_CORE || isTheDrivers(lag, actions.values());
        String version = Findings.class.getPackage().getImplementationVersion();
        var report = new Report(
                Report.FORMAT,
                version == null ? "" : version,
                new Report.Run(
                        workload.name(),
                        seed,
                        plan.hash(),
                        target,
                        client.word(),
                        signature,
                        stage.instances(),
                        stage.diskIds().length),
                started,
                ran.seconds(),
                ran.arrivals(),
                actions,
                tally.seconds(),
                tally.detaching(),
                ran.drainSeconds(),
                tally.mostInFlight(),
                tally.mostDetaching(),
                new Report.Driver(lag, ran.cpu(), bottleneck),
                invariants,
                List.of(),
                failure(bottleneck));
        return report.with(workload.conditions().stream()
                .map(condition -> condition.judge(report))
                .toList());
    }

    private @Nullable String failure(boolean bottleneck) {
        if (ran.stopped()) return "the run was stopped before its end";
        return bottleneck ? "the driver could not keep up, and is what was measured" : failure;
    }

    /** Whether the driver's own delays are more than a tenth of what it measured of the quickest action. */
    private static boolean isTheDrivers(Report.Latency lag, Collection<Report.Action> actions) {
        long shortest = actions.stream()
                .mapToLong(action -> action.latency().p99())
                .min()
                .orElse(0);
        return lag.p99() > TOLERATED_LAG_MICROS && lag.p99() > shortest / 10;
    }
}
