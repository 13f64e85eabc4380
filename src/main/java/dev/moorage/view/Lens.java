package dev.moorage.view;

import dev.moorage.domain.Disk;
import dev.moorage.domain.Instance;
import dev.moorage.domain.LockReason;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one reader sees things, other than they are.
 *
 * @param disks which are seen so
 * @param instances likewise
 * @param statusAt the status is the one of this moment; null for the one of now
 * @param allAt everything is as it was at this moment; null for as it is
 * @param lock that instances have as well; null for none
 * @param happening what is in the history of instances as well; null for nothing
 */
public record Lens(
        Predicate<Disk> disks,
        Predicate<Instance> instances,
        @Nullable Instant statusAt,
        @Nullable Instant allAt,
        @Nullable LockReason lock,
        @Nullable Happening happening) {

    /** What happened to instances, whichever they are. */
    public record Happening(String reason, Instant at) {}

    /** Null if it is not there to be seen. */
    @Nullable Disk see(Disk disk, Past past) {
        var moment = moment();
        if (moment == null || !disks.test(disk)) return disk;
        var version = past.disks().at(disk.id(), moment);
        if (version.isEmpty()) return disk;
        var before = version.get().thing();
        if (allAt != null) return before;
        return before == null || disk.isReleased() ? disk : disk.withStatus(before.status());
    }

    /** Null if it is not there to be seen. */
    @Nullable Instance see(Instance instance, Past past) {
        if (!instances.test(instance)) return instance;
        var seen = lock == null || instance.locks().contains(lock)
                ? instance
                : instance.withLocks(Stream.concat(instance.locks().stream(), Stream.of(lock))
                        .toList());
        var moment = moment();
        if (moment == null) return seen;
        var version = past.instances().at(instance.id(), moment);
        if (version.isEmpty()) return seen;
        var before = version.get().thing();
        if (allAt != null) return before;
        return before == null || seen.isReleased() ? seen : seen.withStatus(before.status());
    }

    private @Nullable Instant moment() {
        return allAt != null ? allAt : statusAt;
    }
}
