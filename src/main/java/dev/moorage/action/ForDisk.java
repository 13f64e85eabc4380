package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;

/** A change that a disk decides. */
public sealed interface ForDisk extends Change permits DiskChange, DiskCreation {
    DiskId diskId();

    /** The answer if nothing rejects the change, by what the disk has become with it. */
    default Outcome.Success success(Disk disk) {
        return success();
    }
}
