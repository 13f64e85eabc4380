package dev.moorage.actor;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.setup.Setup;
import akka.actor.typed.ActorSystem;
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
import dev.moorage.domain.Story;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** The simulated cloud: calls in, outcomes out. */
public final class Ecs {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ActorSystem<Entities.Command> system;
    private final Environment environment;
    private final Ids ids;
    private final BiFunction<Call, Change, CompletionStage<Outcome>> changes;

    private Ecs(
            ActorSystem<Entities.Command> system,
            Environment environment,
            RandomGenerator random,
            BiFunction<Call, Change, CompletionStage<Outcome>> changes) {
        this.system = system;
        this.environment = environment;
        this.ids = new Ids(random, environment.world()::createdAt, environment.clock());
        this.changes = changes;
    }

    /**
     * Starts the actors over a journal. Whatever was under way when the journal ends goes on.
     *
     * @param journal what the configured journal plugin needs to find its journal
     * @param random where new ids come from
     */
    public static Ecs start(Config config, Environment environment, Setup journal, RandomGenerator random) {
        var setup = ActorSystemSetup.create(BootstrapSetup.create(config), journal);
        var system = ActorSystem.create(Entities.create(environment), "moorage", setup);
        return new Ecs(
                system, environment, random, (call, change) -> entitiesExecute(call, change, system, environment));
    }

    /**
     * A cloud that stands still: it has no entities, tells what is in its world, and refuses every change.
     *
     * @param random where ids come from for what is not made after all
     * @param refusal what one hears who asks for a change
     */
    public static Ecs still(Config config, Environment environment, RandomGenerator random, Rejection refusal) {
        ActorSystem<Entities.Command> system = ActorSystem.create(Behaviors.ignore(), "moorage", config);
        return new Ecs(system, environment, random, (call, change) -> CompletableFuture.completedStage(refusal));
    }

    /**
     * Answers a call. What has been answered is durable and can be seen.
     *
     * <p>The stage fails if an entity does not answer in time, which means that its journal does not. Continue it with
     * an executor: without one, each continuation of Akka's ask costs a thread.
     */
    public CompletionStage<Outcome> execute(Call call) {
        var view = environment.world().of(call.caller().account());
        Action action = Actions.of(call, ids);
        if (action instanceof Query query) {
            return CompletableFuture.completedStage(
                    query.answer(view, environment.clock().instant()));
        }
        return changes.apply(call, (Change) action);
    }

    private static CompletionStage<Outcome> entitiesExecute(
            Call call, Change change, ActorSystem<Entities.Command> system, Environment environment) {
        var view = environment.world().of(call.caller().account());
        var known = change.check(view);
        if (known.isPresent()) return CompletableFuture.completedStage(known.get());
        var routed = change.routed(view);
        var story = new Story(
                call.requestId(),
                call.caller().name(),
                call.action().action(),
                environment.clock().instant());
        return AskPattern.ask(
                system, replyTo -> Entities.execute(routed, story, replyTo), PATIENCE, system.scheduler());
    }

    /** To be called when the clock was moved by hand. */
    public void lookAtClock() {
        system.tell(Entities.Look.LOOK);
    }

    /** The actors' system, for others that run on it. */
    public ActorSystem<?> system() {
        return system;
    }

    public Environment environment() {
        return environment;
    }
}
