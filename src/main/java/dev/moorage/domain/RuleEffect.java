package dev.moorage.domain;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a rule does to a call. What is empty is left as it is.
 *
 * @param error the code that is answered, without any effect
 * @param latency real time that the call waits before anything else, as {@link Progression} writes it
 * @param progression how long the slow part takes instead, as {@link Progression} writes it
 * @param failsLate what the call begins falls back once it is due
 * @param answer one of {@link #ANSWERS}
 * @param beforehand calls that an operator makes before the call, such as {@code StopInstance InstanceId={instanceId}}
 * @param afterwards calls that an operator makes once the call has had its effect
 * @param statusLag for so long after a change what is read still has the status of before, and all else as it is
 * @param stale what is read is as everything was so long ago
 * @param lock instances that are read have this lock too, as {@link LockReason} writes it
 * @param systemEvent instances that are read have this event in their history, by its reason
 */
public record RuleEffect(
        String error,
        String latency,
        String progression,
        boolean failsLate,
        String answer,
        List<String> beforehand,
        List<String> afterwards,
        String statusLag,
        String stale,
        String lock,
        String systemEvent) {

    /** No effect and a reset connection; an effect and a reset; half of it; bit by bit; and a yes without effect. */
    public static final List<String> ANSWERS = List.of("reset", "lost", "truncated-body", "slow-body", "ok");

    public RuleEffect {
        beforehand = List.copyOf(beforehand);
        afterwards = List.copyOf(afterwards);
        statusLag = statusLag == null ? "" : statusLag;
        stale = stale == null ? "" : stale;
        lock = lock == null ? "" : lock;
        systemEvent = systemEvent == null ? "" : systemEvent;
    }

    /** What a call does is left as it is; what it reads is not. */
    public boolean isForReaders() {
        return !statusLag.isEmpty() || !stale.isEmpty() || !lock.isEmpty() || !systemEvent.isEmpty();
    }

    /** How far back what is read can lie. */
    public Duration lookBack() {
        return Stream.of(statusLag, stale)
                .flatMap(text -> Progression.duration(text).stream())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    public static RuleEffect ofError(String error) {
        return new RuleEffect(error, "", "", false, "", List.of(), List.of(), "", "", "", "");
    }

    /** The call does not get as far as to what it is for. */
    public boolean isInstead() {
        return !error.isEmpty() || answer.equals("ok") || answer.equals("reset");
    }

    /** What it is in a word or two, for people. */
    public String name() {
        if (!error.isEmpty()) return "error " + error;
        if (!answer.isEmpty()) return "answer " + answer;
        if (failsLate) return "fails late";
        if (!statusLag.isEmpty()) return "status lags " + statusLag;
        if (!stale.isEmpty()) return "stale by " + stale;
        if (!lock.isEmpty()) return "lock " + lock;
        if (!systemEvent.isEmpty()) return "system event " + systemEvent;
        if (!progression.isEmpty()) return "progression " + progression;
        return latency.isEmpty() ? "other calls" : "latency " + latency;
    }
}
