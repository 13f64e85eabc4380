package dev.moorage.action;

import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.EventName;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.Story;
import dev.moorage.domain.Task;
import dev.moorage.domain.Transition;
import java.time.Instant;
import java.util.Optional;

/** What follows when a change under way is due. */
public final class Completion {
    private Completion() {}

    /** What is due first comes first: of the disk's own change, of its snapshot and of its task. */
    public static Optional<DiskEvent> of(Disk disk, Conditions conditions) {
        var due = disk.firstDue();
        if (due == null || conditions.now().isBefore(due)) return Optional.empty();
        var transition = disk.transition();
        if (transition != null && due.equals(transition.due())) {
            return ofStatus(disk, transition, conditions);
        }
        var snapshot = disk.snapshotInProgress().filter(taken -> due.equals(taken.due()));
        return snapshot.isPresent()
                ? snapshot.map(taken -> whole(taken, conditions.now()))
                : disk.taskUnderWay().map(task -> done(task, conditions.now()));
    }

    private static Optional<DiskEvent> ofStatus(Disk disk, Transition transition, Conditions conditions) {
        Story story = transition.ending(conditions.now());
        boolean fails = transition.failsLate();
        return switch (disk.status()) {
            case CREATING -> Optional.of(new DiskEvent.Created(story));
            case ATTACHING -> Optional.of(fails ? new DiskEvent.AttachFailed(story) : new DiskEvent.Attached(story));
            case DETACHING ->
                Optional.of(
                        fails
                                ? new DiskEvent.DetachFailed(story)
                                : new DiskEvent.Detached(story, conditions.isCurrent() && disk.deleteWithInstance()));
            case RE_INITING -> Optional.of(new DiskEvent.ReInited(story));
            case AVAILABLE, IN_USE, RELEASED -> Optional.empty();
        };
    }

    private static DiskEvent whole(Snapshot snapshot, Instant now) {
        return new DiskEvent.SnapshotCreated(
                snapshot.begun().causedBy(EventName.of(DiskEvent.SnapshotCreating.class), now), snapshot.id());
    }

    private static DiskEvent done(Task task, Instant now) {
        return new DiskEvent.SpecChanged(
                task.begun().causedBy(EventName.of(DiskEvent.SpecChanging.class), now), task.id());
    }

    public static Optional<InstanceEvent> of(Instance instance, Conditions conditions) {
        var transition = instance.transition();
        if (transition == null || !transition.isDue(conditions.now())) return Optional.empty();
        Story story = transition.ending(conditions.now());
        return switch (instance.status()) {
            case PENDING ->
                Optional.of(
                        instance.staysStopped()
                                ? new InstanceEvent.Created(story)
                                : new InstanceEvent.Starting(story, conditions.due("StartInstance")));
            case STARTING -> Optional.of(new InstanceEvent.Started(story));
            case STOPPING -> Optional.of(new InstanceEvent.Stopped(story));
            case RUNNING, STOPPED, RELEASED -> Optional.empty();
        };
    }
}
