package dev.moorage.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.BackoffSupervisorStrategy;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.moorage.action.Batch;
import dev.moorage.action.Change;
import dev.moorage.action.ForDisk;
import dev.moorage.action.ForInstance;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place where entities are addressed: an id in, its actor out. An actor is started by its first command, and
 * leaves memory when nobody has asked for it for a while.
 *
 * <p>Also the root of all actors.
 */
final class Entities extends AbstractBehavior<Entities.Command> {
    sealed interface Command {}

    record ToDisk(DiskId id, DiskActor.Command command) implements Command {}

    record ToInstance(InstanceId id, InstanceActor.Command command) implements Command {}

    record ToControls(ControlsActor.Command command) implements Command {}

    record ToAlarm(Alarm.Command command) implements Command {}

    record Reported(DiskActor.Report report) implements Command {}

    record Due(EntityId id) implements Command {}

    /** The actor of this instance is to leave after all. */
    private record Passivate(InstanceId id) implements Command {}

    /** The actor of this entity was told to stop, and has something to do after all. */
    record Stay(InstanceId id) implements Command {}

    /** The actor of this entity has stopped. */
    private record Gone(EntityId id) implements Command {}

    /** A change in several parts. */
    record Collect(Batch batch, Story story, ActorRef<Outcome> replyTo) implements Command {}

    /**
     * What comes from outside waits while everything stands still.
     *
     * @param refuse tells who asked that nothing has come of it, if it would wait for too long; null if it can wait
     */
    record FromOutside(Command command, @Nullable Runnable refuse) implements Command {}

    /**
     * Let all actors finish what they are at, and leave; then do some work that changes what they are, and go on.
     *
     * @param replyTo hears whether the work was done; it is not if somebody does not finish
     */
    record StandStill(Supplier<CompletionStage<?>> work, ActorRef<Boolean> replyTo) implements Command {}

    /** The alarm wakes nobody. */
    private record Held(Pause pause) implements Command {}

    /** Time has gone on: see who is idle. */
    private enum LookForIdle implements Command {
        LOOK
    }

    /** Send more of those away who are idle. */
    private enum PassivateIdle implements Command {
        PASSIVATE
    }

    /** See who has waited for too long. */
    private record Refuse(Pause pause) implements Command {}

    /** Somebody does not finish. */
    private record Unquiet(Pause pause) implements Command {}

    /** The work is over, well or badly. */
    private enum WorkDone implements Command {
        DONE
    }

    /** All parts of a change have been answered. */
    private enum Collected implements Command {
        COLLECTED
    }

    /** What has come while everything stands still, and after how many looks. */
    private record Waiting(FromOutside message, int since) {}

    /** How far a standstill has come. */
    private static final class Pause {
        private final StandStill asked;
        private boolean held;
        private boolean working;

        private Pause(StandStill asked) {
            this.asked = asked;
        }
    }

    /** In real time. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Who asks for a change is told to come back long before it is given up that there will be an answer. */
    private static final int MOST_LOOKS = 10;

    private static final Duration BETWEEN_LOOKS = Ecs.PATIENCE.dividedBy(2 * MOST_LOOKS);
    /** Who is idle for more than so many looks leaves: after the time that is set, and up to a quarter more. */
    private static final int IDLE_LOOKS = 4;

    /** Who stays is asked to leave again after so long. */
    private static final Duration A_MOMENT = Duration.ofMillis(10);

    /** What makes a change happen: it goes to the instance that it passes, else to its disk. */
    static Command execute(Change change, Story story, ActorRef<Outcome> replyTo) {
        if (change instanceof ForInstance first) {
            return new ToInstance(first.instanceId(), new InstanceActor.Execute(first, story, replyTo));
        }
        if (change instanceof ForDisk only) {
            return new ToDisk(only.diskId(), new DiskActor.Execute(only, story, replyTo, null));
        }
        return new Collect((Batch) change, story, replyTo);
    }

    /** As {@link #execute}, from outside. */
    static FromOutside call(Change change, Story story, ActorRef<Outcome> replyTo) {
        return new FromOutside(
                execute(change, story, replyTo), () -> replyTo.tell(Rejection.of(ErrorCode.SERVICE_UNAVAILABLE)));
    }

    /** After this an entity tries again what it has to do and could not write. */
    static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(1);

    /**
     * For an entity whose events were not written, or cannot be read. It says itself what went wrong; what comes for it
     * meanwhile waits, and is never dropped: the door lets in no more callers than this.
     */
    static final BackoffSupervisorStrategy WHEN_THE_JOURNAL_FAILS = SupervisorStrategy.restartWithBackoff(
                    Duration.ofMillis(50), Duration.ofSeconds(10), 0.1)
            .withStashCapacity(100_000)
            .withLoggingEnabled(false);

    private final Environment environment;
    private final Deque<Waiting> outside = new ArrayDeque<>();
    /** How often it was looked who waits for too long. */
    private int looks;

    /** Whether it will be looked who is idle; it will if anybody is in memory. */
    private boolean looksForIdle;

    private int collectors;
    private @Nullable Pause pause;
    private final ActorRef<Alarm.Command> alarm;
    private final ActorRef<ControlsActor.Command> controls;
    private final Population<DiskId, DiskActor.Command, Command> disks;
    private final Population<InstanceId, InstanceActor.Command, Command> instances;

    static Behavior<Command> create(Environment environment, InMemory inMemory) {
        return Behaviors.setup(context -> new Entities(context, environment, inMemory));
    }

    private Entities(ActorContext<Command> context, Environment environment, InMemory inMemory) {
        super(context);
        this.environment = environment;
        var self = context.getSelf();
        alarm = context.spawn(Alarm.create(environment.clock(), self), "alarm");
        controls = context.spawn(ControlsActor.create(environment, alarm), "controls");
        disks = new Population<>(
                context,
                id -> DiskActor.create(id, environment, alarm, self),
                Gone::new,
                DiskActor.Stop.STOP,
                inMemory.disks());
        instances = new Population<>(
                context,
                id -> InstanceActor.create(id, environment, alarm, self),
                Gone::new,
                InstanceActor.Stop.STOP,
                inMemory.instances());
        resume();
    }

    /** Whatever was under way when the journal ends goes on; nobody else is woken. */
    private void resume() {
        var world = environment.world();
        world.disks().forEach(disk -> arm(disk.id(), disk.firstDue()));
        // In an order that does not depend on chance: the journal goes on in it.
        world.instances().sorted(Comparator.comparing(Instance::id)).forEach(instance -> {
            arm(instance.id(), instance.deadline());
            boolean cutShort = (instance.isReleased() && !instance.slots().isEmpty())
                    || !instance.leaving().isEmpty();
            if (cutShort || !InstanceActor.unheldSlots(instance, environment).isEmpty()) {
                toInstance(instance.id(), InstanceActor.Wake.WAKE);
            }
        });
    }

    private void arm(EntityId id, @Nullable Instant deadline) {
        if (deadline != null) alarm.tell(new Alarm.Arm(id, deadline));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(ToDisk.class, message -> then(() -> toDisk(message.id(), message.command())))
                .onMessage(ToInstance.class, message -> then(() -> toInstance(message.id(), message.command())))
                .onMessage(ToControls.class, message -> then(() -> controls.tell(message.command())))
                .onMessage(ToAlarm.class, message -> then(() -> alarm.tell(message.command())))
                .onMessage(
                        Reported.class,
                        message -> then(
                                () -> toInstance(message.report().to(), new InstanceActor.Reported(message.report()))))
                .onMessage(Due.class, message -> then(() -> due(message.id())))
                .onMessage(Passivate.class, message -> then(() -> instances.passivate(message.id())))
                .onMessage(Stay.class, message -> then(() -> stay(message.id())))
                .onMessage(Gone.class, message -> then(() -> gone(message.id())))
                .onMessage(Collect.class, message -> then(() -> collect(message)))
                .onMessage(FromOutside.class, message -> then(() -> fromOutside(message)))
                .onMessage(StandStill.class, message -> then(() -> standStill(message)))
                .onMessage(Held.class, message -> then(() -> held(message.pause())))
                .onMessage(LookForIdle.class, message -> then(this::lookForIdle))
                .onMessage(PassivateIdle.class, message -> then(this::passivateIdle))
                .onMessage(Refuse.class, message -> then(() -> refuse(message.pause())))
                .onMessage(Collected.class, message -> then(this::collected))
                .onMessage(Unquiet.class, message -> then(() -> unquiet(message.pause())))
                .onMessage(WorkDone.class, message -> then(() -> goOn(true)))
                .build();
    }

    private Behavior<Command> then(Runnable action) {
        action.run();
        return this;
    }

    /** Nobody is in memory while work is done; who wants to try something again then waits too. */
    private boolean isWorking() {
        return pause != null && pause.working;
    }

    /** Everybody is to leave. */
    private boolean isHeld() {
        return pause != null && pause.held;
    }

    private void toDisk(DiskId id, DiskActor.Command command) {
        if (isWorking()) {
            await(new FromOutside(new ToDisk(id, command), null));
            return;
        }
        disks.tell(id, command);
        lookForIdleLater();
        if (isHeld()) disks.passivate(id);
    }

    private void toInstance(InstanceId id, InstanceActor.Command command) {
        if (isWorking()) {
            await(new FromOutside(new ToInstance(id, command), null));
            return;
        }
        instances.tell(id, command);
        lookForIdleLater();
        if (isHeld()) instances.passivate(id);
    }

    private void lookForIdleLater() {
        if (looksForIdle) return;
        looksForIdle = true;
        getContext()
                .scheduleOnce(
                        environment.idle().dividedBy(IDLE_LOOKS), getContext().getSelf(), LookForIdle.LOOK);
    }

    private void lookForIdle() {
        looksForIdle = false;
        disks.look();
        instances.look();
        passivateIdle();
        if (!disks.isEmpty() || !instances.isEmpty()) lookForIdleLater();
    }

    private void passivateIdle() {
        boolean moreDisks = disks.passivateIdle(IDLE_LOOKS);
        boolean moreInstances = instances.passivateIdle(IDLE_LOOKS);
        if (moreDisks || moreInstances) getContext().getSelf().tell(PassivateIdle.PASSIVATE);
    }

    private void stay(InstanceId id) {
        instances.stay(id);
        if (isHeld()) getContext().scheduleOnce(A_MOMENT, getContext().getSelf(), new Passivate(id));
    }

    private void due(EntityId id) {
        if (id instanceof DiskId disk) {
            toDisk(disk, DiskActor.Due.DUE);
        } else {
            toInstance((InstanceId) id, InstanceActor.Due.DUE);
        }
    }

    private void gone(EntityId id) {
        if (id instanceof DiskId disk) {
            disks.gone(disk);
            if (isHeld()) disks.passivate(disk);
        } else {
            instances.gone((InstanceId) id);
            if (isHeld()) instances.passivate((InstanceId) id);
        }
        workIfQuiet();
    }

    private void collect(Collect call) {
        var collector = getContext()
                .spawnAnonymous(Collector.create(
                        call.batch(), call.story(), getContext().getSelf(), call.replyTo()));
        getContext().watchWith(collector, Collected.COLLECTED);
        collectors++;
    }

    private void collected() {
        collectors--;
        workIfQuiet();
    }

    private void fromOutside(FromOutside message) {
        // What moves time, and another standstill, have their order from the beginning.
        boolean waits = isHeld() || (pause != null && isOfOperators(message.command()));
        if (waits) {
            await(message);
        } else {
            onMessageFromOutside(message.command());
        }
    }

    private static boolean isOfOperators(Command command) {
        return command instanceof ToControls || command instanceof StandStill;
    }

    private void await(FromOutside message) {
        outside.add(new Waiting(message, looks));
    }

    private void refuse(Pause meant) {
        if (pause != meant) return;
        looks++;
        outside.removeIf(waiting -> {
            var refuse = waiting.message().refuse();
            if (refuse == null || looks - waiting.since() < MOST_LOOKS) return false;
            refuse.run();
            return true;
        });
        refuseLater(meant);
    }

    private void refuseLater(Pause meant) {
        getContext().scheduleOnce(BETWEEN_LOOKS, getContext().getSelf(), new Refuse(meant));
    }

    private void onMessageFromOutside(Command command) {
        if (command instanceof StandStill still) {
            standStill(still);
        } else if (command instanceof ToDisk message) {
            toDisk(message.id(), message.command());
        } else if (command instanceof ToInstance message) {
            toInstance(message.id(), message.command());
        } else if (command instanceof ToControls message) {
            controls.tell(message.command());
        } else {
            collect((Collect) command);
        }
    }

    private void standStill(StandStill asked) {
        pause = new Pause(asked);
        refuseLater(pause);
        // By way of the controls: time that they have begun to move arrives before.
        controls.tell(new ControlsActor.ToAlarm(new Alarm.Hold(new Held(pause))));
    }

    /** Whoever was woken before is under way by now. */
    private void held(Pause meant) {
        if (pause != meant) return;
        pause.held = true;
        getContext().scheduleOnce(PATIENCE, getContext().getSelf(), new Unquiet(pause));
        disks.passivateAll();
        instances.passivateAll();
        workIfQuiet();
    }

    private void workIfQuiet() {
        boolean isQuiet = collectors == 0 && disks.isEmpty() && instances.isEmpty();
        if (pause == null || !pause.held || pause.working || !isQuiet) return;
        pause.working = true;
        getContext().pipeToSelf(pause.asked.work().get(), (done, failure) -> WorkDone.DONE);
    }

    private void unquiet(Pause meant) {
        if (pause == meant && !meant.working) goOn(false);
    }

    private void goOn(boolean worked) {
        if (pause == null) return;
        var asked = pause.asked;
        pause = null;
        if (worked) {
            alarm.tell(Alarm.Forget.FORGET);
            resume();
        }
        // After the deadlines: time that waits to be moved would miss them.
        alarm.tell(Alarm.Release.RELEASE);
        asked.replyTo().tell(worked);
        while (pause == null && !outside.isEmpty())
            onMessageFromOutside(outside.remove().message().command());
    }
}
