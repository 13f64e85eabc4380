package dev.moorage.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance at one moment.
 *
 * @param slots its devices, in the order in which they were taken
 * @param transition the change under way, if its status is a transient one; of a released instance, its release
 * @param startedAt when it last began to run
 */
public record Instance(
        InstanceId id,
        InstanceSpec spec,
        InstanceStatus status,
        List<LockReason> locks,
        List<Slot> slots,
        @Nullable Transition transition,
        Instant createdAt,
        @Nullable Instant startedAt) {

    /** Beside the system disk. */
    public static final int MAX_DATA_DISKS = 16;

    /** When something is due by itself; null if nothing is. */
    public @Nullable Instant deadline() {
        return transition != null && status.isTransient() ? transition.due() : null;
    }

    public boolean isReleased() {
        return status == InstanceStatus.RELEASED;
    }

    /** Has more to do by itself: a status that moves on, or disks that are still to be let go. */
    public boolean isInTransition() {
        return status.isTransient() || (isReleased() && !slots.isEmpty());
    }

    public boolean isLockedForSecurity() {
        return locks.contains(LockReason.SECURITY);
    }

    public boolean isRunningOrStopped() {
        return status == InstanceStatus.RUNNING || status == InstanceStatus.STOPPED;
    }

    public List<Slot> dataSlots() {
        return slots.stream()
                .filter(slot -> !slot.device().equals(Device.SYSTEM))
                .toList();
    }

    Instance in(InstanceStatus next, @Nullable Transition underWay) {
        return new Instance(id, spec, next, locks, slots, underWay, createdAt, startedAt);
    }

    Instance running(Instant at) {
        return new Instance(id, spec, InstanceStatus.RUNNING, locks, slots, null, createdAt, at);
    }

    Instance reserving(Slot slot) {
        var next = new ArrayList<>(slots);
        next.add(slot);
        return withSlots(List.copyOf(next));
    }

    Instance freeing(DiskId disk, String reservation) {
        return withSlots(
                slots.stream().filter(slot -> !slot.isFor(disk, reservation)).toList());
    }

    Instance built() {
        return withSlots(slots.stream().map(Slot::built).toList());
    }

    private Instance withSlots(List<Slot> next) {
        return new Instance(id, spec, status, locks, next, transition, createdAt, startedAt);
    }
}
