package dev.moorage.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What can happen to an instance. */
public sealed interface InstanceEvent extends Event {
    /** What the instance is after it; null if it is as if it had never been. */
    @Nullable Instance applyTo(@Nullable Instance instance);

    /** After it the instance does not know any more what disks it was to be made with. */
    default boolean forgetsPlans() {
        return this instanceof Created || this instanceof Started;
    }

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
     * @param staysStopped does not start by itself then
     */
    record Creating(
            Story story,
            InstanceId instanceId,
            InstanceSpec spec,
            List<Slot> slots,
            @Nullable Instant due,
            boolean staysStopped,
            @Nullable ClientToken token)
            implements InstanceEvent {
        public Creating(
                Story story, InstanceId instanceId, InstanceSpec spec, List<Slot> slots, @Nullable Instant due) {
            this(story, instanceId, spec, slots, due, false, null);
        }

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
                            null)
                    .withStaysStopped(staysStopped)
                    .having(token);
        }
    }

    /** There, and stopped. */
    record Created(Story story) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance).built().in(InstanceStatus.STOPPED, null);
        }
    }

    record Starting(Story story, @Nullable Instant due) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance)
                    .in(InstanceStatus.STARTING, new Transition(due, story, EventName.of(this)))
                    .withStopsCharging(false);
        }
    }

    record Started(Story story) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance).built().running(story.at());
        }
    }

    /** Going down, and up again. */
    record Rebooting(Story story, @Nullable Instant due) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance)
                    .in(InstanceStatus.STARTING, new Transition(due, story, EventName.of(this)));
        }
    }

    /**
     * Going down.
     *
     * @param stopsCharging is not paid for from then on, until it starts
     */
    record Stopping(Story story, @Nullable Instant due, boolean stopsCharging) implements InstanceEvent {
        public Stopping(Story story, @Nullable Instant due) {
            this(story, due, false);
        }

        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance)
                    .in(InstanceStatus.STOPPING, new Transition(due, story, EventName.of(this)))
                    .withStopsCharging(stopsCharging);
        }
    }

    record Stopped(Story story) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance).in(InstanceStatus.STOPPED, null);
        }
    }

    /**
     * What is under way ends at another time, since an operator said so.
     *
     * @param due simulated time; null for not by itself
     * @param incident only what was held up by this incident; null for whatever is under way
     */
    record Rescheduled(
            Story story, @Nullable Instant due, @Nullable String incident) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance before) {
            var instance = Objects.requireNonNull(before);
            var transition = instance.transition();
            return transition == null ? instance : instance.withTransition(transition.rescheduled(due, incident));
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

    /** Other words, or another setting. What is null stays as it is. */
    record AttributesModified(
            Story story,
            @Nullable String name,
            @Nullable String hostName,
            @Nullable String description,
            @Nullable String userData,
            @Nullable Boolean deletionProtection,
            @Nullable String creditSpecification,
            @Nullable List<String> securityGroupIds)
            implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance before) {
            var instance = Objects.requireNonNull(before);
            var spec = instance.spec()
                    .withName(or(name, instance.spec().name()))
                    .withHostName(or(hostName, instance.spec().hostName()))
                    .withDescription(or(description, instance.spec().description()))
                    .withUserData(or(userData, instance.spec().userData()))
                    .withDeletionProtection(
                            or(deletionProtection, instance.spec().deletionProtection()))
                    .withCreditSpecification(
                            or(creditSpecification, instance.spec().creditSpecification()));
            if (securityGroupIds == null || securityGroupIds.isEmpty()) return instance.withSpec(spec);
            return instance.withSpec(spec.withSecurityGroupId(securityGroupIds.get(0))
                    .withMoreSecurityGroupIds(securityGroupIds.subList(1, securityGroupIds.size())));
        }

        private static <T> T or(@Nullable T changed, T unchanged) {
            return changed == null ? unchanged : changed;
        }
    }

    record ResourceGroupJoined(Story story, String resourceGroupId) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance before) {
            var instance = Objects.requireNonNull(before);
            return instance.withSpec(instance.spec().withResourceGroupId(resourceGroupId));
        }
    }

    /** Has these tags now, beside those with other keys. */
    record Tagged(Story story, SortedMap<String, String> tags) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance before) {
            var instance = Objects.requireNonNull(before);
            return instance.withSpec(
                    instance.spec().withTags(Tags.plus(instance.spec().tags(), tags)));
        }
    }

    record Untagged(Story story, List<String> keys) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance before) {
            var instance = Objects.requireNonNull(before);
            return instance.withSpec(
                    instance.spec().withTags(Tags.minus(instance.spec().tags(), keys)));
        }
    }

    /**
     * It gets another system disk, and the one before goes.
     *
     * @param by the new disk's slot, with the plan for it
     */
    record SystemDiskReplaced(
            Story story, Slot by, String imageId, @Nullable ClientToken token) implements InstanceEvent {
        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance)
                    .replacingTheSystemDisk(by, imageId)
                    .having(token);
        }
    }

    /** Gone. Its slots are freed one by one, as its disks are released or let go. */
    record Released(Story story, @Nullable ClientToken token) implements InstanceEvent {
        public Released(Story story) {
            this(story, null);
        }

        @Override
        public Instance applyTo(@Nullable Instance instance) {
            return Objects.requireNonNull(instance)
                    .in(InstanceStatus.RELEASED, new Transition(story.at(), story, EventName.of(this)))
                    .having(token);
        }
    }

    /**
     * It is from now on as an operator wants it, whatever it was before.
     *
     * @param instance null if it is to be as if it had never been
     */
    record Restored(Story story, @Nullable Instance instance) implements InstanceEvent {
        @Override
        public @Nullable Instance applyTo(@Nullable Instance before) {
            return instance;
        }
    }
}
