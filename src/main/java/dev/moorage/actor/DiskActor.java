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
import dev.moorage.action.Completion;
import dev.moorage.action.Decision;
import dev.moorage.action.DiskChange;
import dev.moorage.action.DiskCreation;
import dev.moorage.action.ForDisk;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Mount;
import dev.moorage.domain.Story;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One disk: the truth about where it is. It decides every change to itself, and ends by itself what takes time.
 *
 * <p>Whenever a device of an instance is free again, the disk reports it there.
 */
public final class DiskActor extends EventSourcedBehavior<DiskActor.Command, DiskEvent, Optional<Disk>> {
    /** What a disk is told. */
    public sealed interface Command {}

    /**
     * Decide a change, and answer.
     *
     * @param via the instance that passed the change on, and wants to hear how it went
     */
    public record Execute(
            ForDisk change,
            Story story,
            ActorRef<Outcome> replyTo,
            @Nullable InstanceId via) implements Command {}

    /** Say to an instance whether the device that it keeps by this reservation is still held. */
    public record Confirm(InstanceId instanceId, String reservation, Story story) implements Command {}

    /**
     * Let what is under way end at another time, and answer whether anything is.
     *
     * @param due simulated time; null for not by itself
     * @param incident only what this incident holds up; null for all that is under way
     */
    public record Reschedule(
            @Nullable Instant due, @Nullable String incident, Story story, ActorRef<Completed> replyTo)
            implements Command {}

    /** Something may be due. */
    public enum Due implements Command {
        DUE
    }

    /** Leave memory. */
    enum Stop implements Command {
        STOP
    }

    /**
     * How it went, for the instance.
     *
     * @param ended the reservation whose device is free now, if any is
     * @param story of what the disk was told, or did
     * @param failure why it could not do what it was told, where that is no rule's no
     */
    public record Report(
            InstanceId to,
            DiskId diskId,
            Optional<String> ended,
            Story story,
            @Nullable Rejection failure) {}

    private static final Logger LOG = LoggerFactory.getLogger(DiskActor.class);

    private final ActorContext<Command> context;
    private final DiskId id;
    private final Environment environment;
    private final ActorRef<Alarm.Command> alarm;
    private final ActorRef<Entities.Command> entities;
    /** Tells who asked, if the events that are on their way to the journal are not written. */
    private @Nullable Consumer<Rejection> unwritten;

    static Behavior<Command> create(
            DiskId id, Environment environment, ActorRef<Alarm.Command> alarm, ActorRef<Entities.Command> entities) {
        return Behaviors.setup(context -> new DiskActor(context, id, environment, alarm, entities));
    }

    private DiskActor(
            ActorContext<Command> context,
            DiskId id,
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
    public Optional<Disk> emptyState() {
        return Optional.empty();
    }

    @Override
    public EventHandler<Optional<Disk>, DiskEvent> eventHandler() {
        return (disk, event) -> Optional.ofNullable(event.applyTo(disk.orElse(null)));
    }

    /** Histories are short, and nobody takes snapshots of them: none is looked for. */
    @Override
    public Recovery recovery() {
        return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
    }

    @Override
    public SignalHandler<Optional<Disk>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (disk, recovered) -> disk.ifPresent(this::setAlarm))
                .onSignal(
                        RecoveryFailed.class, (disk, failed) -> LOG.error("{} cannot be read", id, failed.getFailure()))
                .onSignal(PreRestart.class, (disk, restart) -> onNotWritten())
                .build();
    }

    @Override
    public CommandHandler<Command, DiskEvent, Optional<Disk>> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Execute.class, this::onExecute)
                .onCommand(Confirm.class, this::onConfirm)
                .onCommand(Due.class, this::onDue)
                .onCommand(Reschedule.class, this::onReschedule)
                .onCommand(Stop.class, (disk, stop) -> Effect().stop())
                .build();
    }

    private Effect<DiskEvent, Optional<Disk>> onExecute(Optional<Disk> disk, Execute command) {
        var conditions = environment.conditions(command.story(), id);
        if (command.change() instanceof DiskCreation creation) {
            // Told twice is told once: an instance repeats its orders when it does not know how far they got.
            return disk.isPresent()
                    ? answer(command, creation.repeated(disk.get()), unheld(disk.get(), command))
                    : persist(disk, List.of(creation.create(conditions)), command);
        }
        var change = (DiskChange) command.change();
        if (disk.isEmpty() || (disk.get().isReleased() && !change.outlivesTheDisk())) {
            return answer(command, gone(change), Optional.of(command.story().requestId()));
        }
        var decision = change.decide(disk.get(), conditions);
        if (decision instanceof Decision.Rejected no) {
            return answer(command, no.rejection(), Optional.of(command.story().requestId()));
        }
        return persist(disk, ((Decision.Accepted) decision).events(), command);
    }

    /** The device that was kept for this call, if the disk holds another one. */
    private static Optional<String> unheld(Disk disk, Execute command) {
        String reservation = command.story().requestId();
        return disk.holds(reservation) ? Optional.empty() : Optional.of(reservation);
    }

    private Outcome gone(DiskChange change) {
        return change.check(environment.world().ownerOf(id)).orElseGet(change::success);
    }

    private Effect<DiskEvent, Optional<Disk>> answer(Execute command, Outcome outcome, Optional<String> ended) {
        return Effect().none().thenRun(() -> {
            command.replyTo().tell(outcome);
            if (command.via() != null) report(command.via(), ended, command.story());
        });
    }

    private Effect<DiskEvent, Optional<Disk>> persist(Optional<Disk> before, List<DiskEvent> events, Execute command) {
        var obstacle = events.isEmpty()
                ? Optional.<Rejection>empty()
                : environment.obstacle().get();
        if (obstacle.isPresent()) return Effect().none().thenRun(() -> fail(command, obstacle.get()));
        unwritten = failure -> fail(command, failure);
        return Effect().persist(events).thenRun(after -> {
            unwritten = null;
            after.ifPresent(this::setAlarm);
            command.replyTo().tell(after.map(command.change()::success).orElseGet(command.change()::success));
            report(ended(before, after), command.via(), storyAfter(command.story(), events));
        });
    }

    /** The journal has not taken the events of what was asked last: nothing has happened, and who asked is to know. */
    private void onNotWritten() {
        var tell = unwritten;
        unwritten = null;
        if (tell != null) tell.accept(environment.notWritten());
    }

    private void fail(Execute command, Rejection failure) {
        command.replyTo().tell(failure);
        if (command.via() == null) return;
        // A disk that is yet to be made keeps its place: it is ordered again.
        var ended = command.change() instanceof DiskCreation
                ? Optional.<String>empty()
                : Optional.of(command.story().requestId());
        entities.tell(new Entities.Reported(new Report(command.via(), id, ended, command.story(), failure)));
    }

    private Effect<DiskEvent, Optional<Disk>> onDue(Optional<Disk> disk, Due due) {
        var event = disk.flatMap(there -> Completion.of(there, environment.conditions(id)));
        if (event.isEmpty()) return Effect().none().thenRun(() -> ended(disk, Set.of()));
        if (environment.obstacle().get().isPresent()) return Effect().none().thenRun(this::tryAgainLater);
        return Effect().persist(event.get()).thenRun(after -> {
            var free = ended(disk, after);
            // First, lest an instance be done with it before the alarm has heard that it will be.
            ended(after, free.keySet());
            report(free, null, storyAfter(event.get().story(), List.of(event.get())));
            if (event.get() instanceof DiskEvent.DetachFailed) after.ifPresent(this::remindReleased);
        });
    }

    /** It is on instances still that may be no more: told to let go while it was detaching, it had nothing to do. */
    private void remindReleased(Disk disk) {
        for (var mount : disk.mounts()) {
            var instance = environment.world().instance(mount.attachment().instanceId());
            if (instance != null && instance.isReleased()) {
                entities.tell(new Entities.ToInstance(instance.id(), InstanceActor.Resume.RESUME));
            }
        }
    }

    private void tryAgainLater() {
        context.scheduleOnce(Entities.BEFORE_ANOTHER_TRY, entities, new Entities.Due(id));
    }

    private void ended(Optional<Disk> disk, Set<InstanceId> told) {
        disk.ifPresent(this::setAlarm);
        alarm.tell(new Alarm.Ended(id, told));
    }

    private Effect<DiskEvent, Optional<Disk>> onReschedule(Optional<Disk> disk, Reschedule command) {
        boolean isMeant = disk.isPresent()
                && (command.incident() == null
                        ? disk.get().isUnderWay()
                        : disk.get().isHeldBy(command.incident()));
        if (!isMeant) return Effect().none().thenRun(() -> command.replyTo().tell(Completed.NOTHING));
        if (environment.obstacle().get().isPresent()) {
            return Effect().none().thenRun(() -> command.replyTo().tell(Completed.NOT_NOW));
        }
        unwritten = failure -> command.replyTo().tell(Completed.NOT_NOW);
        var story = command.story().at(environment.clock().instant());
        return Effect()
                .persist(new DiskEvent.Rescheduled(story, command.due(), command.incident()))
                .thenRun(after -> {
                    unwritten = null;
                    after.ifPresent(this::setAlarm);
                    command.replyTo().tell(Completed.YES);
                });
    }

    private Effect<DiskEvent, Optional<Disk>> onConfirm(Optional<Disk> disk, Confirm confirm) {
        boolean held = disk.isPresent() && disk.get().holds(confirm.reservation());
        return Effect()
                .none()
                .thenRun(() -> report(
                        confirm.instanceId(),
                        held ? Optional.empty() : Optional.of(confirm.reservation()),
                        confirm.story()));
    }

    private void setAlarm(Disk disk) {
        var due = disk.firstDue();
        if (due != null) alarm.tell(new Alarm.Arm(id, due));
    }

    private static Story storyAfter(Story story, List<DiskEvent> events) {
        return events.isEmpty() ? story : story.causedBy(events.get(events.size() - 1), story.at());
    }

    /** The reservations of the places that are free now, by their instances. */
    private static Map<InstanceId, String> ended(Optional<Disk> before, Optional<Disk> after) {
        return before.stream()
                .flatMap(disk -> disk.mounts().stream().map(Mount::attachment))
                .filter(place ->
                        !after.map(disk -> disk.holds(place.reservation())).orElse(false))
                .collect(Collectors.toMap(Attachment::instanceId, Attachment::reservation));
    }

    /** Reports each place that is free now to its instance; and in any case to the one that waits to hear how it went. */
    private void report(Map<InstanceId, String> ended, @Nullable InstanceId waiting, Story story) {
        ended.forEach((instance, reservation) -> {
            if (!instance.equals(waiting)) report(instance, Optional.of(reservation), story);
        });
        if (waiting != null) report(waiting, Optional.ofNullable(ended.get(waiting)), story);
    }

    private void report(InstanceId to, Optional<String> ended, Story story) {
        entities.tell(new Entities.Reported(new Report(to, id, ended, story, null)));
    }
}
