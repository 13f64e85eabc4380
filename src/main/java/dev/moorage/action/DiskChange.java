package dev.moorage.action;

import dev.moorage.domain.Disk;

/** A change to a disk that is there. */
public non-sealed interface DiskChange extends ForDisk {
    /** Whether it can also be made to a disk that was released: it is about what outlives the disk. */
    default boolean outlivesTheDisk() {
        return false;
    }

    Decision decide(Disk disk, Conditions conditions);
}
