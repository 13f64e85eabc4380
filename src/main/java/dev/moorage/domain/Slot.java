package dev.moorage.domain;

import org.jspecify.annotations.Nullable;

/**
 * A device of an instance and the disk it is kept for.
 *
 * @param reservation the request that reserved it
 * @param plan the disk to make for it, while the instance is being created
 */
public record Slot(
        DiskId diskId,
        String device,
        String reservation,
        @Nullable Plan plan) {

    /** A disk that is created together with its instance. */
    public record Plan(DiskSpec spec, boolean deleteWithInstance) {}

    public boolean isFor(DiskId disk, String byReservation) {
        return diskId.equals(disk) && reservation.equals(byReservation);
    }

    Slot built() {
        return new Slot(diskId, device, reservation, null);
    }
}
