package dev.moorage.action;

import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.Story;
import java.time.Instant;
import java.util.Optional;

/** What follows when a change under way is due. */
public final class Completion {
    private Completion() {}

    public static Optional<DiskEvent> of(Disk disk, Conditions conditions) {
        var transition = disk.transition();
        if (transition == null || !transition.isDue(conditions.now())) return Optional.empty();
        Story story = transition.ending(conditions.now());
        return switch (disk.status()) {
            case CREATING -> Optional.of(new DiskEvent.Created(story));
            case ATTACHING -> Optional.of(new DiskEvent.Attached(story));
            case DETACHING ->
                Optional.of(new DiskEvent.Detached(story, conditions.isCurrent() && disk.deleteWithInstance()));
            case RE_INITING -> Optional.of(new DiskEvent.ReInited(story));
            case AVAILABLE, IN_USE, RELEASED -> Optional.empty();
        };
    }

    public static Optional<InstanceEvent> of(Instance instance, Conditions conditions) {
        var transition = instance.transition();
        if (transition == null || !transition.isDue(conditions.now())) return Optional.empty();
        Story story = transition.ending(conditions.now());
        Instant started = conditions.due("StartInstance");
        return switch (instance.status()) {
            case PENDING -> Optional.of(new InstanceEvent.Starting(story, started));
            case STARTING -> Optional.of(new InstanceEvent.Started(story));
            case STOPPING -> Optional.of(new InstanceEvent.Stopped(story));
            case RUNNING, STOPPED, RELEASED -> Optional.empty();
        };
    }
}
