package dev.moorage.view;

import dev.moorage.domain.DiskId;
import dev.moorage.domain.Snapshot;

/** A snapshot, and the disk that it is of. */
public record SnapshotOf(DiskId diskId, Snapshot snapshot) {}
