package dev.moorage.view;

import dev.moorage.domain.Controls;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.SnapshotId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every disk and every instance, as the journal tells it. One writer at a time applies events in the journal's order;
 * any number of readers look on meanwhile.
 */
public final class World {
    private final Map<String, Holdings> accounts = new ConcurrentHashMap<>();
    private final Map<EntityId, Holdings> owners = new ConcurrentHashMap<>();
    private final Past past = new Past();
    private volatile Controls controls = Controls.UNTOUCHED;
    private volatile long offset;

    /** Before anything has happened. */
    public World() {
        this(-1);
    }

    /** To be filled with what there was after the event at {@code offset}. */
    public World(long offset) {
        this.offset = offset;
    }

    /** Puts a disk in, as it was. Several can be put in at a time. */
    public void restore(Listed<Disk> disk) {
        var thing = disk.thing();
        owned(thing.id(), thing.spec().account()).put(thing, disk.place());
    }

    /** Puts an instance in, as it was. */
    public void restoreInstance(Listed<Instance> instance) {
        var thing = instance.thing();
        owned(thing.id(), thing.spec().account()).put(thing, instance.place());
    }

    /** Puts in what an operator had set, as it was. */
    public void restoreControls(Controls as) {
        set(as);
    }

    /** Folds one event in. {@code at} is its offset in the journal. */
    public void apply(long at, EntityId id, Event event) {
        if (event instanceof DiskEvent.Restored restored) {
            restored(disk((DiskId) id), restored.disk(), at);
        } else if (event instanceof InstanceEvent.Restored restored) {
            restored(instance((InstanceId) id), restored.instance(), at);
        } else if (event instanceof DiskEvent disk) {
            var owner = owners.get(id);
            var before = owner == null ? null : owner.disks.get((DiskId) id);
            var next = Objects.requireNonNull(disk.applyTo(before));
            past.disks().changed(next.id(), before, event.story().at());
            if (owner == null) owner = owned(id, next.spec().account());
            owner.put(next, at);
        } else if (event instanceof InstanceEvent instance) {
            var owner = owners.get(id);
            var before = owner == null ? null : owner.instances.get((InstanceId) id);
            var next = Objects.requireNonNull(instance.applyTo(before));
            past.instances().changed(next.id(), before, event.story().at());
            if (owner == null) owner = owned(id, next.spec().account());
            owner.put(next, at);
        } else if (event instanceof ControlsEvent set) {
            set(set.applyTo(controls));
        }
        offset = at;
    }

    /** As far back as a rule may want to look. */
    private void set(Controls next) {
        controls = next;
        past.keep(next.rules().stream()
                .map(rule -> rule.effect().lookBack())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
    }

    /** Whole, if it goes, or goes to somebody else. Who looks on meanwhile misses nothing that stays. */
    private void restored(@Nullable Disk before, @Nullable Disk next, long at) {
        boolean stays = before != null
                && next != null
                && next.spec().account().equals(before.spec().account());
        if (before != null && !stays)
            Objects.requireNonNull(owners.remove(before.id())).forget(before);
        if (next == null) return;
        var owner = owned(next.id(), next.spec().account());
        owner.put(next, at);
        if (before != null && stays) owner.forgetRest(before, next);
    }

    private void restored(@Nullable Instance before, @Nullable Instance next, long at) {
        boolean stays = before != null
                && next != null
                && next.spec().account().equals(before.spec().account());
        if (before != null && !stays)
            Objects.requireNonNull(owners.remove(before.id())).forget(before);
        if (next == null) return;
        var owner = owned(next.id(), next.spec().account());
        owner.put(next, at);
        if (before != null && stays) owner.forgetRest(before, next);
    }

    private Holdings owned(EntityId id, String account) {
        return owners.computeIfAbsent(id, unowned -> holdings(account));
    }

    private Holdings holdings(String account) {
        return accounts.computeIfAbsent(account, unseen -> new Holdings());
    }

    /** The offset of the last event that was applied, or -1. */
    public long offset() {
        return offset;
    }

    /** What an operator has set. */
    public Controls controls() {
        return controls;
    }

    public AccountView of(String account) {
        return new AccountView(holdings(account), past);
    }

    /** What the owner of an entity sees; nothing, if there never was one. */
    public AccountView ownerOf(EntityId id) {
        var owner = owners.get(id);
        return new AccountView(owner == null ? new Holdings() : owner, past);
    }

    /** When what has this id was made, whosever it is and whatever has become of it; empty if nothing ever was. */
    public Optional<Instant> createdAt(String id) {
        if (id.startsWith("d-")) {
            return Optional.ofNullable(disk(new DiskId(id))).map(Disk::createdAt);
        }
        if (id.startsWith("i-")) {
            return Optional.ofNullable(instance(new InstanceId(id))).map(Instance::createdAt);
        }
        return everSnapshot(new SnapshotId(id))
                .map(taken -> taken.snapshot().begun().at());
    }

    /** A snapshot, whosever it is; also one that was deleted, as it last was. */
    public Optional<SnapshotOf> everSnapshot(SnapshotId id) {
        return accounts.values().stream()
                .flatMap(holdings -> Optional.ofNullable(holdings.snapshots.get(id)).stream())
                .findFirst();
    }

    /** All snapshots that ever were, each with its place in lists. */
    public Stream<Listed<SnapshotOf>> placedSnapshots() {
        return accounts.values().stream().flatMap(holdings -> holdings.snapshots.placed());
    }

    /** Has ever been issued, to whomever. */
    public boolean knows(EntityId id) {
        return owners.containsKey(id);
    }

    public @Nullable Disk disk(DiskId id) {
        var owner = owners.get(id);
        return owner == null ? null : owner.disks.get(id);
    }

    public @Nullable Instance instance(InstanceId id) {
        var owner = owners.get(id);
        return owner == null ? null : owner.instances.get(id);
    }

    public Stream<Disk> disks() {
        return accounts.values().stream().flatMap(holdings -> holdings.disks.all());
    }

    public Stream<Instance> instances() {
        return accounts.values().stream().flatMap(holdings -> holdings.instances.all());
    }

    /** All disks that ever were, each with its place in lists. */
    public Stream<Listed<Disk>> placedDisks() {
        return accounts.values().stream().flatMap(holdings -> holdings.disks.placed());
    }

    /** All instances that ever were, each with its place in lists. */
    public Stream<Listed<Instance>> placedInstances() {
        return accounts.values().stream().flatMap(holdings -> holdings.instances.placed());
    }

    public int diskCount() {
        return accounts.values().stream()
                .mapToInt(holdings -> holdings.disks.shownCount())
                .sum();
    }

    public int instanceCount() {
        return accounts.values().stream()
                .mapToInt(holdings -> holdings.instances.shownCount())
                .sum();
    }
}
