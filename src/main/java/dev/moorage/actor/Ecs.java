package dev.moorage.actor;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.setup.Setup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.Config;
import dev.moorage.action.Action;
import dev.moorage.action.Actions;
import dev.moorage.action.Change;
import dev.moorage.action.Ids;
import dev.moorage.action.Query;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Story;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** The simulated cloud: calls in, outcomes out. */
public final class Ecs {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ActorSystem<Entities.Command> system;
    private final Environment environment;
    private final Ids ids;

    private Ecs(ActorSystem<Entities.Command> system, Environment environment, Ids ids) {
        this.system = system;
        this.environment = environment;
        this.ids = ids;
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
        return new Ecs(system, environment, new Ids(random, environment.world()::knows));
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
        if (action instanceof Query query) return CompletableFuture.completedStage(query.answer(view));
        var change = (Change) action;
        var known = change.check(view);
        if (known.isPresent()) return CompletableFuture.completedStage(known.get());
        var story = new Story(
                call.requestId(),
                call.caller().name(),
                call.action().action(),
                environment.clock().instant());
        return AskPattern.ask(
                system, replyTo -> Entities.execute(change, story, replyTo), PATIENCE, system.scheduler());
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
