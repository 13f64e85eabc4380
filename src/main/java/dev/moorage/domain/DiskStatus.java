package dev.moorage.domain;

public enum DiskStatus {
    CREATING("Creating"),
    AVAILABLE("Available"),
    ATTACHING("Attaching"),
    IN_USE("In_use"),
    DETACHING("Detaching"),
    RE_INITING("ReIniting"),
    /** Gone, and remembered: callers never see it. */
    RELEASED("Released");

    private final String wire;

    DiskStatus(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    /** Moves on by itself. */
    public boolean isTransient() {
        return this == CREATING || this == ATTACHING || this == DETACHING || this == RE_INITING;
    }

    /** On an instance or on none, and nothing is being done to it. */
    public boolean isAtRest() {
        return this == AVAILABLE || this == IN_USE;
    }

    /** Belongs to an instance: callers see InstanceId, Device and Attachments. */
    public boolean isAttached() {
        return this == ATTACHING || this == IN_USE || this == DETACHING || this == RE_INITING;
    }
}
