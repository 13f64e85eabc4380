package dev.moorage.journal;

import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;

/** The names under which entities are known to Akka Persistence: {@code Disk|d-…} and {@code Instance|i-…}. */
public final class PersistenceIds {
    public static final String DISK = "Disk";
    public static final String INSTANCE = "Instance";

    private PersistenceIds() {}

    public static String of(EntityId id) {
        return (id instanceof DiskId ? DISK : INSTANCE) + "|" + id.value();
    }

    static EntityId parse(String persistenceId) {
        int bar = persistenceId.indexOf('|');
        String id = persistenceId.substring(bar + 1);
        return switch (persistenceId.substring(0, Math.max(bar, 0))) {
            case DISK -> new DiskId(id);
            case INSTANCE -> new InstanceId(id);
            default -> throw new IllegalArgumentException("No kind of entity has the id " + persistenceId);
        };
    }
}
