package dev.moorage.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can happen to an instance. */
public sealed interface InstanceEvent extends Event {
    Instance applyTo(@Nullable Instance instance);

    /** Part of a fleet that a file describes: there from the beginning, in whatever state the file says. */
    record Provisioned(Story story, Instance instance) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance before) {
            return instance;
        }
    }

    /**
     * Being created, with the disks planned in its slots.
     *
     * @param due simulated time at which it will be there, ready to start
     */
    record Creating(Story story, InstanceId instanceId, InstanceSpec spec, List<Slot> slots, Instant due)
            implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance before) {
            return new Instance(
                    instanceId,
                    spec,
                    InstanceStatus.PENDING,
                    List.of(),
                    slots,
                    new Transition(due, story, EventName.of(this)),
                    story.at(),
                    null);
        }
    }

    record Starting(Story story, Instant due) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance)
                    .in(InstanceStatus.STARTING, new Transition(due, story, EventName.of(this)));
        }
    }

    record Started(Story story) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance).built().running(story.at());
        }
    }

    record Stopping(Story story, Instant due) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance)
                    .in(InstanceStatus.STOPPING, new Transition(due, story, EventName.of(this)));
        }
    }

    record Stopped(Story story) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance).in(InstanceStatus.STOPPED, null);
        }
    }

    /** A device is kept for a disk that is about to be attached. */
    record SlotReserved(Story story, DiskId diskId, String device) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance).reserving(new Slot(diskId, device, story.requestId(), null));
        }
    }

    /** The disk for which a device was kept does not hold it, or holds it no longer. */
    record SlotFreed(Story story, DiskId diskId, String reservation) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance).freeing(diskId, reservation);
        }
    }

    /** Gone. Its slots are freed one by one, as its disks are released or let go. */
    record Released(Story story) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance)
                    .in(InstanceStatus.RELEASED, new Transition(story.at(), story, EventName.of(this)));
        }
    }
}
