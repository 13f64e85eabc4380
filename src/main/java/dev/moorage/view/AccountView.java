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
    private final Past past;
    /** Null if things are seen as they are. */
    private final @Nullable Lens lens;

    AccountView(Holdings holdings, Past past) {
        this(holdings, past, null);
    }

    private AccountView(Holdings holdings, Past past, @Nullable Lens lens) {
        this.holdings = holdings;
        this.past = past;
        this.lens = lens;
    }

    /** As somebody sees it who does not see things as they are. */
    public AccountView through(Lens other) {
        return new AccountView(holdings, past, other);
    }

    public @Nullable Disk disk(DiskId id) {
        var disk = holdings.disks.get(id);
        return disk == null || lens == null ? disk : lens.see(disk, past);
    }

    /** A released instance is not there for anybody. */
    public @Nullable Instance instance(InstanceId id) {
        var instance = everInstance(id);
        return instance == null || instance.isReleased() ? null : instance;
    }

    /** Also one that was released. */
    public @Nullable Instance everInstance(InstanceId id) {
        var instance = holdings.instances.get(id);
        return instance == null || lens == null ? instance : lens.see(instance, past);
    }

    /** All disks, oldest first, from the first place after {@code place} on. */
    public Stream<Listed<Disk>> disksAfter(long place) {
        return seesThePast()
                ? seen(Listed.inOrder(holdings.disks.placed(), place))
                : seen(holdings.disks.listedAfter(place));
    }

    public Stream<Listed<Disk>> disks(Collection<DiskId> ids) {
        return seen(ids.stream()
                .distinct()
                .map(seesThePast() ? holdings.disks::known : holdings.disks::listed)
                .mapMulti(Optional::ifPresent));
    }

    /** The disks that are on an instance, in no particular order. */
    public Stream<Listed<Disk>> disksOn(InstanceId id) {
        return seesThePast()
                ? seen(holdings.disks.placed())
                        .filter(disk -> disk.thing().mounts().stream()
                                .anyMatch(mount -> mount.attachment().isTo(id)))
                : disks(holdings.disksOn(id));
    }

    /** What is gone by now may have to be seen too. */
    private boolean seesThePast() {
        return lens != null && lens.allAt() != null;
    }

    private Stream<Listed<Disk>> seen(Stream<Listed<Disk>> disks) {
        if (lens == null) return disks;
        return disks.flatMap(listed -> Stream.ofNullable(lens.see(listed.thing(), past))
                .filter(disk -> !disk.isReleased())
                .map(disk -> new Listed<>(listed.place(), disk)));
    }

    private Stream<Listed<Instance>> seenInstances(Stream<Listed<Instance>> instances) {
        if (lens == null) return instances;
        return instances.flatMap(listed -> Stream.ofNullable(lens.see(listed.thing(), past))
                .filter(instance -> !instance.isReleased())
                .map(instance -> new Listed<>(listed.place(), instance)));
    }

    /** What happened to instances, those of the oldest instance first. */
    public Stream<Listed<SystemEvent>> systemEventsAfter(long place) {
        var happening = lens == null ? null : lens.happening();
        if (lens == null || happening == null) return Stream.empty();
        return holdings.instances
                .listedAfter(place)
                .filter(listed -> lens.instances().test(listed.thing()))
                .map(listed -> new Listed<>(
                        listed.place(), SystemEvent.of(listed.thing().id(), happening.reason(), happening.at())));
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
        return ids.stream().distinct().map(holdings.snapshots::listed).mapMulti(Optional::ifPresent);
    }

    /** All instances, oldest first, from the first place after {@code place} on. */
    public Stream<Listed<Instance>> instancesAfter(long place) {
        return seesThePast()
                ? seenInstances(Listed.inOrder(holdings.instances.placed(), place))
                : seenInstances(holdings.instances.listedAfter(place));
    }

    public Stream<Listed<Instance>> instances(Collection<InstanceId> ids) {
        return seenInstances(ids.stream()
                .distinct()
                .map(seesThePast() ? holdings.instances::known : holdings.instances::listed)
                .mapMulti(Optional::ifPresent));
    }

    /** The instance that was given a private address. */
    public Optional<InstanceId> instanceAt(String vSwitchId, String ip) {
        return holdings.instanceAt(vSwitchId, ip);
    }
}
