package dev.moorage.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.journal.EventCodec;
import dev.moorage.view.World;
import org.jspecify.annotations.Nullable;

/**
 * A disk or an instance at one moment, for tools that do not mind which.
 *
 * @param attachment where a disk is
 * @param state the {@link Disk} or {@link Instance}
 */
record Entity(EntityId id, Status status, @Nullable Attachment attachment, Object state) {
    static final String DISK = "disk";
    static final String INSTANCE = "instance";

    static Entity of(Disk disk) {
        return new Entity(disk.id(), Status.of(disk.status()), disk.attachment(), disk);
    }

    static Entity of(Instance instance) {
        return new Entity(instance.id(), Status.of(instance.status()), null, instance);
    }

    /** What an entity is in a world, or null if it is not there. */
    static @Nullable Entity in(World world, EntityId id) {
        if (id instanceof DiskId diskId) {
            var disk = world.disk(diskId);
            return disk == null ? null : of(disk);
        }
        var instance = id instanceof InstanceId instanceId ? world.instance(instanceId) : null;
        return instance == null ? null : of(instance);
    }

    /**
     * Reads an id, whether or not there is such a thing.
     *
     * @throws BadInput if it can be the id of nothing
     */
    static EntityId id(String text) {
        if (text.startsWith("d-")) return new DiskId(text);
        if (text.startsWith("i-")) return new InstanceId(text);
        if (text.startsWith("s-")) {
            throw new BadInput(
                    text + " is a snapshot: what happens to it stands in the history of the disk that it is of,"
                            + " which journal events --event disk.snapshot-creating tells");
        }
        throw new BadInput("An id begins with d- (a disk) or i- (an instance), not " + text);
    }

    static String kind(EntityId id) {
        if (id instanceof ControlsId) return ControlsId.CONTROLS.value();
        return id instanceof DiskId ? DISK : INSTANCE;
    }

    /** For people: which it is, and what. */
    static String named(EntityId id) {
        if (id instanceof ControlsId) return "the controls";
        return id instanceof DiskId ? id + ", a disk" : id + ", an instance";
    }

    /** The beginning of every object that tells of an entity. */
    static ObjectNode json(EntityId id) {
        return JsonNodeFactory.instance.objectNode().put("id", id.value()).put("kind", kind(id));
    }

    JsonNode tree() {
        return EventCodec.tree(state);
    }

    boolean isOn(EntityId instance) {
        return state instanceof Disk disk && instance instanceof InstanceId id && disk.isAttachedTo(id);
    }

    /** For people: the instance and the device that a disk is on, or a hyphen. */
    String place() {
        return attachment == null ? "-" : attachment.instanceId() + " " + attachment.device();
    }
}
