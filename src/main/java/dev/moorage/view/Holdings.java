package dev.moorage.view;

import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** What one account has. */
final class Holdings {
    final Catalogue<DiskId, Disk> disks = new Catalogue<>();
    final Catalogue<InstanceId, Instance> instances = new Catalogue<>();
    private final Map<InstanceId, Set<DiskId>> attached = new ConcurrentHashMap<>();

    void put(Disk disk, long offset) {
        var before = disks.get(disk.id());
        disks.put(disk.id(), disk, offset, !disk.isReleased());
        var from = before == null ? null : before.attachment();
        var to = disk.attachment();
        if (from != null && (to == null || !to.instanceId().equals(from.instanceId()))) {
            attached.computeIfPresent(from.instanceId(), (id, on) -> {
                on.remove(disk.id());
                return on.isEmpty() ? null : on;
            });
        }
        if (to != null) {
            attached.compute(to.instanceId(), (id, on) -> {
                Set<DiskId> disksOn = on == null ? new ConcurrentSkipListSet<>() : on;
                disksOn.add(disk.id());
                return disksOn;
            });
        }
    }

    void put(Instance instance, long offset) {
        instances.put(instance.id(), instance, offset, !instance.isReleased());
    }

    Set<DiskId> disksOn(InstanceId id) {
        return attached.getOrDefault(id, Set.of());
    }
}
