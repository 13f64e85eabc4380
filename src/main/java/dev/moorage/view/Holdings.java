package dev.moorage.view;

import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Mount;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.SnapshotId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one account has. */
final class Holdings {
    /** More snapshots than this are not taken of one disk: their places in lists follow from its place. */
    private static final int SNAPSHOT_BITS = 20;

    final Catalogue<DiskId, Disk> disks = new Catalogue<>();
    final Catalogue<InstanceId, Instance> instances = new Catalogue<>();
    final Catalogue<SnapshotId, SnapshotOf> snapshots = new Catalogue<>();
    /** Disks that have, or had, a task. */
    final Set<DiskId> withTasks = new ConcurrentSkipListSet<>();

    private final Map<InstanceId, Set<DiskId>> attached = new ConcurrentHashMap<>();
    /** Disks that are there, by the snapshot that they were made from. */
    private final Map<SnapshotId, Set<DiskId>> madeFrom = new ConcurrentHashMap<>();
    /** Who has which private address. Only those that were given: the others follow from ids. */
    private final Map<Address, InstanceId> addresses = new ConcurrentHashMap<>();

    private record Address(String vSwitchId, String ip) {}

    void put(Disk disk, long offset) {
        var before = disks.get(disk.id());
        long place = disks.put(disk.id(), disk, offset, !disk.isReleased());
        move(disk.id(), before == null ? List.of() : before.mounts(), disk.mounts());
        putSource(disk);
        if (!disk.tasks().isEmpty()) withTasks.add(disk.id());
        putSnapshots(disk, before, place);
    }

    private void move(DiskId id, List<Mount> from, List<Mount> to) {
        if (from.equals(to)) return;
        for (var mount : from) {
            attached.computeIfPresent(mount.attachment().instanceId(), (instance, on) -> {
                // Who looks on meanwhile misses no disk that stays.
                if (to.stream().anyMatch(there -> there.attachment().isTo(instance))) return on;
                on.remove(id);
                return on.isEmpty() ? null : on;
            });
        }
        for (var mount : to) {
            attached.compute(mount.attachment().instanceId(), (instance, on) -> {
                Set<DiskId> disksOn = on == null ? new ConcurrentSkipListSet<>() : on;
                disksOn.add(id);
                return disksOn;
            });
        }
    }

    private void putSource(Disk disk) {
        if (disk.spec().sourceSnapshotId().isEmpty()) return;
        madeFrom.compute(new SnapshotId(disk.spec().sourceSnapshotId()), (snapshot, made) -> {
            Set<DiskId> disksMade = made == null ? new ConcurrentSkipListSet<>() : made;
            if (disk.isReleased()) {
                disksMade.remove(disk.id());
            } else {
                disksMade.add(disk.id());
            }
            return disksMade.isEmpty() ? null : disksMade;
        });
    }

    boolean isSource(SnapshotId id) {
        return madeFrom.containsKey(id);
    }

    /** Those that the disk itself remembers, and no others: a checkpoint has no more. */
    private void putSnapshots(Disk disk, @Nullable Disk before, long place) {
        boolean areSame = before != null
                && before.snapshots().equals(disk.snapshots())
                && before.deletedSnapshots().equals(disk.deletedSnapshots());
        if (areSame) return;
        for (var snapshot : disk.snapshots()) put(disk.id(), snapshot, place, true);
        for (var deleted : disk.deletedSnapshots()) put(disk.id(), deleted, place, false);
        if (before == null) return;
        var kept = snapshotIds(disk);
        snapshotIds(before).stream().filter(id -> !kept.contains(id)).forEach(snapshots::forget);
    }

    private void put(DiskId id, Snapshot snapshot, long place, boolean visible) {
        snapshots.put(
                snapshot.id(), new SnapshotOf(id, snapshot), (place << SNAPSHOT_BITS) + snapshot.number(), visible);
    }

    /** As if it had never been there. */
    void forget(Disk disk) {
        snapshotIds(disk).forEach(snapshots::forget);
        withTasks.remove(disk.id());
        forgetSource(disk);
        move(disk.id(), disk.mounts(), List.of());
        disks.forget(disk.id());
    }

    /** What it had before it was put back to {@code now}, and has no more. */
    void forgetRest(Disk before, Disk now) {
        if (now.tasks().isEmpty()) withTasks.remove(now.id());
        if (!before.spec().sourceSnapshotId().equals(now.spec().sourceSnapshotId())) forgetSource(before);
    }

    private void forgetSource(Disk disk) {
        madeFrom.computeIfPresent(new SnapshotId(disk.spec().sourceSnapshotId()), (snapshot, made) -> {
            made.remove(disk.id());
            return made.isEmpty() ? null : made;
        });
    }

    private static Set<SnapshotId> snapshotIds(Disk disk) {
        return Stream.concat(disk.snapshots().stream(), disk.deletedSnapshots().stream())
                .map(Snapshot::id)
                .collect(Collectors.toSet());
    }

    void forget(Instance instance) {
        addresses.remove(addressOf(instance), instance.id());
        instances.forget(instance.id());
    }

    void forgetRest(Instance before, Instance now) {
        if (!addressOf(before).equals(addressOf(now))) addresses.remove(addressOf(before), before.id());
    }

    private static Address addressOf(Instance instance) {
        return new Address(instance.spec().vSwitchId(), instance.spec().privateIpAddress());
    }

    void put(Instance instance, long offset) {
        instances.put(instance.id(), instance, offset, !instance.isReleased());
        var address = addressOf(instance);
        if (address.ip().isEmpty()) return;
        if (instance.isReleased()) {
            addresses.remove(address, instance.id());
        } else {
            addresses.put(address, instance.id());
        }
    }

    Optional<InstanceId> instanceAt(String vSwitchId, String ip) {
        return Optional.ofNullable(addresses.get(new Address(vSwitchId, ip)));
    }

    Set<DiskId> disksOn(InstanceId id) {
        return attached.getOrDefault(id, Set.of());
    }
}
