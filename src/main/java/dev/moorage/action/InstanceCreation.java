package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;

/** The making of an instance, with the disks that are planned in its slots. */
public non-sealed interface InstanceCreation extends ForInstance {
    InstanceEvent.Creating create(Conditions conditions);

    /** The answer if the instance was made before. */
    Outcome repeated(Instance instance);
}
