package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Story;
import dev.moorage.view.AccountView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The parts of a call that edits tags: one for each resource. */
final class TagParts {
    private TagParts() {}

    record OfDisk(DiskId diskId, TagEdit edit, Change whole) implements DiskChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return whole.check(view);
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            var tags = disk.spec().tags();
            var objection = edit.objection(tags);
            if (objection.isPresent()) return Decision.reject(objection.get());
            var added = edit.added(tags);
            var removed = edit.removed(tags);
            var events = new ArrayList<DiskEvent>();
            if (!added.isEmpty()) events.add(new DiskEvent.Tagged(conditions.story(), added));
            if (!removed.isEmpty()) events.add(new DiskEvent.Untagged(conditions.story(), removed));
            return new Decision.Accepted(events);
        }
    }

    record OfInstance(InstanceId instanceId, TagEdit edit, Change whole) implements InstanceChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return whole.check(view);
        }

        @Override
        public Admission admit(Instance instance, Conditions conditions) {
            var tags = instance.spec().tags();
            var objection = edit.objection(tags);
            if (objection.isPresent()) return Admission.reject(objection.get());
            var added = edit.added(tags);
            var removed = edit.removed(tags);
            var events = new ArrayList<InstanceEvent>();
            if (!added.isEmpty()) events.add(new InstanceEvent.Tagged(conditions.story(), added));
            if (!removed.isEmpty()) events.add(new InstanceEvent.Untagged(conditions.story(), removed));
            return new Admission.Decided(events);
        }
    }

    /** A snapshot stands in the history of its disk, also after the disk was released. */
    record OfSnapshot(DiskId diskId, SnapshotId snapshotId, TagEdit edit, Change whole) implements DiskChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return whole.check(view);
        }

        @Override
        public boolean outlivesTheDisk() {
            return true;
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            var snapshot = disk.snapshot(snapshotId);
            // Deleted meanwhile: whoever asked later was told that nothing is there.
            if (snapshot.isEmpty()) return Decision.accept();
            var tags = snapshot.get().tags();
            var objection = edit.objection(tags);
            return objection.isPresent()
                    ? Decision.reject(objection.get())
                    : new Decision.Accepted(events(tags, conditions.story()));
        }

        private List<DiskEvent> events(SortedMap<String, String> tags, Story story) {
            var added = edit.added(tags);
            var removed = edit.removed(tags);
            var events = new ArrayList<DiskEvent>();
            if (!added.isEmpty()) events.add(new DiskEvent.SnapshotTagged(story, snapshotId, added));
            if (!removed.isEmpty()) events.add(new DiskEvent.SnapshotUntagged(story, snapshotId, removed));
            return events;
        }
    }
}
