package dev.moorage.view;

import dev.moorage.domain.Attachment;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place where what an instance keeps and what a disk says do not agree. Since the two have histories of their own,
 * they do not agree for a moment at every attach and detach.
 *
 * @param entity whose claim has no match
 * @param heals goes away by itself: the disk is about to answer, or the instance asks it once a server starts
 */
public record Discrepancy(EntityId entity, DiskId diskId, boolean heals, String text) {

    /** Devices that an instance keeps, and whose disks say otherwise. */
    public static Stream<Discrepancy> of(World world, Instance instance) {
        Map<String, DiskId> held = new HashMap<>();
        var left = instance.leaving().stream()
                .map(slot -> slot(instance, slot, true, "is yet to go, since another disk has its place"));
        return Stream.concat(left, instance.slots().stream().flatMap(slot -> {
            var disk = world.disk(slot.diskId());
            var attachment = disk == null ? null : disk.attachment();
            if (disk == null || attachment == null || !disk.holds(slot.reservation())) {
                return Stream.of(unheld(instance, slot, disk));
            }
            var other = held.putIfAbsent(slot.device(), slot.diskId());
            return Stream.of(
                            misplaced(instance, slot, attachment), doubled(instance, slot, other), late(instance, slot))
                    .flatMap(Optional::stream);
        }));
    }

    private static Discrepancy unheld(Instance instance, Slot slot, @Nullable Disk disk) {
        String why = disk == null
                ? slot.plan() == null ? "was never made" : "is not made yet"
                : "is " + disk.status().wire() + " and does not hold it";
        // The disk is told again to be, or, if it was there once, asked.
        return slot(instance, slot, true, why);
    }

    private static Optional<Discrepancy> misplaced(Instance instance, Slot slot, Attachment attachment) {
        if (attachment.instanceId().equals(instance.id()) && attachment.device().equals(slot.device()))
            return Optional.empty();
        return Optional.of(slot(
                instance,
                slot,
                false,
                "holds it by the same request as " + attachment.device() + " of " + attachment.instanceId()));
    }

    private static Optional<Discrepancy> doubled(Instance instance, Slot slot, @Nullable DiskId other) {
        return Optional.ofNullable(other)
                .map(before -> slot(instance, slot, false, "holds it, as " + before + " does"));
    }

    private static Optional<Discrepancy> late(Instance instance, Slot slot) {
        return instance.isReleased()
                ? Optional.of(slot(instance, slot, true, "is still on it, though the instance is released"))
                : Optional.empty();
    }

    private static Discrepancy slot(Instance instance, Slot slot, boolean heals, String why) {
        return new Discrepancy(
                instance.id(),
                slot.diskId(),
                heals,
                instance.id() + " keeps " + slot.device() + " for " + slot.diskId() + ", which " + why);
    }

    /** An attachment that its instance knows nothing of. No one looks for it: an instance asks only disks it lists. */
    public static Optional<Discrepancy> of(World world, Disk disk) {
        var attachment = disk.attachment();
        if (attachment == null) return Optional.empty();
        InstanceId id = attachment.instanceId();
        var instance = world.instance(id);
        boolean kept = instance != null && instance.keeps(disk.id(), attachment.reservation());
        if (kept) return Optional.empty();
        String why = instance == null ? "which was never made" : "which keeps no device for it";
        return Optional.of(new Discrepancy(
                disk.id(), disk.id(), false, disk.id() + " is on " + id + " as " + attachment.device() + ", " + why));
    }
}
