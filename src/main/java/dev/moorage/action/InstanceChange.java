package dev.moorage.action;

import dev.moorage.domain.Instance;

/** A change that passes an instance that is there. */
public non-sealed interface InstanceChange extends ForInstance {
    Admission admit(Instance instance, Conditions conditions);
}
