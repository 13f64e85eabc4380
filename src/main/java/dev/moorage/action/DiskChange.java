package dev.moorage.action;

import dev.moorage.domain.Disk;

/** A change to a disk that is there. */
public non-sealed interface DiskChange extends ForDisk {
    Decision decide(Disk disk, Conditions conditions);
}
