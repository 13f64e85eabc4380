package dev.moorage.replay;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.moorage.domain.Attachment;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.Event;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.Slot;
import dev.moorage.view.Times;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an event did, in a few words: a table. An event that is not in it did what its name says. */
final class Wording {
    private static final Map<Class<? extends Event>, Function<Event, String>> WORDS = new HashMap<>();

    static {
        say(DiskEvent.Provisioned.class, event -> born(event.disk()));
        say(
                DiskEvent.Creating.class,
                event -> event.spec().sizeGiB() + " GiB" + on(event.attachment()) + ", " + due(event.due(), event));
        say(DiskEvent.Attaching.class, event -> place(event.attachment()) + ", " + due(event.due(), event));
        say(DiskEvent.Detaching.class, event -> due(event.due(), event));
        say(InstanceEvent.Provisioned.class, event -> born(event.instance()));
        say(InstanceEvent.Creating.class, event -> disks(event.slots()) + ", " + due(event.due(), event));
        say(InstanceEvent.Starting.class, event -> due(event.due(), event));
        say(InstanceEvent.Stopping.class, event -> due(event.due(), event));
        say(InstanceEvent.SlotReserved.class, event -> event.device() + " for " + event.diskId());
        say(InstanceEvent.SlotFreed.class, event -> "of " + event.diskId());
    }

    private Wording() {}

    private static <E extends Event> void say(Class<E> type, Function<E, String> words) {
        WORDS.put(type, event -> words.apply(type.cast(event)));
    }

    static String of(Event event) {
        return WORDS.getOrDefault(event.getClass(), plain -> "").apply(event);
    }

    private static String born(Disk disk) {
        return disk.status().wire() + on(disk.attachment());
    }

    private static String born(Instance instance) {
        return instance.status().wire() + ", " + disks(instance.slots());
    }

    private static String on(@Nullable Attachment attachment) {
        return attachment == null ? "" : " on " + place(attachment);
    }

    private static String place(Attachment attachment) {
        return attachment.instanceId() + " " + attachment.device();
    }

    private static String disks(List<Slot> slots) {
        return slots.size() == 1 ? "1 disk" : slots.size() + " disks";
    }

    private static String due(Instant due, Event event) {
        boolean sameDay = due.truncatedTo(DAYS).equals(event.story().at().truncatedTo(DAYS));
        return "due " + (sameDay ? Times.timeOfDay(due) : Times.aligned(due));
    }
}
