package dev.moorage.domain;

/** The id of the simulation's own history: what was done to its time and its rules. There is one. */
public enum ControlsId implements EntityId {
    CONTROLS;

    public static final String KIND = "Controls";

    @Override
    public String value() {
        return "controls";
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String toString() {
        return value();
    }
}
