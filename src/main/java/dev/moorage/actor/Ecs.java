package dev.moorage.actor;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.setup.Setup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import dev.moorage.action.Action;
import dev.moorage.action.Actions;
import dev.moorage.action.Change;
import dev.moorage.action.Ids;
import dev.moorage.action.Query;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Stamp;
import dev.moorage.domain.Story;
import dev.moorage.view.AccountView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The simulated cloud: calls in, outcomes out. */
public final class Ecs {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Time goes on for as long as something ends; who waits for it gives up only if nothing does. */
    private static final Duration LONG_PATIENCE = Duration.ofHours(1);

    /** Something does not come to its end, so that nothing could be done while all stands still. */
    public static final class Restless extends RuntimeException {
        private static final long serialVersionUID = 1;

        Restless() {
            super("Something does not come to its end, and nothing was done: try again", null, false, false);
        }
    }

    private final ActorSystem<Entities.Command> system;
    private final Environment environment;
    private final InMemory inMemory;
    private final Ids ids;
    /** What one hears who asks for a change; null if changes are carried out. */
    private final @Nullable Rejection refusal;

    private Ecs(
            ActorSystem<Entities.Command> system,
            Environment environment,
            InMemory inMemory,
            RandomGenerator random,
            @Nullable Rejection refusal) {
        this.system = system;
        this.environment = environment;
        this.inMemory = inMemory;
        this.ids = new Ids(random, environment.world()::createdAt, environment.clock());
        this.refusal = refusal;
    }

    /**
     * Starts the actors over a journal. Whatever was under way when the journal ends goes on.
     *
     * @param journal what the configured journal plugin needs to find its journal
     * @param random where new ids come from
     */
    public static Ecs start(Config config, Environment environment, Setup journal, RandomGenerator random) {
        var setup = ActorSystemSetup.create(BootstrapSetup.create(config), journal);
        var inMemory = new InMemory();
        var system = ActorSystem.create(Entities.create(environment, inMemory), "moorage", setup);
        return new Ecs(system, environment, inMemory, random, null);
    }

    /**
     * A cloud that stands still: it has no entities, tells what is in its world, and refuses every change.
     *
     * @param random where ids come from for what is not made after all
     * @param refusal what one hears who asks for a change
     */
    public static Ecs still(Config config, Environment environment, RandomGenerator random, Rejection refusal) {
        ActorSystem<Entities.Command> system = ActorSystem.create(Behaviors.ignore(), "moorage", config);
        return new Ecs(system, environment, new InMemory(), random, refusal);
    }

    /**
     * Answers a call. What has been answered is durable and can be seen.
     *
     * <p>The stage fails if an entity does not answer in time, which means that its journal does not. Continue it with
     * an executor: without one, each continuation of Akka's ask costs a thread.
     */
    public CompletionStage<Outcome> execute(Call call) {
        return execute(call, null);
    }

    /**
     * Answers a call whose course a rule changes.
     *
     * @param stamp the rule's; null if there is none
     */
    public CompletionStage<Outcome> execute(Call call, @Nullable Stamp stamp) {
        var view = environment.world().of(call.caller().account());
        Action action = Actions.of(call, ids);
        if (action instanceof Query query) {
            return CompletableFuture.completedStage(
                    query.answer(view, environment.clock().instant()));
        }
        if (refusal != null) return CompletableFuture.completedStage(refusal);
        return execute(call, stamp, (Change) action, view);
    }

    private CompletionStage<Outcome> execute(Call call, @Nullable Stamp stamp, Change change, AccountView view) {
        var known = change.check(view);
        if (known.isPresent()) return CompletableFuture.completedStage(known.get());
        var routed = change.routed(view);
        var story = new Story(
                call.requestId(),
                call.caller().name(),
                call.action().action(),
                environment.clock().instant(),
                stamp);
        return AskPattern.ask(system, replyTo -> Entities.call(routed, story, replyTo), PATIENCE, system.scheduler());
    }

    /**
     * Changes what an operator sets; answers once that is durable and has taken effect.
     *
     * @param story of the operator's request; its time is put in here
     */
    public CompletionStage<ControlsActor.Answer> control(ControlsChange change, Story story) {
        return AskPattern.ask(
                system,
                replyTo -> new Entities.FromOutside(
                        new Entities.ToControls(new ControlsActor.Execute(change, story, replyTo)), null),
                LONG_PATIENCE,
                system.scheduler());
    }

    /** As {@link #control}, for who lets all stand still meanwhile. */
    public CompletionStage<ControlsActor.Answer> controlStill(ControlsChange change, Story story) {
        return AskPattern.ask(
                system,
                replyTo -> new Entities.ToControls(new ControlsActor.Execute(change, story, replyTo)),
                LONG_PATIENCE,
                system.scheduler());
    }

    /**
     * Lets what is under way somewhere end now, by hand.
     *
     * @param incident only what this incident holds up; null for whatever is under way
     */
    public CompletionStage<Completed> complete(EntityId id, @Nullable String incident, Story story) {
        var now = environment.clock().instant();
        return AskPattern.<Entities.Command, Completed>ask(
                        system,
                        replyTo -> new Entities.FromOutside(
                                id instanceof DiskId disk
                                        ? new Entities.ToDisk(
                                                disk, new DiskActor.Reschedule(now, incident, story, replyTo))
                                        : new Entities.ToInstance(
                                                (InstanceId) id,
                                                new InstanceActor.Reschedule(now, incident, story, replyTo)),
                                () -> replyTo.tell(Completed.NOT_NOW)),
                        PATIENCE,
                        system.scheduler())
                .thenComposeAsync(
                        completed -> completed == Completed.YES
                                ? settle().thenApplyAsync(settled -> completed, system.executionContext())
                                : CompletableFuture.completedStage(completed),
                        system.executionContext());
    }

    /**
     * Lets everything stand still, and does some work that changes what disks and instances are. Calls that change
     * something wait meanwhile.
     *
     * @return what the work gives; fails if it fails, or if somebody does not finish what is under way
     */
    public <T> CompletionStage<T> standStill(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        var blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        return AskPattern.<Entities.Command, Boolean>ask(
                        system,
                        replyTo -> new Entities.FromOutside(
                                new Entities.StandStill(() -> result.completeAsync(work, blocking), replyTo), null),
                        LONG_PATIENCE,
                        system.scheduler())
                .thenComposeAsync(
                        worked -> worked ? result : CompletableFuture.failedStage(new Restless()),
                        system.executionContext());
    }

    /** Answers once all has happened that is due by now. */
    public CompletionStage<Alarm.Advanced> settle() {
        return AskPattern.ask(
                system,
                replyTo -> new Entities.ToAlarm(new Alarm.Advance(Duration.ZERO, replyTo)),
                LONG_PATIENCE,
                system.scheduler());
    }

    /** To be called when the clock that simulated time follows was moved by hand. */
    public void lookAtClock() {
        system.tell(new Entities.ToAlarm(Alarm.Look.LOOK));
    }

    /** Nothing in it changes. */
    public boolean isStill() {
        return refusal != null;
    }

    /** The actors' system, for others that run on it. */
    public ActorSystem<?> system() {
        return system;
    }

    public Environment environment() {
        return environment;
    }

    public InMemory inMemory() {
        return inMemory;
    }
}
