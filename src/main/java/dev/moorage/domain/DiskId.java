package dev.moorage.domain;

/** The id of a disk, such as {@code d-23jbf2v5m}. */
public record DiskId(String value) implements EntityId, Comparable<DiskId> {
    public static final String KIND = "Disk";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int compareTo(DiskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
