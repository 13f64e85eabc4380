package dev.moorage.view;

import dev.moorage.domain.Attachment;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A disk and an instance that an event brings together, or would have. */
public record Tie(DiskId diskId, InstanceId instanceId) {
    public static Stream<Tie> in(EntityId id, Event event) {
        if (id instanceof DiskId disk) {
            return attachment(event).stream().map(attachment -> new Tie(disk, attachment.instanceId()));
        }
        var instance = (InstanceId) id;
        if (event instanceof InstanceEvent.SlotReserved reserved) {
            return Stream.of(new Tie(reserved.diskId(), instance));
        }
        return slots(event).stream().map(slot -> new Tie(slot.diskId(), instance));
    }

    private static Optional<Attachment> attachment(Event event) {
        @Nullable Attachment attachment = null;
        if (event instanceof DiskEvent.Provisioned provisioned)
            attachment = provisioned.disk().attachment();
        if (event instanceof DiskEvent.Creating creating) attachment = creating.attachment();
        if (event instanceof DiskEvent.Attaching attaching) attachment = attaching.attachment();
        return Optional.ofNullable(attachment);
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
