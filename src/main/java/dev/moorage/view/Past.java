package dev.moorage.view;

import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import java.time.Duration;

/** What disks and instances were a while ago. */
record Past(Recent<DiskId, Disk> disks, Recent<InstanceId, Instance> instances) {
    Past() {
        this(new Recent<>(), new Recent<>());
    }

    void keep(Duration longest) {
        disks.keep(longest);
        instances.keep(longest);
    }
}
