package dev.moorage.action;

import dev.moorage.domain.InstanceId;

/** A change that passes an instance. One that is {@link ForDisk} too goes on from there to its disk. */
public sealed interface ForInstance extends Change permits InstanceChange, InstanceCreation {
    InstanceId instanceId();
}
