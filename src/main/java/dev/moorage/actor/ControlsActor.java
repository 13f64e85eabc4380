package dev.moorage.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PreRestart;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.Recovery;
import akka.persistence.typed.javadsl.SignalHandler;
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

    /** For the alarm, once all is done that was asked for before. */
    record ToAlarm(Alarm.Command command) implements Command {}

    private record Arrived(Alarm.Advanced advanced, Execute command) implements Command {}

    /**
     * How it went.
     *
     * @param refused why nothing was done; null if it was
     * @param advanced what was due on the way, if time was moved
     */
    public record Answer(Controls controls, @Nullable String refused, Alarm.@Nullable Advanced advanced) {}

    private static final String NOT_WRITTEN = "Nothing can be written to the journal now, as ready says";

    private final ActorContext<Command> context;
    private final Environment environment;
    private final ActorRef<Alarm.Command> alarm;
    private boolean advancing;
    /** What is on its way to the journal. */
    private @Nullable Execute writing;

    static Behavior<Command> create(Environment environment, ActorRef<Alarm.Command> alarm) {
        return Behaviors.setup(context -> new ControlsActor(context, environment, alarm));
    }

    private ControlsActor(ActorContext<Command> context, Environment environment, ActorRef<Alarm.Command> alarm) {
        super(PersistenceId.of(ControlsId.KIND, ControlsId.CONTROLS.value()), Entities.WHEN_THE_JOURNAL_FAILS);
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
    public SignalHandler<Controls> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(PreRestart.class, (controls, restart) -> onNotWritten())
                .build();
    }

    @Override
    public CommandHandler<Command, ControlsEvent, Controls> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Execute.class, this::onExecute)
                .onCommand(ToAlarm.class, this::onToAlarm)
                .onCommand(Arrived.class, this::onArrived)
                .build();
    }

    /**
     * Decides on what the world has, not on this actor's own state: after a failed write Akka begins again with the state
     * of the first start.
     */
    private Effect<ControlsEvent, Controls> onExecute(Controls own, Execute command) {
        if (advancing) return Effect().stash();
        var controls = environment.world().controls();
        if (environment.obstacle().get().isPresent()) return refuse(controls, command, NOT_WRITTEN);
        var real = environment.clock().realInstant();
        var story = command.story().at(controls.clock().at(real));
        var decision = command.change().decide(controls, story, real);
        if (decision instanceof ControlsChange.Refused no) return refuse(controls, command, no.why());
        var events = ((ControlsChange.Accepted) decision).events();
        writing = command;
        return Effect().persist(events).thenRun(persisted -> {
            writing = null;
            takeEffect(controls, environment.world().controls(), events, command);
        });
    }

    private Effect<ControlsEvent, Controls> onToAlarm(Controls own, ToAlarm message) {
        return advancing ? Effect().stash() : Effect().none().thenRun(() -> alarm.tell(message.command()));
    }

    private Effect<ControlsEvent, Controls> refuse(Controls controls, Execute command, String why) {
        return Effect().none().thenRun(() -> command.replyTo().tell(new Answer(controls, why, null)));
    }

    private void onNotWritten() {
        if (writing == null) return;
        writing.replyTo().tell(new Answer(environment.world().controls(), NOT_WRITTEN, null));
        writing = null;
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

    private Effect<ControlsEvent, Controls> onArrived(Controls own, Arrived arrived) {
        advancing = false;
        var controls = environment.world().controls();
        return Effect()
                .none()
                .thenRun(() -> arrived.command().replyTo().tell(new Answer(controls, null, arrived.advanced())))
                .thenUnstashAll();
    }
}
