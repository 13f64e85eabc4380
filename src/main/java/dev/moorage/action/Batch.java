package dev.moorage.action;

import java.util.List;

/** A change in several parts, each to an entity of its own. It is done when all are. */
public non-sealed interface Batch extends Change {
    List<? extends Change> parts();
}
