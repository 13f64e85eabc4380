package dev.moorage.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Snapshot;
import dev.moorage.view.SnapshotOf;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A disk, an instance or a snapshot, as a row in a list.
 *
 * @param place where it stands among those of its kind
 * @param status as callers see it, and one more for what is gone
 * @param until when that ends by itself, if it does
 * @param attachment where a disk is
 * @param diskId what a snapshot is of
 */
record Resource(
        Kind kind,
        String id,
        long place,
        String account,
        String status,
        String name,
        String zone,
        @Nullable Instant until,
        @Nullable Attachment attachment,
        @Nullable DiskId diskId) {

    /** In the order of lists. */
    enum Kind {
        DISK,
        INSTANCE,
        SNAPSHOT;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final List<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::wire).toList();

    /** Oldest first. */
    static final Comparator<Resource> ORDER =
            Comparator.comparing(Resource::kind).thenComparing(Resource::place);

    private static final String RELEASED = DiskStatus.RELEASED.wire();
    private static final String DELETED = "deleted";

    static final List<String> STATUSES = Stream.of(
                    Arrays.stream(DiskStatus.values()).map(DiskStatus::wire),
                    Arrays.stream(InstanceStatus.values()).map(InstanceStatus::wire),
                    Stream.of(Snapshot.PROGRESSING, Snapshot.ACCOMPLISHED, DELETED))
            .flatMap(statuses -> statuses)
            .distinct()
            .toList();

    /** All that ever were, in no particular order. */
    static Stream<Resource> all(World world) {
        return Stream.of(
                        world.placedDisks().map(disk -> of(disk.thing(), disk.place())),
                        world.placedInstances().map(instance -> of(instance.thing(), instance.place())),
                        world.placedSnapshots().map(taken -> of(world, taken.thing(), taken.place())))
                .flatMap(resources -> resources);
    }

    static Optional<Resource> find(World world, String id) {
        return all(world).filter(resource -> resource.id().equals(id)).findFirst();
    }

    private static Resource of(Disk disk, long place) {
        return new Resource(
                Kind.DISK,
                disk.id().value(),
                place,
                disk.spec().account(),
                disk.status().wire(),
                disk.spec().name(),
                disk.spec().zoneId(),
                disk.deadline(),
                disk.attachment(),
                null);
    }

    private static Resource of(Instance instance, long place) {
        return new Resource(
                Kind.INSTANCE,
                instance.id().value(),
                place,
                instance.spec().account(),
                instance.status().wire(),
                instance.spec().name(),
                instance.spec().zoneId(),
                instance.deadline(),
                null,
                null);
    }

    private static Resource of(World world, SnapshotOf taken, long place) {
        var snapshot = taken.snapshot();
        var spec = Objects.requireNonNull(world.disk(taken.diskId())).spec();
        boolean isThere = world.ownerOf(taken.diskId()).snapshot(snapshot.id()) != null;
        String status = snapshot.isAccomplished() ? Snapshot.ACCOMPLISHED : Snapshot.PROGRESSING;
        return new Resource(
                Kind.SNAPSHOT,
                snapshot.id().value(),
                place,
                spec.account(),
                isThere ? status : DELETED,
                snapshot.name(),
                spec.zoneId(),
                isThere && !snapshot.isAccomplished() ? snapshot.due() : null,
                null,
                taken.diskId());
    }

    boolean isGone() {
        return status.equals(RELEASED) || status.equals(DELETED);
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("kind", kind.wire())
                .put("account", account)
                .put("status", status)
                .put("name", name)
                .put("zone", zone);
        if (until != null) json.put("until", until.toString());
        if (attachment != null) {
            json.put("instanceId", attachment.instanceId().value()).put("device", attachment.device());
        }
        if (diskId != null) json.put("diskId", diskId.value());
        return json;
    }
}
