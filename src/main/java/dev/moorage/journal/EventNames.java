package dev.moorage.journal;

import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.Event;
import dev.moorage.domain.InstanceEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names and versions of events in the journal. They never change, whatever the classes are called: a journal of
 * today must be read by every later build.
 */
final class EventNames {
    record Name(String name, int version) {}

    private static final Map<Class<? extends Event>, Name> NAMES = new LinkedHashMap<>();
    private static final Map<String, Class<? extends Event>> CLASSES = new LinkedHashMap<>();
    private static final Map<String, Integer> VERSIONS = new LinkedHashMap<>();

    static {
        name(DiskEvent.Provisioned.class, "disk.provisioned", 1);
        name(DiskEvent.Creating.class, "disk.creating", 1);
        name(DiskEvent.Created.class, "disk.created", 1);
        name(DiskEvent.Attaching.class, "disk.attaching", 1);
        name(DiskEvent.Attached.class, "disk.attached", 1);
        name(DiskEvent.Detaching.class, "disk.detaching", 1);
        name(DiskEvent.Detached.class, "disk.detached", 1);
        name(DiskEvent.ReInited.class, "disk.reinited", 1);
        name(DiskEvent.Outlived.class, "disk.outlived", 1);
        name(DiskEvent.Released.class, "disk.released", 1);
        name(InstanceEvent.Provisioned.class, "instance.provisioned", 1);
        name(InstanceEvent.Creating.class, "instance.creating", 1);
        name(InstanceEvent.Starting.class, "instance.starting", 1);
        name(InstanceEvent.Started.class, "instance.started", 1);
        name(InstanceEvent.Stopping.class, "instance.stopping", 1);
        name(InstanceEvent.Stopped.class, "instance.stopped", 1);
        name(InstanceEvent.SlotReserved.class, "instance.slot-reserved", 1);
        name(InstanceEvent.SlotFreed.class, "instance.slot-freed", 1);
        name(InstanceEvent.Released.class, "instance.released", 1);
    }

    private EventNames() {}

    private static void name(Class<? extends Event> type, String name, int version) {
        NAMES.put(type, new Name(name, version));
        CLASSES.put(name, type);
        VERSIONS.put(name, version);
    }

    static Name of(Event event) {
        var name = NAMES.get(event.getClass());
        if (name == null) throw new IllegalStateException(event.getClass() + " has no name in the journal");
        return name;
    }

    static Class<? extends Event> classOf(String name, int version) {
        var type = CLASSES.get(name);
        if (type == null || version < 1 || version > VERSIONS.getOrDefault(name, 0)) {
            throw new IllegalArgumentException("an event " + name + " of version " + version
                    + " is none that this build knows: was it written by a newer one?");
        }
        return type;
    }
}
