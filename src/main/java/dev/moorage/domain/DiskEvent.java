package dev.moorage.domain;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can happen to a disk. */
public sealed interface DiskEvent extends Event {
    Disk applyTo(@Nullable Disk disk);

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
            Instant due)
            implements DiskEvent {
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
                    null);
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

    record Attaching(Story story, Attachment attachment, boolean deleteWithInstance, Instant due) implements DiskEvent {
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
     * On its way off the instance.
     *
     * @param due simulated time at which it will be off
     */
    record Detaching(Story story, boolean deleteWithInstance, Instant due) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk)
                    .detaching(deleteWithInstance, new Transition(due, story, EventName.of(this)));
        }
    }

    /** Off its instance. */
    record Detached(Story story, boolean deleteWithInstance) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).detached(story.at(), deleteWithInstance);
        }
    }

    /** Whatever was done to its content is done, and it is in use again. */
    record ReInited(Story story) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).in(DiskStatus.IN_USE, null);
        }
    }

    /** Its instance was released, and it stays. */
    record Outlived(Story story) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).outlivingItsInstance(story.at());
        }
    }

    record Released(Story story) implements DiskEvent {
        @Override
        public Disk applyTo(@Nullable Disk disk) {
            return Objects.requireNonNull(disk).released();
        }
    }
}
