package dev.moorage.action;

import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.SnapshotId;
import dev.moorage.view.AccountView;
import dev.moorage.view.Listed;
import dev.moorage.view.SnapshotOf;
import java.util.Collection;
import java.util.Objects;
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
            return new TagParts.OfDisk(disk.id(), edit, whole);
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
            return new TagParts.OfInstance(instance.id(), edit, whole);
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
            return new TagParts.OfSnapshot(taken.diskId(), taken.snapshot().id(), edit, whole);
        }
    }
}
