package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A disk at one moment.
 *
 * @param attachment where it is, from the first moment of attaching to the last of detaching
 * @param transition the change under way, if its status is a transient one
 * @param attachedAt when it was last attached; kept after a detach
 * @param detachedAt when it was last detached; empty while attached
 * @param snapshots those that were taken of it and are still there, oldest first; they outlive it
 * @param snapshotsTaken how many were ever taken of it
 * @param tasks changes to what it is made of, oldest first
 * @param tokens the client tokens that were used on it and are still remembered
 */
@RecordBuilder
public record Disk(
        DiskId id,
        DiskSpec spec,
        DiskStatus status,
        boolean deleteWithInstance,
        @Nullable Attachment attachment,
        @Nullable Transition transition,
        Instant createdAt,
        @Nullable Instant attachedAt,
        @Nullable Instant detachedAt,
        List<Snapshot> snapshots,
        int snapshotsTaken,
        List<Task> tasks,
        List<ClientToken> tokens)
        implements DiskBuilder.With {

    /** What says nothing is not written to the journal, and comes back from there as null. */
    public Disk {
        snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
    }

    /** A disk without snapshots, tasks and tokens. */
    public Disk(
            DiskId id,
            DiskSpec spec,
            DiskStatus status,
            boolean deleteWithInstance,
            @Nullable Attachment attachment,
            @Nullable Transition transition,
            Instant createdAt,
            @Nullable Instant attachedAt,
            @Nullable Instant detachedAt) {
        this(
                id,
                spec,
                status,
                deleteWithInstance,
                attachment,
                transition,
                createdAt,
                attachedAt,
                detachedAt,
                List.of(),
                0,
                List.of(),
                List.of());
    }

    /** When its status moves on by itself; null if it does not. */
    public @Nullable Instant deadline() {
        return transition == null ? null : transition.due();
    }

    /** When something is due by itself, be it its status, a snapshot or a task; null if nothing is. */
    public @Nullable Instant firstDue() {
        var first = deadline();
        for (var other : Stream.concat(
                        snapshotInProgress().map(Snapshot::due).stream(), taskUnderWay().map(Task::due).stream())
                .toList()) {
            if (first == null || other.isBefore(first)) first = other;
        }
        return first;
    }

    public boolean isReleased() {
        return status == DiskStatus.RELEASED;
    }

    public boolean isAttachedTo(InstanceId instance) {
        return attachment != null && attachment.instanceId().equals(instance);
    }

    public boolean holds(String reservation) {
        return attachment != null && attachment.reservation().equals(reservation);
    }

    public boolean isSystemDisk() {
        return spec.type() == DiskType.SYSTEM;
    }

    /** One at a time is taken. */
    public Optional<Snapshot> snapshotInProgress() {
        return snapshots.stream().filter(snapshot -> !snapshot.isAccomplished()).findFirst();
    }

    public Optional<Snapshot> snapshot(SnapshotId snapshotId) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.id().equals(snapshotId))
                .findFirst();
    }

    /** One at a time is under way. */
    public Optional<Task> taskUnderWay() {
        return tasks.stream().filter(task -> !task.isFinished()).findFirst();
    }

    Disk in(DiskStatus next, @Nullable Transition underWay) {
        return withStatus(next).withTransition(underWay);
    }

    Disk attaching(Attachment to, boolean deletedWithInstance, Transition underWay) {
        return in(DiskStatus.ATTACHING, underWay)
                .withAttachment(to)
                .withDeleteWithInstance(deletedWithInstance)
                .withAttachedAt(null)
                .withDetachedAt(null);
    }

    Disk attached(Instant at) {
        return in(DiskStatus.IN_USE, null).withAttachedAt(at).withDetachedAt(null);
    }

    Disk detaching(boolean deletedWithInstance, Transition underWay) {
        return in(DiskStatus.DETACHING, underWay).withDeleteWithInstance(deletedWithInstance);
    }

    Disk detached(Instant at, boolean deletedWithInstance) {
        return in(DiskStatus.AVAILABLE, null)
                .withAttachment(null)
                .withDeleteWithInstance(deletedWithInstance)
                .withDetachedAt(at);
    }

    Disk outlivingItsInstance(Instant at) {
        return detached(at, false).withSpec(spec.outlivingItsInstance());
    }

    Disk released() {
        return in(DiskStatus.RELEASED, null).withAttachment(null);
    }

    Disk having(@Nullable ClientToken token) {
        return token == null ? this : withTokens(ClientToken.remember(tokens, token));
    }

    Disk taking(Snapshot snapshot) {
        var more = new ArrayList<>(snapshots);
        more.add(snapshot);
        return withSnapshots(more).withSnapshotsTaken(snapshot.number());
    }

    Disk withSnapshot(SnapshotId snapshotId, UnaryOperator<Snapshot> change) {
        return withSnapshots(snapshots.stream()
                .map(snapshot -> snapshot.id().equals(snapshotId) ? change.apply(snapshot) : snapshot)
                .toList());
    }

    Disk withoutSnapshot(SnapshotId snapshotId) {
        return withSnapshots(snapshots.stream()
                .filter(snapshot -> !snapshot.id().equals(snapshotId))
                .toList());
    }

    Disk beginning(Task task) {
        var more = new ArrayList<>(tasks);
        more.add(task);
        return withTasks(more);
    }

    /** What the task was for has come true. */
    Disk finishing(String taskId, Instant at) {
        var next = this;
        for (var task : tasks) {
            if (!task.id().equals(taskId)) continue;
            next = next.withSpec(spec.withCategory(task.category())
                    .withPerformanceLevel(task.performanceLevel())
                    .withProvisionedIops(task.provisionedIops()));
        }
        return next.withTasks(tasks.stream()
                .map(task -> task.id().equals(taskId) ? task.withFinishedAt(at) : task)
                .toList());
    }
}
