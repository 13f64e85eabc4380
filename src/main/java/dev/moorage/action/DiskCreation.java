package dev.moorage.action;

import dev.moorage.domain.DiskEvent;

/** The making of a disk. */
public non-sealed interface DiskCreation extends ForDisk {
    DiskEvent create(Conditions conditions);
}
