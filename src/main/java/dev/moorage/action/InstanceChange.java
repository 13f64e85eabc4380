package dev.moorage.action;

import dev.moorage.domain.Instance;

/** A change that passes an instance that is there. */
public non-sealed interface InstanceChange extends ForInstance {
    /** Whether it matters which devices are free. If so, no disk that is off already still seems to hold one. */
    default boolean asksForSlots() {
        return false;
    }

    Admission admit(Instance instance, Conditions conditions);
}
