package dev.moorage.view;

import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Story;
import dev.moorage.domain.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has to come before something becomes anything else than it is. */
public sealed interface Waiting {
    /** Time: it becomes {@code next} by itself. */
    record ForDeadline(Instant due, String next) implements Waiting {}

    /** A call: one of these, which are those that it takes as it is. There may be none that it takes. */
    record ForCall(List<String> actions) implements Waiting {}

    /** Its instance, which takes no calls as it is. */
    record ForInstance(
            InstanceId instanceId, String status, @Nullable Instant due) implements Waiting {}

    /** Its disks, which are still to be let go. */
    record ForDisks(List<DiskId> diskIds) implements Waiting {}

    /**
     * An operator's hand: it becomes {@code next} when one ends it.
     *
     * @param begun the story of how it came to wait; its stamp names who holds it up, if that is a rule
     */
    record ForHand(String next, Story begun) implements Waiting {}

    /** In a status that moves on by itself, and nothing says when. */
    record ForNobody() implements Waiting {}

    /** Gone for good. */
    record ForNothing() implements Waiting {}

    /** For a time that has passed. */
    default boolean isOverdue(Instant asOf) {
        return this instanceof ForDeadline deadline && deadline.due().isBefore(asOf);
    }

    /** A snapshot that is there. */
    static Waiting of(Snapshot snapshot) {
        if (snapshot.isAccomplished()) return new ForCall(List.of());
        return snapshot.due() == null
                ? new ForHand(Snapshot.ACCOMPLISHED, snapshot.begun())
                : new ForDeadline(snapshot.due(), Snapshot.ACCOMPLISHED);
    }

    static Waiting of(World world, Disk disk) {
        return switch (disk.status()) {
            case CREATING ->
                forEnd(disk.transition(), disk.attachment() == null ? DiskStatus.AVAILABLE : DiskStatus.IN_USE);
            case ATTACHING, RE_INITING -> forEnd(disk.transition(), DiskStatus.IN_USE);
            case DETACHING ->
                forEnd(disk.transition(), disk.others().isEmpty() ? DiskStatus.AVAILABLE : DiskStatus.IN_USE);
            case AVAILABLE -> new ForCall(onNoInstance(disk));
            case IN_USE -> onItsInstance(world, disk);
            case RELEASED -> new ForNothing();
        };
    }

    private static List<String> onNoInstance(Disk disk) {
        if (!canMove(disk)) return List.of();
        return disk.snapshotInProgress().isPresent() ? List.of("AttachDisk") : List.of("AttachDisk", "DeleteDisk");
    }

    private static Waiting onItsInstance(World world, Disk disk) {
        var attachment = disk.attachment();
        var instance = attachment == null ? null : world.instance(attachment.instanceId());
        if (instance == null) return new ForCall(List.of());
        if (!instance.isRunningOrStopped() && !disk.hasRoom()) {
            return new ForInstance(instance.id(), instance.status().wire(), instance.deadline());
        }
        var actions = new ArrayList<String>();
        if (disk.hasRoom()) actions.add("AttachDisk");
        boolean letsGo = instance.isRunningOrStopped() && !instance.isLockedForSecurity();
        if (canMove(disk) && letsGo) actions.add("DetachDisk");
        if (canBeOverwritten(disk, instance)) {
            if (!disk.spec().multiAttach() && isSourceThere(world, disk)) actions.add("ReInitDisk");
            if (!disk.snapshots().isEmpty()) actions.add("ResetDisk");
        }
        if (canBeDeleted(instance)) actions.add("DeleteInstance");
        return new ForCall(List.copyOf(actions));
    }

    static Waiting of(Instance instance) {
        return switch (instance.status()) {
            case PENDING ->
                forEnd(
                        instance.transition(),
                        instance.staysStopped() ? InstanceStatus.STOPPED : InstanceStatus.STARTING);
            case STARTING -> forEnd(instance.transition(), InstanceStatus.RUNNING);
            case STOPPING -> forEnd(instance.transition(), InstanceStatus.STOPPED);
            case RUNNING -> calls(instance, List.of("StopInstance", "RebootInstance"));
            case STOPPED -> calls(instance, instance.isLockedForPayment() ? List.of() : List.of("StartInstance"));
            case RELEASED ->
                instance.isInTransition()
                        ? new ForDisks(Stream.concat(instance.leaving().stream(), instance.slots().stream())
                                .map(Slot::diskId)
                                .toList())
                        : new ForNothing();
        };
    }

    private static Waiting calls(Instance instance, List<String> ofPower) {
        var actions = new ArrayList<String>();
        if (!instance.isLockedForSecurity()) {
            actions.addAll(ofPower);
            if (instance.dataSlots().size() < Instance.MAX_DATA_DISKS) actions.add("AttachDisk");
            if (!instance.dataSlots().isEmpty()) actions.add("DetachDisk");
        }
        if (canBeDeleted(instance)) actions.add("DeleteInstance");
        return new ForCall(List.copyOf(actions));
    }

    private static boolean canMove(Disk disk) {
        return disk.spec().type() == DiskType.DATA && disk.spec().portable();
    }

    private static boolean canBeOverwritten(Disk disk, Instance instance) {
        return instance.status() == InstanceStatus.STOPPED
                && !instance.isLockedForSecurity()
                && !instance.isLockedForPayment()
                && disk.snapshotInProgress().isEmpty()
                && disk.taskUnderWay().isEmpty()
                && !disk.spec().isLocal();
    }

    private static boolean isSourceThere(World world, Disk disk) {
        String source = disk.spec().sourceSnapshotId();
        return source.isEmpty() || world.of(disk.spec().account()).snapshot(new SnapshotId(source)) != null;
    }

    private static boolean canBeDeleted(Instance instance) {
        boolean isPaidFor = instance.spec().chargeType() == ChargeType.PRE_PAID && !instance.isLockedForPayment();
        return !instance.spec().deletionProtection() && !isPaidFor;
    }

    private static Waiting forEnd(@Nullable Transition transition, DiskStatus next) {
        return forEnd(transition, next.wire());
    }

    private static Waiting forEnd(@Nullable Transition transition, InstanceStatus next) {
        return forEnd(transition, next.wire());
    }

    private static Waiting forEnd(@Nullable Transition transition, String next) {
        if (transition == null) return new ForNobody();
        return transition.due() == null
                ? new ForHand(next, transition.begun())
                : new ForDeadline(transition.due(), next);
    }
}
