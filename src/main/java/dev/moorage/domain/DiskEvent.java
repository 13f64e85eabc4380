package dev.moorage.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What can happen to a disk. */
public sealed interface DiskEvent extends Event {
    /** What the disk is after it; null if it is as if it had never been. */
    @Nullable Disk applyTo(@Nullable Disk disk);

    /** Part of a fleet that a file describes: there from the beginning, in whatever state the file says. */
    record Provisioned(Story story, Disk disk) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk before) {
            return disk;
        }
    }

    /**
     * Storage is being prepared, for an instance or for none.
     *
     * @param due simulated time at which it will be ready
     */
    record Creating(
            Story story,
            DiskId diskId,
            DiskSpec spec,
            boolean deleteWithInstance,
            @Nullable Attachment attachment,
            @Nullable Instant due,
            @Nullable ClientToken token)
            implements DiskEvent {
        public Creating(
                Story story,
                DiskId diskId,
                DiskSpec spec,
                boolean deleteWithInstance,
                @Nullable Attachment attachment,
                @Nullable Instant due) {
            this(story, diskId, spec, deleteWithInstance, attachment, due, null);
        }

        @Override
        public Disk applyTo(@Nullable Disk before) {
            return new Disk(
                            diskId,
                            spec,
                            DiskStatus.CREATING,
                            deleteWithInstance,
                            attachment,
                            new Transition(due, story, EventName.of(this)),
                            story.at(),
                            null,
                            null)
                    .having(token);
        }
    }

    record Created(Story story) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).attachment() == null
                    ? disk.in(DiskStatus.AVAILABLE, null)
                    : disk.attached(story.at());
        }
    }

    record Attaching(
            Story story,
            Attachment attachment,
            boolean deleteWithInstance,
            @Nullable Instant due) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk)
                    .attaching(attachment, deleteWithInstance, new Transition(due, story, EventName.of(this)));
        }
    }

    record Attached(Story story) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).attached(story.at());
        }
    }

    /**
     * On its way off an instance.
     *
     * @param due simulated time at which it will be off
     * @param instanceId which instance; null for the only one that it is on
     */
    record Detaching(
            Story story,
            boolean deleteWithInstance,
            @Nullable Instant due,
            @Nullable InstanceId instanceId) implements DiskEvent {
        public Detaching(Story story, boolean deleteWithInstance, @Nullable Instant due) {
            this(story, deleteWithInstance, due, null);
        }

        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk)
                    .detaching(instanceId, deleteWithInstance, new Transition(due, story, EventName.of(this)));
        }
    }

    /** Off the instance that it was on its way off. */
    record Detached(Story story, boolean deleteWithInstance) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).detached(story.at(), deleteWithInstance);
        }
    }

    /** It could not be taken off, and is in use as before. */
    record DetachFailed(Story story) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).in(DiskStatus.IN_USE, null);
        }
    }

    /** It could not be put on, and is where it was before. */
    record AttachFailed(Story story) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).notAttached();
        }
    }

    /**
     * What is under way ends at another time, since an operator said so.
     *
     * @param due simulated time; null for not by itself
     * @param incident only what was held up by this incident; null for all that is under way
     */
    record Rescheduled(
            Story story, @Nullable Instant due, @Nullable String incident) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).rescheduled(due, incident);
        }
    }

    /** Whatever was done to its content is done, and it is in use again. */
    record ReInited(Story story) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).in(DiskStatus.IN_USE, null);
        }
    }

    /** Other words, or other flags. What is null stays as it is. */
    record AttributesModified(
            Story story,
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean deleteWithInstance,
            @Nullable Boolean deleteAutoSnapshot,
            @Nullable Boolean enableAutoSnapshot,
            @Nullable Boolean burstingEnabled)
            implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk before) {
            var disk = Objects.requireNonNull(before);
            var spec = disk.spec()
                    .withName(or(name, disk.spec().name()))
                    .withDescription(or(description, disk.spec().description()))
                    .withDeleteAutoSnapshot(or(deleteAutoSnapshot, disk.spec().deleteAutoSnapshot()))
                    .withEnableAutoSnapshot(or(enableAutoSnapshot, disk.spec().enableAutoSnapshot()))
                    .withBurstingEnabled(or(burstingEnabled, disk.spec().burstingEnabled()));
            return disk.withSpec(spec).withDeleteWithInstance(or(deleteWithInstance, disk.deleteWithInstance()));
        }

        private static <T> T or(@Nullable T changed, T unchanged) {
            return changed == null ? unchanged : changed;
        }
    }

    record Resized(Story story, int sizeGiB, @Nullable ClientToken token) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk before) {
            var disk = Objects.requireNonNull(before);
            return disk.withSpec(disk.spec().withSizeGiB(sizeGiB)).having(token);
        }
    }

    /** Paid in another way, and with it movable or not. */
    record ChargeTypeChanged(
            Story story,
            ChargeType chargeType,
            boolean portable,
            boolean deleteWithInstance,
            @Nullable ClientToken token)
            implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk before) {
            var disk = Objects.requireNonNull(before);
            var spec = disk.spec().withChargeType(chargeType).withPortable(portable);
            return disk.withSpec(spec)
                    .withDeleteWithInstance(deleteWithInstance)
                    .having(token);
        }
    }

    record ResourceGroupJoined(Story story, String resourceGroupId) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk before) {
            var disk = Objects.requireNonNull(before);
            return disk.withSpec(disk.spec().withResourceGroupId(resourceGroupId));
        }
    }

    /** Has these tags now, beside those with other keys. */
    record Tagged(Story story, SortedMap<String, String> tags) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk before) {
            var disk = Objects.requireNonNull(before);
            return disk.withSpec(disk.spec().withTags(Tags.plus(disk.spec().tags(), tags)));
        }
    }

    record Untagged(Story story, List<String> keys) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk before) {
            var disk = Objects.requireNonNull(before);
            return disk.withSpec(disk.spec().withTags(Tags.minus(disk.spec().tags(), keys)));
        }
    }

    /**
     * Its content is being thrown away.
     *
     * @param snapshotId the snapshot whose content takes its place; null for none
     */
    record ReIniting(
            Story story,
            @Nullable SnapshotId snapshotId,
            @Nullable Instant due) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk)
                    .in(DiskStatus.RE_INITING, new Transition(due, story, EventName.of(this)));
        }
    }

    /** It is being turned into another kind of disk, and works on meanwhile. */
    record SpecChanging(
            Story story,
            String taskId,
            String category,
            String performanceLevel,
            long provisionedIops,
            @Nullable Instant due)
            implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk)
                    .beginning(new Task(taskId, category, performanceLevel, provisionedIops, story, due, null));
        }
    }

    record SpecChanged(Story story, String taskId) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).finishing(taskId, story.at());
        }
    }

    /**
     * A snapshot of it is being taken.
     *
     * @param retentionDays days for which it is to be kept; null for ever
     * @param due simulated time at which it will be whole
     */
    record SnapshotCreating(
            Story story,
            SnapshotId snapshotId,
            String name,
            String description,
            @Nullable Integer retentionDays,
            String category,
            boolean instantAccess,
            String resourceGroupId,
            SortedMap<String, String> tags,
            @Nullable Instant due,
            @Nullable ClientToken token)
            implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk before) {
            var disk = Objects.requireNonNull(before);
            return disk.taking(new Snapshot(
                            snapshotId,
                            disk.snapshotsTaken() + 1,
                            name,
                            description,
                            disk.spec().type(),
                            disk.spec().sizeGiB(),
                            disk.spec().encrypted(),
                            disk.spec().kmsKeyId(),
                            retentionDays,
                            category,
                            instantAccess,
                            resourceGroupId,
                            tags,
                            story,
                            due,
                            null))
                    .having(token);
        }
    }

    record SnapshotCreated(Story story, SnapshotId snapshotId) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk)
                    .withSnapshot(snapshotId, snapshot -> snapshot.withFinishedAt(story.at()));
        }
    }

    record SnapshotDeleted(Story story, SnapshotId snapshotId) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).withoutSnapshot(snapshotId, story.at());
        }
    }

    record SnapshotTagged(Story story, SnapshotId snapshotId, SortedMap<String, String> tags) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk)
                    .withSnapshot(snapshotId, snapshot -> snapshot.withTags(Tags.plus(snapshot.tags(), tags)));
        }
    }

    record SnapshotUntagged(Story story, SnapshotId snapshotId, List<String> keys) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk)
                    .withSnapshot(snapshotId, snapshot -> snapshot.withTags(Tags.minus(snapshot.tags(), keys)));
        }
    }

    record SnapshotResourceGroupJoined(Story story, SnapshotId snapshotId, String resourceGroupId)
            implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk)
                    .withSnapshot(snapshotId, snapshot -> snapshot.withResourceGroupId(resourceGroupId));
        }
    }

    /**
     * Its instance was released, and it stays.
     *
     * @param instanceId which instance; null for the only one that it was on
     */
    record Outlived(Story story, @Nullable InstanceId instanceId) implements DiskEvent {
        public Outlived(Story story) {
            this(story, null);
        }

        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).outlivingItsInstance(instanceId, story.at());
        }
    }

    record Released(Story story) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).released();
        }
    }

    /**
     * It is from now on as an operator wants it, whatever it was before.
     *
     * @param disk null if it is to be as if it had never been
     */
    record Restored(Story story, @Nullable Disk disk) implements DiskEvent {
        @Override
        public @Nullable Disk applyTo(@Nullable Disk before) {
            return disk;
        }
    }
}
