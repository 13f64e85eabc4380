package dev.moorage.view;

import dev.moorage.domain.Attachment;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Mount;
import dev.moorage.domain.Slot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A disk and an instance that an event brings together, or would have. */
public record Tie(DiskId diskId, InstanceId instanceId) {
    public static Stream<Tie> in(EntityId id, Event event) {
        if (id instanceof DiskId disk) {
            return attachments(event).map(attachment -> new Tie(disk, attachment.instanceId()));
        }
        if (!(id instanceof InstanceId instance)) return Stream.empty();
        if (event instanceof InstanceEvent.SlotReserved reserved) {
            return Stream.of(new Tie(reserved.diskId(), instance));
        }
        return slots(event).stream().map(slot -> new Tie(slot.diskId(), instance));
    }

    private static Stream<Attachment> attachments(Event event) {
        if (event instanceof DiskEvent.Provisioned provisioned)
            return provisioned.disk().mounts().stream().map(Mount::attachment);
        if (event instanceof DiskEvent.Creating creating) return Stream.ofNullable(creating.attachment());
        return event instanceof DiskEvent.Attaching attaching ? Stream.of(attaching.attachment()) : Stream.empty();
    }

    private static List<Slot> slots(Event event) {
        if (event instanceof InstanceEvent.Provisioned provisioned)
            return provisioned.instance().slots();
        if (event instanceof InstanceEvent.SystemDiskReplaced replaced) return List.of(replaced.by());
        return event instanceof InstanceEvent.Creating creating ? creating.slots() : List.of();
    }

    /** The one at the other end; empty if {@code id} is at neither. */
    public Optional<EntityId> otherThan(EntityId id) {
        if (diskId.equals(id)) return Optional.of(instanceId);
        return instanceId.equals(id) ? Optional.of(diskId) : Optional.empty();
    }
}
