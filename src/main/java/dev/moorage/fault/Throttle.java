package dev.moorage.fault;

import dev.moorage.contract.Call;
import dev.moorage.domain.Throttling;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Counts calls by the minute, for each account, region and action by itself. What is set is in the journal, how much of
 * it is used is not: after a restart all have the whole of it again.
 */
public final class Throttle {
    /**
     * What is counted together.
     *
     * @param rule that asks for it; empty for what is set for all
     */
    public record Counted(String rule, String account, String region, String action) {}

    /** A call that is refused, and the window that it met. */
    public record Refusal(Quota quota, Counted counted, Window window) {}

    /** A window, and whose it is. */
    public record Counting(Counted counted, Window window) {}

    private final World world;
    private final Throttling configured;
    private final Function<Call, String> regionOf;
    private final ConcurrentMap<Counted, Window> windows = new ConcurrentHashMap<>();
    private volatile Quotas quotas;
    private volatile Instant cleared = Instant.EPOCH;

    /**
     * With nothing counted yet.
     *
     * @param configured what holds while an operator has set nothing else
     * @param regionOf the region that a call is counted in
     */
    public Throttle(World world, Throttling configured, Function<Call, String> regionOf) {
        this.world = world;
        this.configured = configured;
        this.regionOf = regionOf;
        this.quotas = new Quotas(List.of(), configured);
    }

    /** What is set for all. */
    public Throttling throttling() {
        return Objects.requireNonNullElse(world.controls().throttling(), configured);
    }

    public Throttling configured() {
        return configured;
    }

    /** Counts a call; what is said of it if it is one too many. */
    public Optional<Refusal> judge(Call call, Instant now) {
        var controls = world.controls();
        var rules = controls.rules();
        var throttling = Objects.requireNonNullElse(controls.throttling(), configured);
        if (rules.isEmpty() && throttling.limits().isEmpty()) return Optional.empty();
        var known = quotas;
        if (!known.areOf(rules, throttling)) {
            known = new Quotas(rules, throttling);
            quotas = known;
        }
        String action = call.action().action();
        var those = known.of(action, call.caller(), now);
        if (those.isEmpty()) return Optional.empty();
        clear(now);
        String region = regionOf.apply(call);
        for (var quota : those) {
            var counted = new Counted(quota.rule(), call.caller().account(), region, action);
            var window = windows.compute(counted, (same, before) -> Window.counting(before, quota.limit(), now));
            if (!window.passes()) return Optional.of(new Refusal(quota, counted, window));
        }
        return Optional.empty();
    }

    /** Once a minute those are forgotten that are over. */
    private void clear(Instant now) {
        if (now.isBefore(cleared)) return;
        windows.values().removeIf(window -> !now.isBefore(window.until()));
        cleared = now.plusSeconds(60);
    }

    /** What is being counted, in this minute. */
    public List<Counting> countings(Instant now) {
        return windows.entrySet().stream()
                .filter(entry -> entry.getValue().isOf(now))
                .map(entry -> new Counting(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(counting -> counting.counted().toString()))
                .toList();
    }
}
