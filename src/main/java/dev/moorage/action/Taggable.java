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
import dev.moorage.view.Listed;
import dev.moorage.view.SnapshotOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Something that has tags. */
sealed interface Taggable {
    String type();

    String id();

    String regionId();

    SortedMap<String, String> tags();

    /** The part of {@code whole} that edits the tags of this. */
    Change edited(TagEdit edit, Change whole);

    /** Those that are there, of the ones that are named. */
    static Stream<Listed<Taggable>> named(Collection<String> ids, String type, AccountView view) {
        return switch (type) {
            case OfDisk.TYPE ->
                view.disks(ids.stream().map(DiskId::new).toList())
                        .map(of -> new Listed<>(of.place(), new OfDisk(of.thing())));
            case OfInstance.TYPE ->
                view.instances(ids.stream().map(InstanceId::new).toList())
                        .map(of -> new Listed<>(of.place(), new OfInstance(of.thing())));
            case OfSnapshot.TYPE ->
                view.snapshots(ids.stream().map(SnapshotId::new).toList())
                        .map(of -> new Listed<>(of.place(), OfSnapshot.of(of.thing(), view)));
            default -> Stream.empty();
        };
    }

    /** All of a type, from the first place after {@code place} on. */
    static Stream<Listed<Taggable>> after(long place, String type, AccountView view) {
        return switch (type) {
            case OfDisk.TYPE -> view.disksAfter(place).map(of -> new Listed<>(of.place(), new OfDisk(of.thing())));
            case OfInstance.TYPE ->
                view.instancesAfter(place).map(of -> new Listed<>(of.place(), new OfInstance(of.thing())));
            case OfSnapshot.TYPE ->
                view.snapshotsAfter(place).map(of -> new Listed<>(of.place(), OfSnapshot.of(of.thing(), view)));
            default -> Stream.empty();
        };
    }

    record OfDisk(Disk disk) implements Taggable {
        static final String TYPE = "disk";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String id() {
            return disk.id().value();
        }

        @Override
        public String regionId() {
            return disk.spec().regionId();
        }

        @Override
        public SortedMap<String, String> tags() {
            return disk.spec().tags();
        }

        @Override
        public Change edited(TagEdit edit, Change whole) {
            return new DiskPart(disk.id(), edit, whole);
        }
    }

    record OfInstance(Instance instance) implements Taggable {
        static final String TYPE = "instance";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String id() {
            return instance.id().value();
        }

        @Override
        public String regionId() {
            return instance.spec().regionId();
        }

        @Override
        public SortedMap<String, String> tags() {
            return instance.spec().tags();
        }

        @Override
        public Change edited(TagEdit edit, Change whole) {
            return new InstancePart(instance.id(), edit, whole);
        }
    }

    record OfSnapshot(SnapshotOf taken, String regionId) implements Taggable {
        static final String TYPE = "snapshot";

        static OfSnapshot of(SnapshotOf taken, AccountView view) {
            return new OfSnapshot(
                    taken,
                    Objects.requireNonNull(view.disk(taken.diskId())).spec().regionId());
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String id() {
            return taken.snapshot().id().value();
        }

        @Override
        public SortedMap<String, String> tags() {
            return taken.snapshot().tags();
        }

        @Override
        public Change edited(TagEdit edit, Change whole) {
            return new SnapshotPart(taken.diskId(), taken.snapshot().id(), edit, whole);
        }
    }

    record DiskPart(DiskId diskId, TagEdit edit, Change whole) implements DiskChange {
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

    record InstancePart(InstanceId instanceId, TagEdit edit, Change whole) implements InstanceChange {
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
    record SnapshotPart(DiskId diskId, SnapshotId snapshotId, TagEdit edit, Change whole) implements DiskChange {
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
