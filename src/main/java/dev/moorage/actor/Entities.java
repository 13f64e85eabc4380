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
import dev.moorage.contract.Outcome;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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

    /** The actor of this entity has nothing to do. */
    record Passivate(EntityId id) implements Command {}

    /** The actor of this entity was told to stop, and has something to do after all. */
    record Stay(InstanceId id) implements Command {}

    /** The actor of this entity has stopped. */
    private record Gone(EntityId id) implements Command {}

    /** A change in several parts. */
    record Collect(Batch batch, Story story, ActorRef<Outcome> replyTo) implements Command {}

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

    private final ActorRef<Alarm.Command> alarm;
    private final ActorRef<ControlsActor.Command> controls;
    private final Population<DiskId, DiskActor.Command, Command> disks;
    private final Population<InstanceId, InstanceActor.Command, Command> instances;

    static Behavior<Command> create(Environment environment, InMemory inMemory) {
        return Behaviors.setup(context -> new Entities(context, environment, inMemory));
    }

    private Entities(ActorContext<Command> context, Environment environment, InMemory inMemory) {
        super(context);
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
        resume(environment);
    }

    /** Whatever was under way when the journal ends goes on; nobody else is woken. */
    private void resume(Environment environment) {
        var world = environment.world();
        world.disks().forEach(disk -> arm(disk.id(), disk.firstDue()));
        // In an order that does not depend on chance: the journal goes on in it.
        world.instances().sorted(Comparator.comparing(Instance::id)).forEach(instance -> {
            arm(instance.id(), instance.deadline());
            boolean cutShort = (instance.isReleased() && !instance.slots().isEmpty())
                    || !instance.leaving().isEmpty();
            if (cutShort || !InstanceActor.unheldSlots(instance, environment).isEmpty()) {
                instances.tell(instance.id(), InstanceActor.Wake.WAKE);
            }
        });
    }

    private void arm(EntityId id, @Nullable Instant deadline) {
        if (deadline != null) alarm.tell(new Alarm.Arm(id, deadline));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(ToDisk.class, message -> then(() -> disks.tell(message.id(), message.command())))
                .onMessage(ToInstance.class, message -> then(() -> instances.tell(message.id(), message.command())))
                .onMessage(ToControls.class, message -> then(() -> controls.tell(message.command())))
                .onMessage(ToAlarm.class, message -> then(() -> alarm.tell(message.command())))
                .onMessage(
                        Reported.class,
                        message -> then(() ->
                                instances.tell(message.report().to(), new InstanceActor.Reported(message.report()))))
                .onMessage(Due.class, message -> then(() -> due(message.id())))
                .onMessage(Passivate.class, message -> then(() -> passivate(message.id())))
                .onMessage(Stay.class, message -> then(() -> instances.stay(message.id())))
                .onMessage(Gone.class, message -> then(() -> gone(message.id())))
                .onMessage(Collect.class, message -> then(() -> collect(message)))
                .build();
    }

    private Behavior<Command> then(Runnable action) {
        action.run();
        return this;
    }

    private void due(EntityId id) {
        if (id instanceof DiskId disk) {
            disks.tell(disk, DiskActor.Due.DUE);
        } else {
            instances.tell((InstanceId) id, InstanceActor.Due.DUE);
        }
    }

    private void passivate(EntityId id) {
        if (id instanceof DiskId disk) {
            disks.passivate(disk);
        } else {
            instances.passivate((InstanceId) id);
        }
    }

    private void gone(EntityId id) {
        if (id instanceof DiskId disk) {
            disks.gone(disk);
        } else {
            instances.gone((InstanceId) id);
        }
    }

    private void collect(Collect call) {
        getContext()
                .spawnAnonymous(Collector.create(
                        call.batch(), call.story(), getContext().getSelf(), call.replyTo()));
    }
}
