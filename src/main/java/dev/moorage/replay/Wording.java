package dev.moorage.replay;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.moorage.domain.Attachment;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.Event;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.Slot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Throttling;
import dev.moorage.view.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        say(DiskEvent.ReIniting.class, event -> from(event.snapshotId()) + due(event.due(), event));
        say(DiskEvent.Rescheduled.class, event -> due(event.due(), event));
        say(DiskEvent.Resized.class, event -> "to " + event.sizeGiB() + " GiB");
        say(
                DiskEvent.ChargeTypeChanged.class,
                event -> "to " + event.chargeType().wire());
        say(DiskEvent.ResourceGroupJoined.class, DiskEvent.ResourceGroupJoined::resourceGroupId);
        say(DiskEvent.Tagged.class, event -> tags(event.tags()));
        say(DiskEvent.Untagged.class, event -> String.join(", ", event.keys()));
        say(
                DiskEvent.SpecChanging.class,
                event -> (event.category() + " " + event.performanceLevel()).strip() + ", " + due(event.due(), event));
        say(DiskEvent.SnapshotCreating.class, event -> event.snapshotId() + ", " + due(event.due(), event));
        say(DiskEvent.SnapshotCreated.class, event -> event.snapshotId().value());
        say(DiskEvent.SnapshotDeleted.class, event -> event.snapshotId().value());
        say(DiskEvent.SnapshotTagged.class, event -> event.snapshotId() + " " + tags(event.tags()));
        say(DiskEvent.SnapshotUntagged.class, event -> event.snapshotId() + " " + String.join(", ", event.keys()));
        say(DiskEvent.SnapshotResourceGroupJoined.class, event -> event.snapshotId() + " " + event.resourceGroupId());
        say(InstanceEvent.Provisioned.class, event -> born(event.instance()));
        say(InstanceEvent.Creating.class, event -> disks(event.slots()) + ", " + due(event.due(), event));
        say(InstanceEvent.Starting.class, event -> due(event.due(), event));
        say(InstanceEvent.Stopping.class, event -> due(event.due(), event));
        say(InstanceEvent.Rebooting.class, event -> due(event.due(), event));
        say(InstanceEvent.Rescheduled.class, event -> due(event.due(), event));
        say(InstanceEvent.ResourceGroupJoined.class, InstanceEvent.ResourceGroupJoined::resourceGroupId);
        say(InstanceEvent.Tagged.class, event -> tags(event.tags()));
        say(InstanceEvent.Untagged.class, event -> String.join(", ", event.keys()));
        say(InstanceEvent.SlotReserved.class, event -> event.device() + " for " + event.diskId());
        say(InstanceEvent.SlotFreed.class, event -> "of " + event.diskId());
        say(ControlsEvent.ClockAdvanced.class, event -> "by " + Times.duration(Duration.ofMillis(event.byMillis())));
        say(ControlsEvent.ClockScaled.class, event -> "to " + event.clock().scale());
        say(
                ControlsEvent.ProgressionSet.class,
                event ->
                        event.action() + " " + (event.progression().isEmpty() ? "as configured" : event.progression()));
        say(
                ControlsEvent.RuleAdded.class,
                event -> event.rule().id() + ": " + event.rule().effect().name());
        say(ControlsEvent.RuleRemoved.class, ControlsEvent.RuleRemoved::rule);
        say(ControlsEvent.IncidentBegun.class, event -> event.incident().id());
        say(ControlsEvent.IncidentEnded.class, ControlsEvent.IncidentEnded::incident);
        say(
                ControlsEvent.FaultApplied.class,
                event -> event.action() + " " + String.join(", ", event.about()) + ": " + event.effect()
                        + (event.times() > 1 ? ", " + event.times() + " times" : ""));
        say(ControlsEvent.ThrottlingSet.class, event -> throttling(event.throttling()));
        say(
                ControlsEvent.ThrottlingClosed.class,
                event -> event.action() + " of " + event.account()
                        + (event.region().isEmpty() ? "" : " in " + event.region()) + ": " + event.limit()
                        + " calls, refused until " + Times.timeOfDay(event.until()));
    }

    private static String throttling(@Nullable Throttling throttling) {
        if (throttling == null) return "as configured";
        if (throttling.limits().isEmpty()) return "off";
        return throttling.limits().entrySet().stream()
                        .map(limit -> limit.getKey() + " " + limit.getValue())
                        .collect(Collectors.joining(", "))
                + ", then " + throttling.code();
    }

    private Wording() {}

    private static <E extends Event> void say(Class<E> type, Function<E, String> words) {
        WORDS.put(type, event -> words.apply(type.cast(event)));
    }

    static String of(Event event) {
        String words = WORDS.getOrDefault(event.getClass(), plain -> "").apply(event);
        var stamp = event.story().stamp();
        return stamp == null ? words : (words + " (" + stamp.name() + ")").strip();
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

    private static String from(@Nullable SnapshotId snapshot) {
        return snapshot == null ? "" : "from " + snapshot + ", ";
    }

    private static String tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String disks(List<Slot> slots) {
        return slots.size() == 1 ? "1 disk" : slots.size() + " disks";
    }

    private static String due(@Nullable Instant due, Event event) {
        if (due == null) return "until somebody ends it";
        boolean sameDay = due.truncatedTo(DAYS).equals(event.story().at().truncatedTo(DAYS));
        return "due " + (sameDay ? Times.timeOfDay(due) : Times.aligned(due));
    }
}
