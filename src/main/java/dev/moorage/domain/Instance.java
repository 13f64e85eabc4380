package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An instance at one moment.
 *
 * @param slots its devices, in the order in which they were taken
 * @param transition the change under way, if its status is a transient one; of a released instance, its release
 * @param startedAt when it last began to run
 * @param staysStopped does not start by itself once it is there
 * @param leaving devices whose disks were replaced, and are yet to go
 * @param tokens the client tokens that were used on it and are still remembered
 * @param stopsCharging is not paid for while it is stopped, or will not be once it is
 */
@RecordBuilder
public record Instance(
        InstanceId id,
        InstanceSpec spec,
        InstanceStatus status,
        List<LockReason> locks,
        List<Slot> slots,
        @Nullable Transition transition,
        Instant createdAt,
        @Nullable Instant startedAt,
        boolean staysStopped,
        List<Slot> leaving,
        List<ClientToken> tokens,
        boolean stopsCharging)
        implements InstanceBuilder.With {

    /** Beside the system disk. */
    public static final int MAX_DATA_DISKS = 16;

    /** What says nothing is not written to the journal, and comes back from there as null. */
    public Instance {
        leaving = leaving == null ? List.of() : List.copyOf(leaving);
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
    }

    /** An instance on which nothing unusual is going on. */
    public Instance(
            InstanceId id,
            InstanceSpec spec,
            InstanceStatus status,
            List<LockReason> locks,
            List<Slot> slots,
            @Nullable Transition transition,
            Instant createdAt,
            @Nullable Instant startedAt) {
        this(id, spec, status, locks, slots, transition, createdAt, startedAt, false, List.of(), List.of(), false);
    }

    /** When something is due by itself; null if nothing is. */
    public @Nullable Instant deadline() {
        return transition != null && status.isTransient() ? transition.due() : null;
    }

    public boolean isReleased() {
        return status == InstanceStatus.RELEASED;
    }

    /** Has more to do by itself: a status that moves on, or disks that are still to be let go. */
    public boolean isInTransition() {
        return status.isTransient() || (isReleased() && !slots.isEmpty()) || !leaving.isEmpty();
    }

    public boolean isLockedForSecurity() {
        return locks.contains(LockReason.SECURITY);
    }

    /** Overdue, or expired. */
    public boolean isLockedForPayment() {
        return locks.contains(LockReason.FINANCIAL);
    }

    public boolean isRunningOrStopped() {
        return status == InstanceStatus.RUNNING || status == InstanceStatus.STOPPED;
    }

    /** The device of the system disk, if it has one. */
    public Optional<Slot> systemSlot() {
        return slots.stream()
                .filter(slot -> slot.device().equals(Device.SYSTEM))
                .findFirst();
    }

    /** Has a device for this disk by this reservation, or had one and waits for the disk to go. */
    public boolean keeps(DiskId disk, String reservation) {
        return Stream.concat(slots.stream(), leaving.stream()).anyMatch(slot -> slot.isFor(disk, reservation));
    }

    public List<Slot> dataSlots() {
        return slots.stream()
                .filter(slot -> !slot.device().equals(Device.SYSTEM))
                .toList();
    }

    /** As it is, but whatever is under way ends so much later. */
    public Instance later(Duration by) {
        return transition != null && status.isTransient() ? withTransition(transition.later(by)) : this;
    }

    /** As it is, but what one of these incidents has changed the course of ends then, as at its end. */
    public Instance freed(Predicate<String> incidents, Instant due) {
        if (transition == null || !status.isTransient()) return this;
        return transition
                .begun()
                .holder()
                .filter(incidents)
                .map(incident -> withTransition(transition.rescheduled(due, incident)))
                .orElse(this);
    }

    Instance in(InstanceStatus next, @Nullable Transition underWay) {
        return withStatus(next).withTransition(underWay);
    }

    Instance running(Instant at) {
        return in(InstanceStatus.RUNNING, null).withStartedAt(at);
    }

    Instance reserving(Slot slot) {
        var next = new ArrayList<>(slots);
        next.add(slot);
        return withSlots(List.copyOf(next));
    }

    Instance freeing(DiskId disk, String reservation) {
        return withSlots(without(slots, disk, reservation)).withLeaving(without(leaving, disk, reservation));
    }

    private static List<Slot> without(List<Slot> slots, DiskId disk, String reservation) {
        return slots.stream().filter(slot -> !slot.isFor(disk, reservation)).toList();
    }

    Instance built() {
        return withSlots(slots.stream().map(Slot::built).toList());
    }

    /** The new disk takes the first place, as the one before had. */
    Instance replacingTheSystemDisk(Slot by, String imageId) {
        var next = new ArrayList<Slot>();
        var gone = new ArrayList<>(leaving);
        next.add(by);
        for (var slot : slots) (slot.device().equals(by.device()) ? gone : next).add(slot);
        return withSlots(List.copyOf(next)).withLeaving(gone).withSpec(spec.withImageId(imageId));
    }

    Instance having(@Nullable ClientToken token) {
        return token == null ? this : withTokens(ClientToken.remember(tokens, token));
    }
}
