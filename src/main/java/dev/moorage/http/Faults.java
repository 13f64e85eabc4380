package dev.moorage.http;

import akka.pattern.Patterns;
import dev.moorage.action.Actions;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.AnyError;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Progression;
import dev.moorage.domain.Rule;
import dev.moorage.domain.Stamp;
import dev.moorage.domain.Story;
import dev.moorage.fault.Operators;
import dev.moorage.fault.RunningRules;
import dev.moorage.fault.Sight;
import dev.moorage.fault.Subject;
import dev.moorage.view.AccountView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Calls on their way through the rules that an operator has set. */
public final class Faults {
    private final Ecs ecs;
    private final RunningRules rules;
    private final AnyError errors = new AnyError(Actions.specs());
    private final FaultLog log;

    public Faults(Ecs ecs) {
        this.ecs = ecs;
        this.rules = new RunningRules(
                ecs.environment().world(), ecs.environment().durations().seed());
        this.log = new FaultLog(ecs);
    }

    RunningRules rules() {
        return rules;
    }

    /**
     * Executes a call, or does with it what a rule says.
     *
     * @param own the mark of a call that no rule changes the course of; null for none
     */
    public <R> CompletionStage<R> pass(Call call, @Nullable Stamp own, Replies<R> replies) {
        var executor = ecs.system().executionContext();
        // What an operator had set then says nothing of those who look at it now.
        if (ecs.isStill()) return ecs.execute(call).handleAsync(replies::answer, Runnable::run);
        var verdict = rules.judge(call, ecs.environment().clock().instant());
        if (verdict.isEmpty()) {
            var outcome = ecs.execute(call, own).toCompletableFuture();
            // What is known already is answered here: on another thread it would take longer.
            return outcome.handleAsync(replies::answer, outcome.isDone() ? Runnable::run : executor);
        }
        var subject = verdict.get().subject();
        var rule = verdict.get().rule();
        return (rule.isEmpty()
                        ? executed(call, own, UnaryOperator.identity()).handleAsync(replies::answer, executor)
                        : apply(rule.get(), subject, call, replies))
                .whenCompleteAsync((sent, failure) -> verdict.get().leave(), executor);
    }

    private <R> CompletionStage<R> apply(Rule rule, Subject subject, Call call, Replies<R> replies) {
        var executor = ecs.system().executionContext();
        var effect = rule.effect();
        var stamp = rule.stamp();
        // What slows a change down stands in the change's own events.
        boolean saysSoItself = !effect.progression().isEmpty() || effect.failsLate();
        if (!saysSoItself || rule.limits().count() > 0) log.applied(rule, subject, story(call, stamp));
        return after(latency(rule, call), () -> others(effect.beforehand(), subject, call, stamp))
                .thenComposeAsync(
                        done -> {
                            if (!effect.error().isEmpty())
                                return CompletableFuture.completedStage(
                                        replies.fail(errors.of(subject.action(), effect.error())
                                                .orElseThrow()));
                            if (effect.answer().equals("reset"))
                                return CompletableFuture.completedStage(replies.reset());
                            if (effect.answer().equals("ok")) {
                                return CompletableFuture.completedStage(replies.answer(Outcome.success(), null));
                            }
                            return executed(call, stamp, sight(rule))
                                    .handleAsync(
                                            (outcome, failure) -> new Executed<>(
                                                    replies.answer(outcome, failure),
                                                    outcome instanceof Outcome.Success),
                                            executor)
                                    .thenComposeAsync(
                                            carriedOut -> others(
                                                            carriedOut.hadItsEffect() ? effect.afterwards() : List.of(),
                                                            subject,
                                                            call,
                                                            stamp)
                                                    .thenApplyAsync(
                                                            all -> effect.answer()
                                                                            .isEmpty()
                                                                    ? carriedOut.answer()
                                                                    : replies.spoilt(
                                                                            carriedOut.answer(), effect.answer()),
                                                            executor),
                                            executor);
                        },
                        executor);
    }

    /** A call that was carried out, or refused. */
    private record Executed<R>(R answer, boolean hadItsEffect) {}

    /** Whatever goes wrong on the way is in the stage. */
    private CompletionStage<Outcome> executed(Call call, @Nullable Stamp stamp, UnaryOperator<AccountView> sight) {
        try {
            return ecs.execute(call, stamp, sight);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private UnaryOperator<AccountView> sight(Rule rule) {
        if (!rule.effect().isForReaders()) return UnaryOperator.identity();
        var environment = ecs.environment();
        return new Sight(rule, environment.world(), environment.clock().instant())::of;
    }

    private static Story story(Call call, Stamp stamp) {
        return new Story(call.requestId(), call.caller().name(), call.action().action(), Instant.EPOCH, stamp);
    }

    private Duration latency(Rule rule, Call call) {
        String text = rule.effect().latency();
        if (text.isEmpty()) return Duration.ZERO;
        var begun = ecs.environment().clock().instant();
        return Progression.parse(text)
                .due(begun, new Random(call.requestId().hashCode()))
                .map(due -> Duration.between(begun, due))
                .orElse(Duration.ZERO);
    }

    private CompletionStage<Boolean> after(Duration latency, Supplier<CompletionStage<Boolean>> then) {
        return latency.isZero()
                ? then.get()
                : Patterns.after(latency, ecs.system().classicSystem(), then::get);
    }

    /** What an operator does meanwhile, one thing after the other, whatever is answered. */
    private CompletionStage<Boolean> others(List<String> texts, Subject subject, Call call, Stamp stamp) {
        var executor = ecs.system().executionContext();
        CompletionStage<Boolean> done = CompletableFuture.completedStage(true);
        // What the rule says of the call itself is not meant for these.
        var plain = new Stamp(stamp.rule(), stamp.incident(), "", false);
        for (var text : texts) {
            if (text.strip().equals(Operators.COMPLETE)) {
                done = done.thenComposeAsync(before -> complete(subject, call, plain), executor);
                continue;
            }
            var other = Operators.call(text, subject, call, Actions.specs());
            if (other.isEmpty()) continue;
            done = done.thenComposeAsync(
                    before -> ecs.execute(other.get(), plain).handleAsync((outcome, failure) -> true, executor),
                    executor);
        }
        return done;
    }

    private CompletionStage<Boolean> complete(Subject subject, Call call, Stamp stamp) {
        var disk = subject.disk();
        return disk == null
                ? CompletableFuture.completedStage(true)
                : ecs.complete(disk.id(), null, story(call, stamp))
                        .handleAsync((any, failure) -> true, ecs.system().executionContext());
    }
}
