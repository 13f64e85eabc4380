package dev.moorage.view;

import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.SnapshotId;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one account sees of the world. Other accounts' resources do not exist here. Released disks are found by id, and
 * are in no list.
 */
public final class AccountView {
    private final Holdings holdings;

    AccountView(Holdings holdings) {
        this.holdings = holdings;
    }

    public @Nullable Disk disk(DiskId id) {
        return holdings.disks.get(id);
    }

    /** A released instance is not there for anybody. */
    public @Nullable Instance instance(InstanceId id) {
        var instance = holdings.instances.get(id);
        return instance == null || instance.isReleased() ? null : instance;
    }

    /** Also one that was released. */
    public @Nullable Instance everInstance(InstanceId id) {
        return holdings.instances.get(id);
    }

    /** All disks, oldest first, from the first place after {@code place} on. */
    public Stream<Listed<Disk>> disksAfter(long place) {
        return holdings.disks.listedAfter(place);
    }

    public Stream<Listed<Disk>> disks(Collection<DiskId> ids) {
        return ids.stream().distinct().map(holdings.disks::listed).flatMap(Optional::stream);
    }

    /** The disks that are on an instance, in no particular order. */
    public Stream<Listed<Disk>> disksOn(InstanceId id) {
        return disks(holdings.disksOn(id));
    }

    /** The disks of which a task is known, in the order of their ids. */
    public Stream<Disk> disksWithTasks() {
        return holdings.withTasks.stream().flatMap(id -> Stream.ofNullable(holdings.disks.get(id)));
    }

    /** A snapshot that is there. */
    public @Nullable SnapshotOf snapshot(SnapshotId id) {
        return holdings.snapshots.listed(id).map(Listed::thing).orElse(null);
    }

    /** Also one that was deleted, as it last was. */
    public @Nullable SnapshotOf everSnapshot(SnapshotId id) {
        return holdings.snapshots.get(id);
    }

    /** Whether a disk that was made from a snapshot is still there. */
    public boolean isSource(SnapshotId id) {
        return holdings.isSource(id);
    }

    /** All snapshots, those of the oldest disk first, from the first place after {@code place} on. */
    public Stream<Listed<SnapshotOf>> snapshotsAfter(long place) {
        return holdings.snapshots.listedAfter(place);
    }

    public Stream<Listed<SnapshotOf>> snapshots(Collection<SnapshotId> ids) {
        return ids.stream().distinct().map(holdings.snapshots::listed).flatMap(Optional::stream);
    }

    /** All instances, oldest first, from the first place after {@code place} on. */
    public Stream<Listed<Instance>> instancesAfter(long place) {
        return holdings.instances.listedAfter(place);
    }

    public Stream<Listed<Instance>> instances(Collection<InstanceId> ids) {
        return ids.stream().distinct().map(holdings.instances::listed).flatMap(Optional::stream);
    }

    /** The instance that was given a private address. */
    public Optional<InstanceId> instanceAt(String vSwitchId, String ip) {
        return holdings.instanceAt(vSwitchId, ip);
    }
}
