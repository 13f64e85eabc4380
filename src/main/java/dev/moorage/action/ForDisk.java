package dev.moorage.action;

import dev.moorage.domain.DiskId;

/** A change that a disk decides. */
public sealed interface ForDisk extends Change permits DiskChange, DiskCreation {
    DiskId diskId();
}
