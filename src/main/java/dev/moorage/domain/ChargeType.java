package dev.moorage.domain;

public enum ChargeType {
    POST_PAID("PostPaid"),
    PRE_PAID("PrePaid");

    private final String wire;

    ChargeType(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }
}
