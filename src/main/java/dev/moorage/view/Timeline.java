package dev.moorage.view;

import dev.moorage.domain.Attachment;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a disk beside what happened to the instances that kept a device for it meanwhile; or to an instance,
 * beside its disks.
 */
public final class Timeline {
    /**
     * One event.
     *
     * @param entity that it happened to, or whose calls it happened to
     * @param status of its entity, after it
     * @param device that it takes or gives back, if it is about one
     * @param attachment of its disk, after it
     * @param due when that status ends by itself, if it does
     * @param ended the status that it ended, if it ended one
     * @param gap simulated time since the step before; null for the first
     */
    public record Step(
            long offset,
            EntityId entity,
            Event event,
            String status,
            @Nullable String device,
            @Nullable Attachment attachment,
            @Nullable Instant due,
            @Nullable Stay ended,
            @Nullable Duration gap) {

        /** How long what it ended had lasted. */
        public @Nullable Duration lasted() {
            return ended == null ? null : ended.lasting(event.story().at());
        }
    }

    private final Chronicle chronicle = new Chronicle();
    private final EntityId subject;
    private final Consumer<Step> steps;
    private @Nullable Instant last;

    /**
     * Empty at first.
     *
     * @param steps hears of each step as its event is applied
     */
    public Timeline(EntityId subject, Consumer<Step> steps) {
        this.subject = subject;
        this.steps = steps;
    }

    public void apply(long offset, EntityId id, Event event) {
        if (id instanceof ControlsId) {
            chronicle.apply(offset, id, event);
            if (event instanceof ControlsEvent.FaultApplied fault) interfere(offset, fault);
            return;
        }
        boolean joinedBefore = isJoined(id);
        var from = place(id);
        String device = device(id, event);
        var ended = chronicle.apply(offset, id, event).orElse(null);
        if (!id.equals(subject) && !(joinedBefore || isJoined(id))) return;
        if (!isAboutTheSubject(id, event) || isElsewhere(event, from, place(id))) return;
        add(offset, id, event, device, ended);
    }

    /** It changes nothing, and yet it is what somebody heard who called about the subject. */
    private void interfere(long offset, ControlsEvent.FaultApplied fault) {
        boolean isThere = chronicle.stay(subject) != null;
        if (isThere && fault.about().contains(subject.value())) add(offset, subject, fault, null, null);
    }

    private void add(long offset, EntityId id, Event event, @Nullable String device, @Nullable Stay ended) {
        var at = event.story().at();
        var gap = last == null ? null : Duration.between(last, at);
        last = at;
        var disk = id instanceof DiskId diskId ? chronicle.world().disk(diskId) : null;
        var instance = id instanceof InstanceId instanceId ? chronicle.world().instance(instanceId) : null;
        steps.accept(new Step(
                offset,
                id,
                event,
                Objects.requireNonNull(chronicle.stay(id)).status(),
                device,
                disk == null ? null : disk.attachment(),
                disk != null ? disk.deadline() : instance != null ? instance.deadline() : null,
                ended,
                gap));
    }

    private @Nullable String device(EntityId id, Event event) {
        if (event instanceof InstanceEvent.SlotReserved reserved) return reserved.device();
        if (!(event instanceof InstanceEvent.SlotFreed freed)) return null;
        return Objects.requireNonNull(chronicle.world().instance((InstanceId) id)).slots().stream()
                .filter(slot -> slot.isFor(freed.diskId(), freed.reservation()))
                .map(Slot::device)
                .findFirst()
                .orElse(null);
    }

    /** Is on the other side of a slot or an attachment of the subject. */
    private boolean isJoined(EntityId id) {
        if (id instanceof InstanceId instance) {
            return subject instanceof DiskId disk
                    && keepsADevice(chronicle.world().instance(instance), disk);
        }
        return subject instanceof InstanceId instance
                && (isOn(chronicle.world().disk((DiskId) id), instance)
                        || keepsADevice(chronicle.world().instance(instance), (DiskId) id));
    }

    private static boolean keepsADevice(@Nullable Instance instance, DiskId disk) {
        return instance != null
                && instance.slots().stream().anyMatch(slot -> slot.diskId().equals(disk));
    }

    private static boolean isOn(@Nullable Disk disk, InstanceId instance) {
        return disk != null && disk.isAttachedTo(instance);
    }

    private @Nullable Attachment place(EntityId id) {
        var disk = id instanceof DiskId diskId ? chronicle.world().disk(diskId) : null;
        return disk == null ? null : disk.attachment();
    }

    /** A disk can be on other instances too, and come to them and off them. */
    private boolean isElsewhere(Event event, @Nullable Attachment from, @Nullable Attachment to) {
        if (!(subject instanceof InstanceId instance)) return false;
        if (event instanceof DiskEvent.Outlived outlived && outlived.instanceId() != null) {
            return !outlived.instanceId().equals(instance);
        }
        boolean comes = event instanceof DiskEvent.Attached || event instanceof DiskEvent.Detaching;
        var about = comes ? to : event instanceof DiskEvent.Detached ? from : null;
        return about != null && !about.isTo(instance);
    }

    /** An instance keeps devices for other disks too. A disk, while an instance waits for it, may be on another. */
    private boolean isAboutTheSubject(EntityId id, Event event) {
        if (id.equals(subject)) return true;
        if (event instanceof InstanceEvent.SlotReserved reserved) {
            return reserved.diskId().equals(subject);
        }
        if (event instanceof InstanceEvent.SlotFreed freed)
            return freed.diskId().equals(subject);
        return !(event instanceof DiskEvent.Attaching attaching)
                || attaching.attachment().instanceId().equals(subject);
    }

    public Chronicle chronicle() {
        return chronicle;
    }
}
