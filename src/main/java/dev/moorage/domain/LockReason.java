package dev.moorage.domain;

/** Why an instance is locked. Only {@link #SECURITY} keeps a disk from being detached. */
public enum LockReason {
    FINANCIAL("financial"),
    SECURITY("security"),
    RECYCLING("recycling"),
    DEDICATED_HOST_FINANCIAL("dedicatedhostfinancial"),
    REFUNDED("refunded");

    private final String wire;

    LockReason(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }
}
