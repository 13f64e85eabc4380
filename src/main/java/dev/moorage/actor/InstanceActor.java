package dev.moorage.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PreRestart;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.RecoveryFailed;
import akka.persistence.typed.SnapshotSelectionCriteria;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.Recovery;
import akka.persistence.typed.javadsl.SignalHandler;
import dev.moorage.action.Admission;
import dev.moorage.action.Completion;
import dev.moorage.action.DiskOrders;
import dev.moorage.action.ForDisk;
import dev.moorage.action.ForInstance;
import dev.moorage.action.InstanceChange;
import dev.moorage.action.InstanceCreation;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Story;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance: the gate through which every call on it and its disks passes, so that two such calls have an order. It
 * owns its devices, not what is on them: a device is kept for a disk before the disk is asked, and is free again when
 * the disk says so.
 */
public final class InstanceActor
        extends EventSourcedBehavior<InstanceActor.Command, InstanceEvent, Optional<Instance>> {
    /** What an instance is told. */
    public sealed interface Command {}

    /** Admit a change, and see to it that it is answered. */
    public record Execute(ForInstance change, Story story, ActorRef<Outcome> replyTo) implements Command {}

    /** As {@link Execute}, after the disks in question have said which devices they still hold. */
    private record ExecuteConfirmed(Execute command, List<Slot> asked) implements Command {}

    /** A disk says how it went. */
    public record Reported(DiskActor.Report report) implements Command {}

    /**
     * Let what is under way end at another time, and answer whether anything is.
     *
     * @param due simulated time; null for not by itself
     * @param incident only what this incident holds up; null for whatever is under way
     */
    public record Reschedule(
            @Nullable Instant due, @Nullable String incident, Story story, ActorRef<Completed> replyTo)
            implements Command {}

    /** Something may be due. */
    public enum Due implements Command {
        DUE
    }

    /** Come back to memory, and finish what a crash cut short. */
    public enum Wake implements Command {
        WAKE
    }

    /** Leave memory. */
    enum Stop implements Command {
        STOP
    }

    /** Go on with what is unfinished. */
    enum Resume implements Command {
        RESUME
    }

    /** What is to be done once these disks have reported, or one of them could not do its part. */
    private record Waiting(Set<DiskId> reports, Runnable then, Consumer<Rejection> otherwise) {}

    private static final Logger LOG = LoggerFactory.getLogger(InstanceActor.class);

    private final ActorContext<Command> context;
    private final InstanceId id;
    private final Environment environment;
    private final ActorRef<Alarm.Command> alarm;
    private final ActorRef<Entities.Command> entities;
    /** By the request that waits. */
    private final Map<String, Waiting> waiting = new HashMap<>();
    /** Requests that a disk has yet to answer. */
    private final Set<String> passedOn = new HashSet<>();
    /** What was asked, while its events are on their way to the journal. */
    private @Nullable Command writing;

    private boolean resumesLater;

    static Behavior<Command> create(
            InstanceId id,
            Environment environment,
            ActorRef<Alarm.Command> alarm,
            ActorRef<Entities.Command> entities) {
        return Behaviors.setup(context -> new InstanceActor(context, id, environment, alarm, entities));
    }

    private InstanceActor(
            ActorContext<Command> context,
            InstanceId id,
            Environment environment,
            ActorRef<Alarm.Command> alarm,
            ActorRef<Entities.Command> entities) {
        super(PersistenceId.of(id.kind(), id.value()), Entities.WHEN_THE_JOURNAL_FAILS);
        this.context = context;
        this.id = id;
        this.environment = environment;
        this.alarm = alarm;
        this.entities = entities;
    }

    @Override
    public Optional<Instance> emptyState() {
        return Optional.empty();
    }

    @Override
    public EventHandler<Optional<Instance>, InstanceEvent> eventHandler() {
        return (instance, event) -> Optional.ofNullable(event.applyTo(instance.orElse(null)));
    }

    /** Histories are short, and nobody takes snapshots of them: none is looked for. */
    @Override
    public Recovery recovery() {
        return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
    }

    @Override
    public SignalHandler<Optional<Instance>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (instance, recovered) -> instance.ifPresent(this::resume))
                .onSignal(
                        RecoveryFailed.class,
                        (instance, failed) -> LOG.error("{} cannot be read", id, failed.getFailure()))
                .onSignal(PreRestart.class, (instance, restart) -> onNotWritten())
                .build();
    }

    @Override
    public CommandHandler<Command, InstanceEvent, Optional<Instance>> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Execute.class, (instance, command) -> onExecute(instance, command, List.of()))
                .onCommand(ExecuteConfirmed.class, this::onExecuteConfirmed)
                .onCommand(Reported.class, this::onReported)
                .onCommand(Due.class, this::onDue)
                .onCommand(Reschedule.class, this::onReschedule)
                .onCommand(Wake.class, (instance, wake) -> Effect().none())
                .onCommand(Resume.class, this::onResume)
                .onCommand(Stop.class, this::onStop)
                .build();
    }

    private Effect<InstanceEvent, Optional<Instance>> onExecuteConfirmed(
            Optional<Instance> instance, ExecuteConfirmed confirmed) {
        waiting.remove(confirmed.command().story().requestId());
        return onExecute(instance, confirmed.command(), confirmed.asked());
    }

    private Effect<InstanceEvent, Optional<Instance>> onExecute(
            Optional<Instance> instance, Execute command, List<Slot> asked) {
        var conditions = environment.conditions(command.story(), id);
        if (command.change() instanceof InstanceCreation creation) {
            if (instance.isPresent()) return answer(command, creation.repeated(instance.get()));
            return decide(List.of(creation.create(conditions)), command);
        }
        var change = (InstanceChange) command.change();
        if (instance.isEmpty() || instance.get().isReleased()) return answer(command, gone(change));
        // Some disks are off, as all the world can see, and have not reported here yet: they are asked. Some have not
        // answered at all yet: they are asked only if they seem to be in the way.
        var unheld = change.asksForSlots() ? unheldSlots(instance.get(), environment) : List.<Slot>of();
        unheld = unheld.stream()
                .filter(slot -> isMade(slot) && !asked.contains(slot))
                .toList();
        var off = unheld.stream()
                .filter(slot -> !passedOn.contains(slot.reservation()))
                .toList();
        if (!off.isEmpty()) return confirm(off, asked, command);
        var admission = change.admit(instance.get(), conditions);
        if (admission instanceof Admission.Rejected no) {
            return unheld.isEmpty() ? answer(command, no.rejection()) : confirm(unheld, asked, command);
        }
        if (admission instanceof Admission.PassedOn yes) return passOn(yes.events(), yes.to(), command);
        if (admission instanceof Admission.PassedOnToNewDisk yes) return passOn(yes.events(), yes.to(), command);
        return decide(((Admission.Decided) admission).events(), command);
    }

    private Effect<InstanceEvent, Optional<Instance>> passOn(List<InstanceEvent> events, ForDisk to, Execute command) {
        return persist(events, command, after -> {
            passedOn.add(command.story().requestId());
            entities.tell(new Entities.ToDisk(
                    to.diskId(), new DiskActor.Execute(to, command.story(), command.replyTo(), id)));
        });
    }

    private Effect<InstanceEvent, Optional<Instance>> decide(List<InstanceEvent> events, Execute command) {
        return persist(
                events,
                command,
                after -> after.ifPresent(instance -> {
                    setAlarm(instance);
                    order(DiskOrders.of(instance), command);
                }));
    }

    private Effect<InstanceEvent, Optional<Instance>> persist(
            List<InstanceEvent> events, Command command, Consumer<Optional<Instance>> then) {
        var obstacle = events.isEmpty()
                ? Optional.<Rejection>empty()
                : environment.obstacle().get();
        if (obstacle.isPresent()) return Effect().none().thenRun(() -> fail(command, obstacle.get()));
        writing = command;
        return Effect().persist(events).thenRun(after -> {
            writing = null;
            then.accept(after);
        });
    }

    /** The journal has not taken the events of what was asked last: nothing has happened, and who asked is to know. */
    private void onNotWritten() {
        var command = writing;
        writing = null;
        if (command != null) fail(command, environment.notWritten());
    }

    private void fail(Command command, Rejection failure) {
        if (command instanceof Execute execute) {
            execute.replyTo().tell(failure);
            return;
        }
        if (command instanceof Reschedule reschedule) {
            reschedule.replyTo().tell(Completed.NOT_NOW);
            return;
        }
        if (command instanceof Reported reported)
            giveUp(reported.report().story().requestId(), failure);
        resumeLater();
    }

    /** Who waits for this request waits no more. */
    private void giveUp(String requestId, Rejection failure) {
        passedOn.remove(requestId);
        var waiter = waiting.remove(requestId);
        if (waiter != null) waiter.otherwise().accept(failure);
    }

    private void resumeLater() {
        if (resumesLater) return;
        resumesLater = true;
        context.scheduleOnce(Entities.BEFORE_ANOTHER_TRY, entities, new Entities.ToInstance(id, Resume.RESUME));
    }

    private Effect<InstanceEvent, Optional<Instance>> onResume(Optional<Instance> instance, Resume resume) {
        return Effect().none().thenRun(() -> {
            resumesLater = false;
            instance.ifPresent(this::resume);
        });
    }

    private Outcome gone(InstanceChange change) {
        return change.check(environment.world().ownerOf(id)).orElseGet(change::success);
    }

    private Effect<InstanceEvent, Optional<Instance>> answer(Execute command, Outcome outcome) {
        return Effect().none().thenRun(() -> command.replyTo().tell(outcome));
    }

    private Effect<InstanceEvent, Optional<Instance>> confirm(List<Slot> slots, List<Slot> asked, Execute command) {
        var askedByThen = Stream.concat(asked.stream(), slots.stream()).toList();
        return Effect().none().thenRun(() -> {
            await(
                    command,
                    slots.stream().map(Slot::diskId).toList(),
                    () -> context.getSelf().tell(new ExecuteConfirmed(command, askedByThen)));
            slots.forEach(slot -> confirm(slot, command.story()));
        });
    }

    private void confirm(Slot slot, Story story) {
        entities.tell(new Entities.ToDisk(slot.diskId(), new DiskActor.Confirm(id, slot.reservation(), story)));
    }

    private void order(List<ForDisk> orders, Execute command) {
        await(command, orders.stream().map(ForDisk::diskId).toList(), () -> {
            waiting.remove(command.story().requestId());
            command.replyTo().tell(command.change().success());
        });
        orders.forEach(order -> order(order, command.story()));
    }

    private void order(ForDisk order, Story story) {
        entities.tell(new Entities.ToDisk(
                order.diskId(),
                new DiskActor.Execute(order, story, context.getSystem().ignoreRef(), id)));
    }

    private void await(Execute command, Collection<DiskId> disks, Runnable then) {
        if (disks.isEmpty()) {
            then.run();
        } else {
            waiting.put(
                    command.story().requestId(),
                    new Waiting(
                            new HashSet<>(disks),
                            then,
                            failure -> command.replyTo().tell(failure)));
        }
    }

    private Effect<InstanceEvent, Optional<Instance>> onReported(Optional<Instance> instance, Reported reported) {
        var report = reported.report();
        boolean freed = instance.isPresent()
                && report.ended().isPresent()
                && instance.get().keeps(report.diskId(), report.ended().get());
        if (!freed) return Effect().none().thenRun(() -> heardFrom(report));
        var story = report.story().at(environment.clock().instant());
        var event = new InstanceEvent.SlotFreed(
                story, report.diskId(), report.ended().get());
        return persist(List.of(event), reported, after -> heardFrom(report));
    }

    private void heardFrom(DiskActor.Report report) {
        alarm.tell(new Alarm.Heard(id, report.diskId()));
        if (report.failure() != null) {
            giveUp(report.story().requestId(), report.failure());
            resumeLater();
            return;
        }
        passedOn.remove(report.story().requestId());
        var waiter = waiting.get(report.story().requestId());
        if (waiter == null) return;
        if (waiter.reports().remove(report.diskId()) && waiter.reports().isEmpty())
            waiter.then().run();
    }

    private Effect<InstanceEvent, Optional<Instance>> onDue(Optional<Instance> instance, Due due) {
        var transition = instance.map(Instance::transition).orElse(null);
        if (transition == null) return Effect().none().thenRun(this::ended);
        var event = Completion.of(instance.get(), environment.conditions(transition.begun(), id));
        if (event.isEmpty()) {
            return Effect().none().thenRun(() -> {
                setAlarm(instance.get());
                ended();
            });
        }
        // An instance that is there forgets what disks it was to have. Cut short twice, it can be due before they are.
        var unmade = instance.get().slots().stream()
                .filter(slot -> slot.plan() != null && !environment.world().knows(slot.diskId()))
                .map(Slot::diskId)
                .collect(Collectors.toSet());
        if (event.get().forgetsPlans() && !unmade.isEmpty()) {
            return Effect().none().thenRun(() -> {
                comeBackOnceMade(instance.get(), unmade, transition.begun());
                ended();
            });
        }
        return persist(List.of(event.get()), due, after -> {
            after.ifPresent(this::setAlarm);
            ended();
        });
    }

    private void ended() {
        alarm.tell(new Alarm.Ended(id, Set.of()));
    }

    private Effect<InstanceEvent, Optional<Instance>> onReschedule(Optional<Instance> instance, Reschedule command) {
        var transition = instance.filter(there -> there.status().isTransient())
                .map(Instance::transition)
                .orElse(null);
        boolean isMeant = transition != null
                && (command.incident() == null || transition.begun().isOf(command.incident()));
        if (!isMeant) return Effect().none().thenRun(() -> command.replyTo().tell(Completed.NOTHING));
        var story = command.story().at(environment.clock().instant());
        var event = new InstanceEvent.Rescheduled(story, command.due(), command.incident());
        return persist(List.of(event), command, after -> {
            after.ifPresent(this::setAlarm);
            command.replyTo().tell(Completed.YES);
        });
    }

    private void comeBackOnceMade(Instance instance, Set<DiskId> unmade, Story story) {
        var others = waiting.get(story.requestId());
        var reports = others == null ? new HashSet<>(unmade) : others.reports();
        waiting.put(
                story.requestId(),
                new Waiting(
                        reports,
                        () -> {
                            waiting.remove(story.requestId());
                            if (others != null) others.then().run();
                            // Not to itself: it may have been told to stop, and now does.
                            entities.tell(new Entities.Due(id));
                        },
                        failure -> {
                            if (others != null) others.otherwise().accept(failure);
                        }));
        if (others == null) {
            DiskOrders.of(instance).stream()
                    .filter(order -> unmade.contains(order.diskId()))
                    .forEach(order -> order(order, story));
        }
    }

    /** Somebody may wait for it: then it stays, and says so. */
    private Effect<InstanceEvent, Optional<Instance>> onStop(Optional<Instance> instance, Stop stop) {
        if (waiting.isEmpty()) return Effect().stop();
        return Effect().none().thenRun(() -> entities.tell(new Entities.Stay(id)));
    }

    private void setAlarm(Instance instance) {
        var deadline = instance.deadline();
        if (deadline != null) alarm.tell(new Alarm.Arm(id, deadline));
    }

    /** Takes up what was going on when this instance was last in memory: some of it may have been cut short. */
    private void resume(Instance instance) {
        setAlarm(instance);
        var transition = instance.transition();
        var story = transition == null
                ? new Story("", "moorage", "Recovered", environment.clock().instant())
                : transition.begun();
        DiskOrders.of(instance).forEach(order -> order(order, story));
        for (var slot : unheldSlots(instance, environment)) {
            if (isMade(slot) || instance.isReleased()) {
                confirm(
                        slot,
                        new Story(
                                slot.reservation(),
                                "moorage",
                                "Recovered",
                                environment.clock().instant()));
            }
        }
    }

    /** Its disk was there once: it can be asked, and not only told to be. */
    private boolean isMade(Slot slot) {
        return slot.plan() == null || environment.world().knows(slot.diskId());
    }

    /** Slots that are kept for disks that, as far as the world knows, do not hold them. */
    static List<Slot> unheldSlots(Instance instance, Environment environment) {
        return Stream.concat(instance.slots().stream(), instance.leaving().stream())
                .filter(slot -> {
                    var disk = environment.world().disk(slot.diskId());
                    return disk == null || !disk.holds(slot.reservation());
                })
                .toList();
    }
}
