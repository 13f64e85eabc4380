package dev.moorage.domain;

public enum InstanceStatus {
    PENDING("Pending"),
    STARTING("Starting"),
    RUNNING("Running"),
    STOPPING("Stopping"),
    STOPPED("Stopped"),
    /** Gone, and remembered: callers never see it. */
    RELEASED("Released");

    private final String wire;

    InstanceStatus(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    /** Moves on by itself. */
    public boolean isTransient() {
        return this == PENDING || this == STARTING || this == STOPPING;
    }
}
