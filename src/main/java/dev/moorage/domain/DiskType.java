package dev.moorage.domain;

public enum DiskType {
    SYSTEM("system"),
    DATA("data");

    private final String wire;

    DiskType(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }
}
