package dev.moorage.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.Recovery;
import dev.moorage.domain.Controls;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.Story;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has set: the one who sets the clock. One change after the other: while time is being moved, the
 * others wait.
 */
public final class ControlsActor extends EventSourcedBehavior<ControlsActor.Command, ControlsEvent, Controls> {
    public sealed interface Command {}

    /** Decide a change, and answer once it has taken effect. */
    record Execute(ControlsChange change, Story story, ActorRef<Answer> replyTo) implements Command {}

    private record Arrived(Alarm.Advanced advanced, Execute command) implements Command {}

    /**
     * How it went.
     *
     * @param refused why nothing was done; null if it was
     * @param advanced what was due on the way, if time was moved
     */
    public record Answer(Controls controls, @Nullable String refused, Alarm.@Nullable Advanced advanced) {}

    private final ActorContext<Command> context;
    private final Environment environment;
    private final ActorRef<Alarm.Command> alarm;
    private boolean advancing;

    static Behavior<Command> create(Environment environment, ActorRef<Alarm.Command> alarm) {
        return Behaviors.setup(context -> new ControlsActor(context, environment, alarm));
    }

    private ControlsActor(ActorContext<Command> context, Environment environment, ActorRef<Alarm.Command> alarm) {
        super(
                PersistenceId.of(ControlsId.KIND, ControlsId.CONTROLS.value()),
                SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.1));
        this.context = context;
        this.environment = environment;
        this.alarm = alarm;
    }

    /** The world knows it already, and this history can be long: it is not read again. */
    @Override
    public Controls emptyState() {
        return environment.world().controls();
    }

    @Override
    public Recovery recovery() {
        return Recovery.disabled();
    }

    @Override
    public EventHandler<Controls, ControlsEvent> eventHandler() {
        return (controls, event) -> event.applyTo(controls);
    }

    @Override
    public CommandHandler<Command, ControlsEvent, Controls> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Execute.class, this::onExecute)
                .onCommand(Arrived.class, this::onArrived)
                .build();
    }

    private Effect<ControlsEvent, Controls> onExecute(Controls controls, Execute command) {
        if (advancing) return Effect().stash();
        var real = environment.clock().realInstant();
        var story = command.story().at(controls.clock().at(real));
        var decision = command.change().decide(controls, story, real);
        if (decision instanceof ControlsChange.Refused no) {
            return Effect().none().thenRun(() -> command.replyTo().tell(new Answer(controls, no.why(), null)));
        }
        var events = ((ControlsChange.Accepted) decision).events();
        return Effect().persist(events).thenRun(after -> takeEffect(controls, after, events, command));
    }

    private void takeEffect(Controls before, Controls after, List<ControlsEvent> events, Execute command) {
        var advance = events.stream()
                .filter(event -> event instanceof ControlsEvent.ClockAdvanced)
                .map(event -> Duration.ofMillis(((ControlsEvent.ClockAdvanced) event).byMillis()))
                .findFirst();
        if (advance.isPresent()) {
            advancing = true;
            var arrived = context.messageAdapter(Alarm.Advanced.class, advanced -> new Arrived(advanced, command));
            alarm.tell(new Alarm.Advance(advance.get(), arrived));
            return;
        }
        if (!before.clock().equals(after.clock())) {
            environment.clock().set(after.clock());
            alarm.tell(Alarm.Look.LOOK);
        }
        command.replyTo().tell(new Answer(after, null, null));
    }

    private Effect<ControlsEvent, Controls> onArrived(Controls controls, Arrived arrived) {
        advancing = false;
        return Effect()
                .none()
                .thenRun(() -> arrived.command().replyTo().tell(new Answer(controls, null, arrived.advanced())))
                .thenUnstashAll();
    }
}
