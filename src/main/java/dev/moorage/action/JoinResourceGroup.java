package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_RESOURCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_RESOURCE_TYPE_NOT_FOUND;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.SnapshotId;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts a disk, an instance or a snapshot into a resource group. Groups are taken as given. */
record JoinResourceGroup(String resourceType, String resourceId, String groupId) implements Batch {
    /** Of other types than disks, instances and snapshots there is nothing here. */
    private static final Set<String> TYPES = Set.of(
            "instance",
            "disk",
            "snapshot",
            "image",
            "securitygroup",
            "ddh",
            "ddhcluster",
            "eni",
            "keypair",
            "launchtemplate");

    static JoinResourceGroup of(Call call) {
        return new JoinResourceGroup(
                call.arguments().required("ResourceType"),
                call.arguments().required("ResourceId"),
                call.arguments().required("ResourceGroupId"));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (!TYPES.contains(resourceType)) return Change.reject(INVALID_RESOURCE_TYPE_NOT_FOUND);
        if (part(view).isEmpty()) return Change.reject(INVALID_RESOURCE_ID_NOT_FOUND);
        return Optional.empty();
    }

    /** What is to be done, if the resource is there. */
    private Optional<Change> part(AccountView view) {
        return switch (resourceType) {
            case "disk" ->
                Optional.ofNullable(view.disk(new DiskId(resourceId)))
                        .filter(disk -> !disk.isReleased())
                        .map(disk -> new OfDisk(this, disk.id()));
            case "instance" ->
                Optional.ofNullable(view.instance(new InstanceId(resourceId)))
                        .map(instance -> new OfInstance(this, instance.id()));
            case "snapshot" ->
                Optional.ofNullable(view.snapshot(new SnapshotId(resourceId)))
                        .map(known -> new OfSnapshot(
                                this, known.diskId(), known.snapshot().id()));
            default -> Optional.empty();
        };
    }

    /** Which part there is depends on what there is: see {@link #routed}. */
    @Override
    public List<Change> parts() {
        return List.of();
    }

    @Override
    public Change routed(AccountView view) {
        return new RoutedBatch(this, part(view).stream().toList());
    }

    @Override
    public Outcome conclude(List<Outcome> outcomes) {
        return outcomes.isEmpty() ? Rejection.of(INVALID_RESOURCE_ID_NOT_FOUND) : Batch.super.conclude(outcomes);
    }

    private record OfDisk(JoinResourceGroup call, DiskId diskId) implements DiskChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return call.check(view);
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            return disk.spec().resourceGroupId().equals(call.groupId)
                    ? Decision.accept()
                    : Decision.accept(new DiskEvent.ResourceGroupJoined(conditions.story(), call.groupId));
        }
    }

    private record OfInstance(JoinResourceGroup call, InstanceId instanceId) implements InstanceChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return call.check(view);
        }

        @Override
        public Admission admit(Instance instance, Conditions conditions) {
            return instance.spec().resourceGroupId().equals(call.groupId)
                    ? Admission.decide()
                    : Admission.decide(new InstanceEvent.ResourceGroupJoined(conditions.story(), call.groupId));
        }
    }

    /** A snapshot stands in the history of its disk, also after the disk was released. */
    private record OfSnapshot(JoinResourceGroup call, DiskId diskId, SnapshotId snapshotId) implements DiskChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return call.check(view);
        }

        @Override
        public boolean outlivesTheDisk() {
            return true;
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            var snapshot = disk.snapshot(snapshotId);
            if (snapshot.isEmpty()) return Decision.reject(INVALID_RESOURCE_ID_NOT_FOUND);
            return snapshot.get().resourceGroupId().equals(call.groupId)
                    ? Decision.accept()
                    : Decision.accept(
                            new DiskEvent.SnapshotResourceGroupJoined(conditions.story(), snapshotId, call.groupId));
        }
    }
}
