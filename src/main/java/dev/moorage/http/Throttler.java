package dev.moorage.http;

import dev.moorage.action.Actions;
import dev.moorage.action.Regions;
import dev.moorage.actor.ControlsChange;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.AnyError;
import dev.moorage.contract.Call;
import dev.moorage.contract.Throttled;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Disk;
import dev.moorage.domain.Instance;
import dev.moorage.domain.Stamp;
import dev.moorage.domain.Story;
import dev.moorage.domain.Throttling;
import dev.moorage.fault.Subject;
import dev.moorage.fault.Throttle;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns away those who call too often. A storm of refused calls is one fact in the journal for each account, region,
 * action and minute: that from then on they were refused.
 */
public final class Throttler {
    private static final Pattern ENDPOINT = Pattern.compile("ecs[.-]([a-z0-9-]+)\\.aliyuncs\\.com(:\\d+)?");

    private final Ecs ecs;
    private final Throttle throttle;
    private final AnyError errors = new AnyError(Actions.specs());

    /** With what the configuration says; what an operator sets goes before it. */
    public Throttler(Ecs ecs, Throttling configured) {
        this.ecs = ecs;
        var world = ecs.environment().world();
        this.throttle = new Throttle(world, configured, call -> regionOf(call, world));
    }

    Throttle throttle() {
        return throttle;
    }

    /** What is said to a call that is one too many. Who looks at the past makes no calls. */
    public Optional<Throttled> refusal(Call call) {
        if (ecs.isStill()) return Optional.empty();
        var clock = ecs.environment().clock();
        return throttle.judge(call, clock.instant()).map(refusal -> {
            if (refusal.window().isJustClosed()) write(refusal, call);
            var failure =
                    errors.of(call.action().action(), refusal.quota().code()).orElseThrow();
            var timeLeft = clock.realTimeUntil(refusal.window().until()).orElse(null);
            return new Throttled(failure, call.caller(), refusal.quota().limit(), timeLeft);
        });
    }

    /** Nobody waits for it. */
    private void write(Throttle.Refusal refusal, Call call) {
        var quota = refusal.quota();
        var counted = refusal.counted();
        var stamp = quota.rule().isEmpty() ? null : new Stamp(quota.rule(), quota.incident(), "", false);
        var story =
                new Story(call.requestId(), call.caller().name(), call.action().action(), Instant.EPOCH, stamp);
        ControlsChange change = (controls, told, real) -> ControlsChange.accept(new ControlsEvent.ThrottlingClosed(
                told,
                counted.rule(),
                counted.account(),
                counted.region(),
                counted.action(),
                quota.limit(),
                refusal.window().until()));
        ecs.control(change, story)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure != null) CallLog.failed(call.requestId(), failure);
                        },
                        ecs.system().executionContext());
    }

    /**
     * The region that a call names, or its endpoint, or where that is of which it speaks; empty if there is none. What
     * callers make up is none: it would be counted by itself.
     */
    private static String regionOf(Call call, World world) {
        var endpoint = ENDPOINT.matcher(call.endpoint());
        return Stream.of(
                        call.arguments().string("RegionId"),
                        endpoint.matches() ? Optional.of(endpoint.group(1)) : Optional.<String>empty(),
                        whereItIs(Subject.of(call, world)))
                .flatMap(Optional::stream)
                .filter(Regions::isRegion)
                .findFirst()
                .orElse("");
    }

    private static Optional<String> whereItIs(Subject subject) {
        return Optional.<Disk>ofNullable(subject.disk())
                .map(disk -> disk.spec().regionId())
                .or(() -> Optional.<Instance>ofNullable(subject.instance())
                        .map(instance -> instance.spec().regionId()));
    }
}
