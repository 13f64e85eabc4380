package dev.moorage.domain;

/** The id of a snapshot, such as {@code s-bp199lyny9b3****}. What happens to it stands in the history of its disk. */
public record SnapshotId(String value) implements Comparable<SnapshotId> {
    @Override
    public int compareTo(SnapshotId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
