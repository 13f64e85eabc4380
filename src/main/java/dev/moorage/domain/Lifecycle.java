package dev.moorage.domain;

import static java.util.Map.entry;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which fact may follow which: for each event the statuses that it can come from. The verbs decide what happens; this
 * is what all of them together can have written, for those who read it later.
 */
public final class Lifecycle {
    /** What is wrong with an event in its place. */
    public enum Wrong {
        /** It needs something that exists, and is the first event. */
        FIRST,
        /** It begins a history, and is not the first event. */
        AGAIN,
        STATUS,
        /** It ends something before that was due. */
        EARLY
    }

    /** Why an event cannot be the next one. */
    public record Objection(Wrong wrong, String text) {}

    /**
     * Where an event comes from. One that comes from no status is the first.
     *
     * @param atAnyTime the statuses that it leaves whatever the time
     * @param onceDue the statuses that it ends when their time has come
     */
    private record From<S extends Enum<S>>(Set<S> atAnyTime, Set<S> onceDue) {
        boolean isFirst() {
            return atAnyTime.isEmpty() && onceDue.isEmpty();
        }
    }

    /** Its instance goes, whatever is being done to the disk; but a detach that has begun finishes by itself. */
    private static final Set<DiskStatus> LET_GO =
            EnumSet.of(DiskStatus.CREATING, DiskStatus.ATTACHING, DiskStatus.IN_USE, DiskStatus.RE_INITING);

    private static final Set<DiskStatus> DELETED_OR_LET_GO = EnumSet.of(
            DiskStatus.AVAILABLE, DiskStatus.CREATING, DiskStatus.ATTACHING, DiskStatus.IN_USE, DiskStatus.RE_INITING);

    private static final Set<DiskStatus> AT_REST = EnumSet.of(DiskStatus.AVAILABLE, DiskStatus.IN_USE);

    private static final Set<DiskStatus> THERE = EnumSet.complementOf(EnumSet.of(DiskStatus.RELEASED));

    private static final Set<InstanceStatus> RUNNING_OR_STOPPED =
            EnumSet.of(InstanceStatus.RUNNING, InstanceStatus.STOPPED);

    private static final Set<InstanceStatus> INSTANCE_THERE = EnumSet.complementOf(EnumSet.of(InstanceStatus.RELEASED));

    private static final Map<Class<? extends DiskEvent>, From<DiskStatus>> OF_DISKS = Map.ofEntries(
            entry(DiskEvent.Provisioned.class, first()),
            entry(DiskEvent.Creating.class, first()),
            entry(DiskEvent.Created.class, onceDue(DiskStatus.CREATING)),
            entry(DiskEvent.Attaching.class, from(EnumSet.of(DiskStatus.AVAILABLE))),
            entry(DiskEvent.Attached.class, onceDue(DiskStatus.ATTACHING)),
            entry(DiskEvent.Detaching.class, from(EnumSet.of(DiskStatus.IN_USE))),
            entry(DiskEvent.Detached.class, onceDue(DiskStatus.DETACHING)),
            entry(DiskEvent.DetachFailed.class, onceDue(DiskStatus.DETACHING)),
            entry(DiskEvent.AttachFailed.class, onceDue(DiskStatus.ATTACHING)),
            // Snapshots and tasks can be under way whatever has become of the disk.
            entry(DiskEvent.Rescheduled.class, from(EnumSet.allOf(DiskStatus.class))),
            // It has nothing to do with the status.
            entry(DiskEvent.AttributesModified.class, from(THERE)),
            entry(DiskEvent.ResourceGroupJoined.class, from(THERE)),
            entry(DiskEvent.Tagged.class, from(THERE)),
            entry(DiskEvent.Untagged.class, from(THERE)),
            entry(DiskEvent.Resized.class, from(AT_REST)),
            entry(DiskEvent.ChargeTypeChanged.class, from(AT_REST)),
            entry(DiskEvent.SpecChanging.class, from(AT_REST)),
            entry(DiskEvent.SnapshotCreating.class, from(AT_REST)),
            // Whatever has become of the disk meanwhile.
            entry(DiskEvent.SpecChanged.class, from(EnumSet.allOf(DiskStatus.class))),
            entry(DiskEvent.SnapshotCreated.class, from(EnumSet.allOf(DiskStatus.class))),
            entry(DiskEvent.SnapshotDeleted.class, from(EnumSet.allOf(DiskStatus.class))),
            entry(DiskEvent.SnapshotTagged.class, from(EnumSet.allOf(DiskStatus.class))),
            entry(DiskEvent.SnapshotUntagged.class, from(EnumSet.allOf(DiskStatus.class))),
            entry(DiskEvent.SnapshotResourceGroupJoined.class, from(EnumSet.allOf(DiskStatus.class))),
            entry(DiskEvent.ReIniting.class, from(EnumSet.of(DiskStatus.IN_USE))),
            entry(DiskEvent.ReInited.class, onceDue(DiskStatus.RE_INITING)),
            entry(DiskEvent.Outlived.class, from(LET_GO)),
            entry(DiskEvent.Restored.class, from(EnumSet.allOf(DiskStatus.class))),
            entry(DiskEvent.Released.class, from(DELETED_OR_LET_GO)));

    private static final Map<Class<? extends InstanceEvent>, From<InstanceStatus>> OF_INSTANCES = Map.ofEntries(
            entry(InstanceEvent.Provisioned.class, first()),
            entry(InstanceEvent.Creating.class, first()),
            entry(
                    InstanceEvent.Starting.class,
                    new From<InstanceStatus>(EnumSet.of(InstanceStatus.STOPPED), EnumSet.of(InstanceStatus.PENDING))),
            entry(InstanceEvent.Created.class, onceDue(InstanceStatus.PENDING)),
            entry(InstanceEvent.Rebooting.class, from(EnumSet.of(InstanceStatus.RUNNING))),
            entry(InstanceEvent.AttributesModified.class, from(INSTANCE_THERE)),
            entry(InstanceEvent.ResourceGroupJoined.class, from(INSTANCE_THERE)),
            entry(InstanceEvent.Tagged.class, from(INSTANCE_THERE)),
            entry(InstanceEvent.Untagged.class, from(INSTANCE_THERE)),
            entry(InstanceEvent.SystemDiskReplaced.class, from(EnumSet.of(InstanceStatus.STOPPED))),
            entry(InstanceEvent.Started.class, onceDue(InstanceStatus.STARTING)),
            entry(InstanceEvent.Stopping.class, from(EnumSet.of(InstanceStatus.RUNNING))),
            entry(InstanceEvent.Stopped.class, onceDue(InstanceStatus.STOPPING)),
            entry(InstanceEvent.Rescheduled.class, from(INSTANCE_THERE)),
            entry(InstanceEvent.SlotReserved.class, from(RUNNING_OR_STOPPED)),
            // A disk reports when it is off, whatever has become of its instance meanwhile.
            entry(InstanceEvent.SlotFreed.class, from(EnumSet.allOf(InstanceStatus.class))),
            entry(InstanceEvent.Restored.class, from(EnumSet.allOf(InstanceStatus.class))),
            entry(InstanceEvent.Released.class, from(RUNNING_OR_STOPPED)));

    private Lifecycle() {}

    private static <S extends Enum<S>> From<S> first() {
        return new From<S>(Set.of(), Set.of());
    }

    private static <S extends Enum<S>> From<S> from(Set<S> statuses) {
        return new From<S>(statuses, Set.of());
    }

    private static <S extends Enum<S>> From<S> onceDue(S status) {
        return new From<S>(Set.of(), EnumSet.of(status));
    }

    static boolean knows(Class<?> event) {
        return OF_DISKS.containsKey(event) || OF_INSTANCES.containsKey(event);
    }

    /** Begins a history. */
    public static boolean isFirst(Event event) {
        // What is set by hand can be set first thing.
        if (event instanceof ControlsEvent || isRestored(event)) return true;
        return event instanceof DiskEvent disk
                ? rule(OF_DISKS.get(disk.getClass()), disk).isFirst()
                : rule(OF_INSTANCES.get(event.getClass()), event).isFirst();
    }

    private static boolean isRestored(Event event) {
        return event instanceof DiskEvent.Restored || event instanceof InstanceEvent.Restored;
    }

    /** What keeps an event from being the next one of a disk; null stands for a disk that is not there yet. */
    public static Optional<Objection> objection(@Nullable Disk disk, DiskEvent event) {
        var from = rule(OF_DISKS.get(event.getClass()), event);
        if (disk != null && isOfAnotherPlace(disk, event)) return Optional.empty();
        if (disk != null && event instanceof DiskEvent.SnapshotCreated created) {
            return objectionToTheEnd(
                    disk.snapshotInProgress()
                            .filter(snapshot -> snapshot.id().equals(created.snapshotId()))
                            .map(Snapshot::due),
                    event);
        }
        if (disk != null && event instanceof DiskEvent.SpecChanged changed) {
            return objectionToTheEnd(
                    disk.taskUnderWay()
                            .filter(task -> task.id().equals(changed.taskId()))
                            .map(Task::due),
                    event);
        }
        return disk == null
                ? objectionToTheFirst(from, event)
                : objection(from, disk.status(), DiskStatus::wire, disk.deadline(), event);
    }

    /** Of something that goes on beside the status: it has to be under way, and due. */
    private static Optional<Objection> objectionToTheEnd(Optional<Instant> due, Event event) {
        if (due.isEmpty()) {
            return objection(Wrong.STATUS, EventName.of(event) + " ends what is not under way");
        }
        return event.story().at().isBefore(due.get())
                ? objection(
                        Wrong.EARLY,
                        EventName.of(event) + " at " + event.story().at() + " comes before it is due at " + due.get())
                : Optional.empty();
    }

    /** A disk that can be on several instances comes to one more, or off one, while it is on another. */
    private static boolean isOfAnotherPlace(Disk disk, DiskEvent event) {
        if (event instanceof DiskEvent.Attaching attaching) {
            return disk.spec().multiAttach()
                    && disk.status() == DiskStatus.IN_USE
                    && !disk.isAttachedTo(attaching.attachment().instanceId());
        }
        return event instanceof DiskEvent.Outlived outlived
                && outlived.instanceId() != null
                && disk.isAttachedTo(outlived.instanceId())
                && !disk.isInFocus(outlived.instanceId());
    }

    /** What keeps an event from being the next one of an instance; null stands for one that is not there yet. */
    public static Optional<Objection> objection(@Nullable Instance instance, InstanceEvent event) {
        var from = rule(OF_INSTANCES.get(event.getClass()), event);
        return instance == null
                ? objectionToTheFirst(from, event)
                : objection(from, instance.status(), InstanceStatus::wire, instance.deadline(), event);
    }

    private static <S extends Enum<S>> From<S> rule(@Nullable From<S> rule, Event event) {
        if (rule == null) throw new IllegalStateException(event.getClass() + " has no place in a life");
        return rule;
    }

    private static Optional<Objection> objectionToTheFirst(From<?> from, Event event) {
        if (from.isFirst() || isRestored(event)) return Optional.empty();
        return objection(Wrong.FIRST, EventName.of(event) + " cannot be the first event");
    }

    private static <S extends Enum<S>> Optional<Objection> objection(
            From<S> from, S status, Function<S, String> name, @Nullable Instant due, Event event) {
        if (from.isFirst()) {
            return objection(Wrong.AGAIN, EventName.of(event) + " begins a history, and this one has begun already");
        }
        if (from.atAnyTime().contains(status)) return Optional.empty();
        if (!from.onceDue().contains(status)) {
            String allowed = Stream.concat(from.atAnyTime().stream(), from.onceDue().stream())
                    .map(name)
                    .collect(Collectors.joining(" or "));
            return objection(
                    Wrong.STATUS, EventName.of(event) + " comes from " + allowed + ", not from " + name.apply(status));
        }
        if (due == null) {
            return objection(Wrong.EARLY, EventName.of(event) + " ends " + name.apply(status) + ", which has no end");
        }
        if (event.story().at().isBefore(due)) {
            return objection(
                    Wrong.EARLY,
                    EventName.of(event) + " at " + event.story().at() + " ends " + name.apply(status)
                            + " before it is due at " + due);
        }
        return Optional.empty();
    }

    private static Optional<Objection> objection(Wrong wrong, String text) {
        return Optional.of(new Objection(wrong, text));
    }
}
