package dev.moorage.domain;

/** The id of something that has a history of its own. */
public sealed interface EntityId permits DiskId, InstanceId, ControlsId {
    String value();

    /** What it is the id of: with the value, the name of a history. */
    String kind();
}
