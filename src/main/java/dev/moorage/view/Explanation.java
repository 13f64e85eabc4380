package dev.moorage.view;

import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why something is as it is.
 *
 * @param stay in the status that it is in
 * @param disk the disk, if it is one
 * @param instance the instance, or the one that the disk is on
 * @param interference what rules did to calls about it; null if nothing
 * @param asOf simulated time that is taken for now
 */
public record Explanation(
        EntityId entity,
        Stay stay,
        @Nullable Disk disk,
        @Nullable Instance instance,
        Waiting waiting,
        @Nullable Interference interference,
        Instant asOf,
        List<Discrepancy> discrepancies) {

    /** What there is to say of {@code id}; nothing if it was never there. */
    public static Optional<Explanation> of(Chronicle chronicle, EntityId id, Instant asOf) {
        return Optional.ofNullable(chronicle.stay(id))
                .filter(stay -> chronicle.world().knows(id))
                .map(stay -> of(chronicle.world(), id, stay, chronicle.interference(id), asOf));
    }

    /** What there is to say of {@code id}, which is there, and since when it has been as it is. */
    public static Explanation of(
            World world, EntityId id, Stay stay, @Nullable Interference interference, Instant asOf) {
        return id instanceof DiskId disk
                ? ofDisk(world, Objects.requireNonNull(world.disk(disk)), stay, interference, asOf)
                : ofInstance(world, Objects.requireNonNull(world.instance((InstanceId) id)), stay, interference, asOf);
    }

    private static Explanation ofDisk(
            World world, Disk disk, Stay stay, @Nullable Interference interference, Instant asOf) {
        var attachment = disk.attachment();
        var instance = attachment == null ? null : world.instance(attachment.instanceId());
        var discrepancies = Stream.concat(
                        Discrepancy.of(world, disk),
                        world.instances()
                                .sorted(Comparator.comparing(Instance::id))
                                .flatMap(other -> Discrepancy.of(world, other))
                                .filter(discrepancy -> discrepancy.diskId().equals(disk.id())))
                .toList();
        return new Explanation(
                disk.id(), stay, disk, instance, Waiting.of(world, disk), interference, asOf, discrepancies);
    }

    private static Explanation ofInstance(
            World world, Instance instance, Stay stay, @Nullable Interference interference, Instant asOf) {
        var discrepancies = Stream.concat(
                        Discrepancy.of(world, instance),
                        world.disks()
                                .filter(disk -> disk.isAttachedTo(instance.id()))
                                .sorted(Comparator.comparing(Disk::id))
                                .flatMap(disk -> Discrepancy.of(world, disk)))
                .toList();
        return new Explanation(
                instance.id(), stay, null, instance, Waiting.of(instance), interference, asOf, discrepancies);
    }

    /** Waits for a time that has passed. */
    public boolean isOverdue() {
        return waiting.isOverdue(asOf);
    }
}
