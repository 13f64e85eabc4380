package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;

/** The making of a disk. */
public non-sealed interface DiskCreation extends ForDisk {
    DiskEvent create(Conditions conditions);

    /** The answer if the disk was made before. */
    default Outcome repeated(Disk disk) {
        return success();
    }
}
