package dev.moorage.journal;

import dev.moorage.domain.ControlsId;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import org.jspecify.annotations.Nullable;

/** The names under which Akka Persistence knows entities: {@code Disk|d-…}, {@code Instance|i-…} and one more. */
public final class PersistenceIds {
    private PersistenceIds() {}

    public static String of(EntityId id) {
        return id.kind() + "|" + id.value();
    }

    static EntityId parse(String persistenceId) {
        var entity = entity(persistenceId);
        if (entity == null) throw new IllegalArgumentException("No kind of entity has the id " + persistenceId);
        return entity;
    }

    /** What has this name, or null if it is somebody else's. */
    static @Nullable EntityId entity(String persistenceId) {
        int bar = persistenceId.indexOf('|');
        String id = persistenceId.substring(bar + 1);
        return switch (persistenceId.substring(0, Math.max(bar, 0))) {
            case DiskId.KIND -> new DiskId(id);
            case InstanceId.KIND -> new InstanceId(id);
            case ControlsId.KIND -> ControlsId.CONTROLS;
            default -> null;
        };
    }
}
