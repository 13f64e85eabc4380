package dev.moorage.view;

import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The world, and since when everything in it has been as it is. */
public final class Chronicle {
    private final World world = new World();
    private final Map<EntityId, Stay> stays = new HashMap<>();
    private final Map<String, Interference> interferences = new HashMap<>();
    private Instant latest = Instant.EPOCH;

    /** Folds one event in, and returns the stay that it ended, if it ended one. */
    public Optional<Stay> apply(long offset, EntityId id, Event event) {
        world.apply(offset, id, event);
        if (event.story().at().isAfter(latest)) latest = event.story().at();
        if (event instanceof ControlsEvent.FaultApplied fault) {
            for (var about : fault.about()) {
                interferences.compute(about, (same, before) -> Interference.after(before, offset, fault));
            }
        }
        if (id instanceof ControlsId) return Optional.empty();
        String status = status(id);
        var before = stays.get(id);
        if (before != null && before.status().equals(status) && !isRestored(event)) return Optional.empty();
        stays.put(id, Stay.begun(before, offset, event, status));
        interferences.computeIfPresent(
                id.value(), (same, until) -> until.of(event.story().requestId()));
        return Optional.ofNullable(before);
    }

    /** It is so because of that, also if it was so before. */
    private static boolean isRestored(Event event) {
        return event instanceof DiskEvent.Restored || event instanceof InstanceEvent.Restored;
    }

    private String status(EntityId id) {
        var disk = id instanceof DiskId diskId ? world.disk(diskId) : null;
        if (disk != null) return disk.status().wire();
        var instance = id instanceof InstanceId instanceId ? world.instance(instanceId) : null;
        return instance == null ? Stay.NOT_THERE : instance.status().wire();
    }

    public World world() {
        return world;
    }

    /** The status that something is in; null if it was never there. */
    public @Nullable Stay stay(EntityId id) {
        return stays.get(id);
    }

    /** What rules did to calls about something; null if they did nothing that still matters. */
    public @Nullable Interference interference(EntityId id) {
        return interferences.get(id.value());
    }

    /** The latest simulated time of an event. */
    public Instant latest() {
        return latest;
    }
}
