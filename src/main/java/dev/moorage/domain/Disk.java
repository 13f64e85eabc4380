package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A disk at one moment.
 *
 * @param attachment where it is, from the first moment of attaching to the last of detaching; of a disk that is on
 *     several instances, the one that something was done to last
 * @param transition the change under way, if its status is a transient one
 * @param attachedAt when it was last attached; kept after a detach
 * @param detachedAt when it was last detached; empty while attached
 * @param snapshots those that were taken of it and are still there, oldest first; they outlive it
 * @param snapshotsTaken how many were ever taken of it
 * @param tasks changes to what it is made of, oldest first
 * @param tokens the client tokens that were used on it and are still remembered
 * @param others the other places of a disk that is on several instances; nothing is under way there
 * @param origin the instance to which it has to come back, if it cannot be on any other
 * @param deletedSnapshots those that are gone, as long as the token of a call can still mean them
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
        List<ClientToken> tokens,
        List<Mount> others,
        @Nullable InstanceId origin,
        List<Snapshot> deletedSnapshots)
        implements DiskBuilder.With {

    /** On which one that can be on several is at once. */
    public static final int MAX_INSTANCES = 16;

    /** So many are remembered. */
    private static final int MAX_TASKS = 20;

    /** What says nothing is not written to the journal, and comes back from there as null. */
    public Disk {
        snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
        others = others == null ? List.of() : List.copyOf(others);
        deletedSnapshots = deletedSnapshots == null ? List.of() : List.copyOf(deletedSnapshots);
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
                List.of(),
                List.of(),
                null,
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

    /** Everywhere where it is: the place to which something was done last, then the others. */
    public List<Mount> mounts() {
        if (attachment == null) return others;
        return Stream.concat(Stream.of(new Mount(attachment, attachedAt)), others.stream())
                .toList();
    }

    public boolean isAttachedTo(InstanceId instance) {
        return isInFocus(instance)
                || others.stream().anyMatch(mount -> mount.attachment().isTo(instance));
    }

    /** Can be on one more instance. */
    public boolean hasRoom() {
        return mounts().size() < (spec.multiAttach() ? MAX_INSTANCES : 1);
    }

    /** Is on this instance, and that is where anything is done to it that is under way. */
    public boolean isInFocus(InstanceId instance) {
        return attachment != null && attachment.isTo(instance);
    }

    /** The place for which a device was kept by this reservation. */
    public Optional<Attachment> heldBy(String reservation) {
        if (attachment != null && attachment.reservation().equals(reservation)) return Optional.of(attachment);
        return others.stream()
                .map(Mount::attachment)
                .filter(place -> place.reservation().equals(reservation))
                .findFirst();
    }

    public boolean holds(String reservation) {
        return heldBy(reservation).isPresent();
    }

    /** How an event tells this one of several places; null where there is one place only. */
    public @Nullable InstanceId told(InstanceId instance) {
        return others.isEmpty() ? null : instance;
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
                .withOthers(mounts())
                .withAttachment(to)
                .withDeleteWithInstance(deletedWithInstance)
                .withAttachedAt(null)
                .withDetachedAt(null);
    }

    Disk attached(Instant at) {
        return in(DiskStatus.IN_USE, null).withAttachedAt(at).withDetachedAt(null);
    }

    Disk detaching(@Nullable InstanceId from, boolean deletedWithInstance, Transition underWay) {
        return focusingOn(from).in(DiskStatus.DETACHING, underWay).withDeleteWithInstance(deletedWithInstance);
    }

    private Disk focusingOn(@Nullable InstanceId instance) {
        var there = others.stream()
                .filter(mount -> instance != null && mount.attachment().isTo(instance))
                .findFirst();
        return there.map(mount -> withOthers(mounts().stream()
                                .filter(other -> !other.equals(mount))
                                .toList())
                        .withAttachment(mount.attachment())
                        .withAttachedAt(mount.attachedAt()))
                .orElse(this);
    }

    /** Off the place in focus. */
    Disk detached(Instant at, boolean deletedWithInstance) {
        var next = spec.returnsToItsInstance() && attachment != null ? withOrigin(attachment.instanceId()) : this;
        return others.isEmpty()
                ? next.in(DiskStatus.AVAILABLE, null)
                        .withAttachment(null)
                        .withDeleteWithInstance(deletedWithInstance)
                        .withDetachedAt(at)
                : next.backOnAnother().withDeleteWithInstance(deletedWithInstance);
    }

    /** Off the place in focus, where it never was. */
    Disk notAttached() {
        return others.isEmpty() ? in(DiskStatus.AVAILABLE, null).withAttachment(null) : backOnAnother();
    }

    /** What is under way ends then; with an incident, only what that one holds up. */
    Disk rescheduled(@Nullable Instant due, @Nullable String incident) {
        return withTransition(transition == null ? null : transition.rescheduled(due, incident))
                .withSnapshots(snapshots.stream()
                        .map(snapshot -> snapshot.rescheduled(due, incident))
                        .toList())
                .withTasks(tasks.stream()
                        .map(task -> task.rescheduled(due, incident))
                        .toList());
    }

    /** As it is, but whatever is under way ends so much later. */
    public Disk later(Duration by) {
        return withTransition(transition == null ? null : transition.later(by))
                .withSnapshots(snapshots.stream()
                        .map(snapshot -> snapshot.isAccomplished() || snapshot.due() == null
                                ? snapshot
                                : snapshot.withDue(snapshot.due().plus(by)))
                        .toList())
                .withTasks(tasks.stream()
                        .map(task -> task.isFinished() || task.due() == null
                                ? task
                                : task.withDue(task.due().plus(by)))
                        .toList());
    }

    /** As it is, but what one of these incidents has changed the course of ends then, as at its end. */
    public Disk freed(Predicate<String> incidents, Instant due) {
        var next = this;
        for (var incident : holders().filter(incidents).distinct().toList()) next = next.rescheduled(due, incident);
        return next;
    }

    /** Something is under way that this incident holds up. */
    public boolean isHeldBy(String incident) {
        return holders().anyMatch(incident::equals);
    }

    /** The incidents that hold something up that is under way. */
    public Stream<String> holders() {
        return Stream.of(
                        Stream.ofNullable(transition).map(Transition::begun),
                        snapshotInProgress().stream().map(Snapshot::begun),
                        taskUnderWay().stream().map(Task::begun))
                .flatMap(begun -> begun)
                .flatMap(begun -> begun.holder().stream());
    }

    /** Something is under way, be it its status, a snapshot or a task. */
    public boolean isUnderWay() {
        return transition != null
                || snapshotInProgress().isPresent()
                || taskUnderWay().isPresent();
    }

    /** The place that was added last comes into focus. */
    private Disk backOnAnother() {
        var back = others.get(0);
        return in(DiskStatus.IN_USE, null)
                .withAttachment(back.attachment())
                .withAttachedAt(back.attachedAt())
                .withOthers(others.subList(1, others.size()));
    }

    /** @param gone null for the only one that it is on */
    Disk outlivingItsInstance(@Nullable InstanceId gone, Instant at) {
        var left = gone == null || isInFocus(gone)
                ? detached(at, false)
                : withOthers(others.stream()
                        .filter(mount -> !mount.attachment().isTo(gone))
                        .toList());
        return left.withSpec(spec.outlivingItsInstance());
    }

    Disk released() {
        return in(DiskStatus.RELEASED, null).withAttachment(null).withOthers(List.of());
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

    Disk withoutSnapshot(SnapshotId snapshotId, Instant at) {
        var deleted = Stream.concat(deletedSnapshots.stream(), snapshot(snapshotId).stream())
                .filter(snapshot -> !at.isAfter(snapshot.begun().at().plus(ClientToken.RETENTION)))
                .toList();
        return withSnapshots(snapshots.stream()
                        .filter(snapshot -> !snapshot.id().equals(snapshotId))
                        .toList())
                .withDeletedSnapshots(deleted);
    }

    /** The oldest is forgotten, lest a disk that is changed all its life grow with it. */
    Disk beginning(Task task) {
        var more = new ArrayList<>(tasks.subList(Math.max(0, tasks.size() - MAX_TASKS + 1), tasks.size()));
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
