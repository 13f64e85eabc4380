package dev.moorage.replay;

import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.InstanceStatus;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A status of a disk or of an instance.
 *
 * @param kind of what, as {@link Entity#kind} says it
 * @param name as it stands in the journal
 * @param wire as the vendor spells it, and people read it
 */
record Status(String kind, String name, String wire) {
    /** In the order of a life, disks first. */
    static final List<Status> ALL = Stream.concat(
                    Arrays.stream(DiskStatus.values()).map(Status::of),
                    Arrays.stream(InstanceStatus.values()).map(Status::of))
            .toList();

    static Status of(DiskStatus status) {
        return new Status(Entity.DISK, status.name(), status.wire());
    }

    static Status of(InstanceStatus status) {
        return new Status(Entity.INSTANCE, status.name(), status.wire());
    }

    /**
     * The vendor's spelling of a status, whatever the case it is given in.
     *
     * @throws BadInput if there is no such status
     */
    static String parse(String text) {
        return ALL.stream()
                .map(Status::wire)
                .filter(wire -> wire.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new BadInput("There is no status " + text + ": there are "
                        + ALL.stream().map(Status::wire).distinct().collect(Collectors.joining(", "))));
    }
}
