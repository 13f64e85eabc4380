package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;

import dev.moorage.contract.ErrorCode;
import dev.moorage.domain.Disk;
import dev.moorage.domain.Instance;
import dev.moorage.view.AccountView;
import java.util.Optional;

/** A change to a disk in which the instance has a say, if the disk is on one: it goes through that instance then. */
interface GatedDiskChange extends DiskChange {
    /** What the instance has against it. */
    Optional<ErrorCode> objection(Instance instance, Conditions conditions);

    /** Was made to the disk before: the instance is not asked again, whatever it has become since. */
    default boolean isRepeated(Disk disk, Conditions conditions) {
        return false;
    }

    /** The disk's part, on an instance that has no objection or on none. */
    Decision decideAdmitted(Disk disk, Conditions conditions);

    @Override
    default Change routed(AccountView view) {
        var disk = view.disk(diskId());
        var attachment = disk == null ? null : disk.attachment();
        return disk == null || attachment == null ? this : new ThroughInstance(this, attachment.instanceId(), disk);
    }

    /** By the time that it gets to the disk, the disk can be on an instance that was not asked. */
    @Override
    default Decision decide(Disk disk, Conditions conditions) {
        return disk.attachment() == null ? decideAdmitted(disk, conditions) : Decision.reject(INCORRECT_DISK_STATUS);
    }
}
