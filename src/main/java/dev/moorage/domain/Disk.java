package dev.moorage.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A disk at one moment.
 *
 * @param attachment where it is, from the first moment of attaching to the last of detaching
 * @param transition the change under way, if its status is a transient one
 * @param attachedAt when it was last attached; kept after a detach
 * @param detachedAt when it was last detached; empty while attached
 */
public record Disk(
        DiskId id,
        DiskSpec spec,
        DiskStatus status,
        boolean deleteWithInstance,
        @Nullable Attachment attachment,
        @Nullable Transition transition,
        Instant createdAt,
        @Nullable Instant attachedAt,
        @Nullable Instant detachedAt) {

    /** When something is due by itself; null if nothing is. */
    public @Nullable Instant deadline() {
        return transition == null ? null : transition.due();
    }

    public boolean isReleased() {
        return status == DiskStatus.RELEASED;
    }

    public boolean isAttachedTo(InstanceId instance) {
        return attachment != null && attachment.instanceId().equals(instance);
    }

    public boolean holds(String reservation) {
        return attachment != null && attachment.reservation().equals(reservation);
    }

    public boolean isSystemDisk() {
        return spec.type() == DiskType.SYSTEM;
    }

    Disk in(DiskStatus next, @Nullable Transition underWay) {
        return new Disk(id, spec, next, deleteWithInstance, attachment, underWay, createdAt, attachedAt, detachedAt);
    }

    Disk attaching(Attachment to, boolean deletedWithInstance, Transition underWay) {
        return new Disk(id, spec, DiskStatus.ATTACHING, deletedWithInstance, to, underWay, createdAt, null, null);
    }

    Disk attached(Instant at) {
        return new Disk(id, spec, DiskStatus.IN_USE, deleteWithInstance, attachment, null, createdAt, at, null);
    }

    Disk detaching(boolean deletedWithInstance, Transition underWay) {
        return new Disk(
                id,
                spec,
                DiskStatus.DETACHING,
                deletedWithInstance,
                attachment,
                underWay,
                createdAt,
                attachedAt,
                detachedAt);
    }

    Disk detached(Instant at, boolean deletedWithInstance) {
        return new Disk(id, spec, DiskStatus.AVAILABLE, deletedWithInstance, null, null, createdAt, attachedAt, at);
    }

    Disk outlivingItsInstance(Instant at) {
        return new Disk(
                id, spec.outlivingItsInstance(), DiskStatus.AVAILABLE, false, null, null, createdAt, attachedAt, at);
    }

    Disk released() {
        return new Disk(
                id, spec, DiskStatus.RELEASED, deleteWithInstance, null, null, createdAt, attachedAt, detachedAt);
    }
}
