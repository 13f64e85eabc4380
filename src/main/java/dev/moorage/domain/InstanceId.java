package dev.moorage.domain;

/** The id of an instance, such as {@code i-23jggx34b}. */
public record InstanceId(String value) implements EntityId, Comparable<InstanceId> {
    public static final String KIND = "Instance";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
