package dev.moorage.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What events are called for ever, whatever their classes are called: in the journal, and in the stories that it holds.
 * A name is never changed and never used again.
 */
public final class EventName {
    private static final Map<Class<? extends Event>, String> NAMES = new LinkedHashMap<>();
    private static final Map<String, Class<? extends Event>> CLASSES = new LinkedHashMap<>();

    static {
        name(DiskEvent.Provisioned.class, "disk.provisioned");
        name(DiskEvent.Creating.class, "disk.creating");
        name(DiskEvent.Created.class, "disk.created");
        name(DiskEvent.Attaching.class, "disk.attaching");
        name(DiskEvent.Attached.class, "disk.attached");
        name(DiskEvent.Detaching.class, "disk.detaching");
        name(DiskEvent.Detached.class, "disk.detached");
        name(DiskEvent.DetachFailed.class, "disk.detach-failed");
        name(DiskEvent.AttachFailed.class, "disk.attach-failed");
        name(DiskEvent.Rescheduled.class, "disk.rescheduled");
        name(DiskEvent.AttributesModified.class, "disk.attributes-modified");
        name(DiskEvent.Resized.class, "disk.resized");
        name(DiskEvent.ChargeTypeChanged.class, "disk.charge-type-changed");
        name(DiskEvent.ResourceGroupJoined.class, "disk.resource-group-joined");
        name(DiskEvent.Tagged.class, "disk.tagged");
        name(DiskEvent.Untagged.class, "disk.untagged");
        name(DiskEvent.SpecChanging.class, "disk.spec-changing");
        name(DiskEvent.SpecChanged.class, "disk.spec-changed");
        name(DiskEvent.SnapshotCreating.class, "disk.snapshot-creating");
        name(DiskEvent.SnapshotCreated.class, "disk.snapshot-created");
        name(DiskEvent.SnapshotDeleted.class, "disk.snapshot-deleted");
        name(DiskEvent.SnapshotTagged.class, "disk.snapshot-tagged");
        name(DiskEvent.SnapshotUntagged.class, "disk.snapshot-untagged");
        name(DiskEvent.SnapshotResourceGroupJoined.class, "disk.snapshot-resource-group-joined");
        name(DiskEvent.ReIniting.class, "disk.reiniting");
        name(DiskEvent.ReInited.class, "disk.reinited");
        name(DiskEvent.Outlived.class, "disk.outlived");
        name(DiskEvent.Released.class, "disk.released");
        name(DiskEvent.Restored.class, "disk.restored");
        name(InstanceEvent.Provisioned.class, "instance.provisioned");
        name(InstanceEvent.Creating.class, "instance.creating");
        name(InstanceEvent.Created.class, "instance.created");
        name(InstanceEvent.Starting.class, "instance.starting");
        name(InstanceEvent.Started.class, "instance.started");
        name(InstanceEvent.Rebooting.class, "instance.rebooting");
        name(InstanceEvent.Stopping.class, "instance.stopping");
        name(InstanceEvent.Stopped.class, "instance.stopped");
        name(InstanceEvent.Rescheduled.class, "instance.rescheduled");
        name(InstanceEvent.SlotReserved.class, "instance.slot-reserved");
        name(InstanceEvent.SlotFreed.class, "instance.slot-freed");
        name(InstanceEvent.AttributesModified.class, "instance.attributes-modified");
        name(InstanceEvent.ResourceGroupJoined.class, "instance.resource-group-joined");
        name(InstanceEvent.Tagged.class, "instance.tagged");
        name(InstanceEvent.Untagged.class, "instance.untagged");
        name(InstanceEvent.SystemDiskReplaced.class, "instance.system-disk-replaced");
        name(InstanceEvent.Released.class, "instance.released");
        name(InstanceEvent.Restored.class, "instance.restored");
        name(ControlsEvent.ClockAdvanced.class, "clock.advanced");
        name(ControlsEvent.ClockPaused.class, "clock.paused");
        name(ControlsEvent.ClockResumed.class, "clock.resumed");
        name(ControlsEvent.ClockScaled.class, "clock.scaled");
        name(ControlsEvent.ProgressionSet.class, "progression.set");
        name(ControlsEvent.RuleAdded.class, "rule.added");
        name(ControlsEvent.RuleRemoved.class, "rule.removed");
        name(ControlsEvent.IncidentBegun.class, "incident.begun");
        name(ControlsEvent.IncidentEnded.class, "incident.ended");
        name(ControlsEvent.FaultApplied.class, "fault.applied");
        name(ControlsEvent.Reset.class, "controls.reset");
        name(ControlsEvent.RestoringBegun.class, "restoring.begun");
        name(ControlsEvent.RestoringDone.class, "restoring.done");
        name(ControlsEvent.PointSaved.class, "point.saved");
        name(ControlsEvent.PointDeleted.class, "point.deleted");
        name(ControlsEvent.ThrottlingSet.class, "throttling.set");
        name(ControlsEvent.ThrottlingClosed.class, "throttling.closed");
        name(ControlsEvent.KeysAdded.class, "keys.added");
    }

    private EventName() {}

    private static void name(Class<? extends Event> type, String name) {
        NAMES.put(type, name);
        CLASSES.put(name, type);
    }

    public static String of(Event event) {
        return of(event.getClass());
    }

    public static String of(Class<? extends Event> type) {
        String name = NAMES.get(type);
        if (name == null) throw new IllegalStateException(type + " has no name");
        return name;
    }

    /** Of every event there is. */
    public static Set<String> all() {
        return Collections.unmodifiableSet(CLASSES.keySet());
    }

    /**
     * The event of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Class<? extends Event> classOf(String name) {
        var type = CLASSES.get(name);
        if (type == null) throw new IllegalArgumentException("there is no event " + name);
        return type;
    }
}
