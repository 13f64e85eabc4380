package dev.moorage.view;

import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.EventName;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Lifecycle;
import dev.moorage.domain.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every event once, in order, for what a journal cannot hold if all went well. Remembers each entity's state
 * and last event, and no more.
 *
 * <p>After a gap in a history nobody knows what the next event comes from, so it is taken as it is: one mistake is
 * reported once, and not again with each event that follows from it.
 */
public final class Audit {
    /** What can be found. */
    public enum Kind {
        /** A record that cannot be read, or some that are gone. */
        DAMAGED,
        /** Offsets in the wrong order. */
        OFFSET,
        /** A history that skips or repeats a number. */
        SEQUENCE,
        /** An event in the history of something that it cannot happen to. */
        MISPLACED,
        CREATED_TWICE,
        /** An event that cannot come from the status before it. */
        TRANSITION,
        /** Something that ends before it is due. */
        EARLY,
        TIME_BACKWARDS,
        /** An instance and a disk that do not agree, and will not. */
        SLOT,
        NO_DEADLINE,
        /** Something that should have ended long before the journal does. */
        OVERDUE,
        /** What the next start of a server finishes. No problem. */
        UNFINISHED;

        public boolean isProblem() {
            return this != UNFINISHED;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Something that was found.
     *
     * @param entity whose history it is in, if it is in one
     * @param offset of the event where it shows, or of the last one of the entity
     * @param sequenceNr of that event; 0 if there is no event
     */
    public record Finding(Kind kind, @Nullable EntityId entity, long offset, long sequenceNr, String text) {}

    /**
     * How much was seen and found.
     *
     * @param lastOffset -1 if there was nothing
     * @param latest simulated time of an event; null if there was none
     */
    public record Summary(
            long events,
            int disks,
            int instances,
            long problems,
            long unfinished,
            long lastOffset,
            @Nullable Instant latest) {}

    /** The last event of a history. */
    private record Last(long offset, long sequenceNr, Instant at) {}

    /** An end that is late by less may be on its way. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final World world = new World();
    private final Map<EntityId, Last> lasts = new HashMap<>();
    /** What was made as if it had never been: it can begin again. */
    private final Set<EntityId> forgotten = new HashSet<>();

    private final Consumer<Finding> findings;
    private Instant latest = Instant.EPOCH;
    private long lastOffset = -1;
    private long events;
    private long problems;
    private long unfinished;

    /**
     * Begins with nothing.
     *
     * @param findings hears of what is found as it is found
     */
    public Audit(Consumer<Finding> findings) {
        this.findings = findings;
    }

    public void apply(long offset, EntityId id, long sequenceNr, Event event) {
        events++;
        checkOffset(offset);
        var at = event.story().at();
        if (at.isAfter(latest)) latest = at;
        if (!isInItsPlace(id, event)) {
            find(Kind.MISPLACED, id, offset, sequenceNr, EventName.of(event) + " is in the history of " + id.value());
            return;
        }
        var before = lasts.put(id, new Last(offset, sequenceNr, at));
        boolean inSequence = checkSequence(id, before, offset, sequenceNr);
        if (before != null && at.isBefore(before.at())) {
            find(Kind.TIME_BACKWARDS, id, offset, sequenceNr, "it happened at " + at + ", after " + before.at());
        }
        // Of a history whose beginning is missing no more is said than that.
        boolean isLost = inSequence
                && before != null
                && !world.knows(id)
                && !forgotten.contains(id)
                && !(event instanceof ControlsEvent);
        if (inSequence && !isLost && !(event instanceof ControlsEvent)) checkTransition(id, event, offset, sequenceNr);
        if (!world.knows(id) && !Lifecycle.isFirst(event)) return;
        world.apply(offset, id, event);
        if (world.knows(id)) {
            forgotten.remove(id);
        } else {
            forgotten.add(id);
        }
    }

    /** A record that cannot be read, or the first of some that are gone. */
    public void damaged(long offset, String text) {
        checkOffset(offset);
        find(Kind.DAMAGED, null, offset, 0, text);
    }

    private void checkOffset(long offset) {
        if (offset <= lastOffset) find(Kind.OFFSET, null, offset, 0, "it comes after offset " + lastOffset);
        lastOffset = Math.max(lastOffset, offset);
    }

    private static boolean isInItsPlace(EntityId id, Event event) {
        if (event instanceof DiskEvent.Provisioned provisioned)
            return provisioned.disk().id().equals(id);
        if (event instanceof DiskEvent.Restored restored && restored.disk() != null)
            return restored.disk().id().equals(id);
        if (event instanceof InstanceEvent.Restored restored && restored.instance() != null)
            return restored.instance().id().equals(id);
        if (event instanceof DiskEvent.Creating creating)
            return creating.diskId().equals(id);
        if (event instanceof InstanceEvent.Provisioned provisioned) {
            return provisioned.instance().id().equals(id);
        }
        if (event instanceof InstanceEvent.Creating creating)
            return creating.instanceId().equals(id);
        return event instanceof DiskEvent == id instanceof DiskId
                && event instanceof InstanceEvent == id instanceof InstanceId;
    }

    private boolean checkSequence(EntityId id, @Nullable Last before, long offset, long sequenceNr) {
        long expected = before == null ? 1 : before.sequenceNr() + 1;
        if (sequenceNr == expected) return true;
        find(
                Kind.SEQUENCE,
                id,
                offset,
                sequenceNr,
                "number " + sequenceNr + " stands where number " + expected + " should be");
        return false;
    }

    private void checkTransition(EntityId id, Event event, long offset, long sequenceNr) {
        var objection = event instanceof DiskEvent disk
                ? Lifecycle.objection(world.disk((DiskId) id), disk)
                : Lifecycle.objection(world.instance((InstanceId) id), (InstanceEvent) event);
        objection.ifPresent(wrong -> find(kind(wrong.wrong()), id, offset, sequenceNr, wrong.text()));
    }

    private static Kind kind(Lifecycle.Wrong wrong) {
        return switch (wrong) {
            case FIRST, STATUS -> Kind.TRANSITION;
            case AGAIN -> Kind.CREATED_TWICE;
            case EARLY -> Kind.EARLY;
        };
    }

    /** To be called after the last event: says what is wrong with how things stand. */
    public Summary finish() {
        world.instances().sorted(Comparator.comparing(Instance::id)).forEach(instance -> {
            Discrepancy.of(world, instance).forEach(this::find);
            if (instance.status().isTransient()) {
                checkTransition(instance.id(), instance.status().wire(), instance.transition());
            }
        });
        world.disks().sorted(Comparator.comparing(Disk::id)).forEach(disk -> {
            Discrepancy.of(world, disk).forEach(this::find);
            if (disk.status().isTransient())
                checkTransition(disk.id(), disk.status().wire(), disk.transition());
            disk.snapshotInProgress()
                    .ifPresent(snapshot ->
                            checkDeadline(disk.id(), "taking the snapshot " + snapshot.id(), snapshot.due()));
            disk.taskUnderWay().ifPresent(task -> checkDeadline(disk.id(), "doing the task " + task.id(), task.due()));
        });
        return new Summary(
                events,
                Math.toIntExact(world.disks().count()),
                Math.toIntExact(world.instances().count()),
                problems,
                unfinished,
                lastOffset,
                events == 0 ? null : latest);
    }

    private void find(Discrepancy discrepancy) {
        findAtTheEnd(discrepancy.heals() ? Kind.UNFINISHED : Kind.SLOT, discrepancy.entity(), discrepancy.text());
    }

    private void checkTransition(EntityId id, String status, @Nullable Transition transition) {
        if (transition == null) {
            findAtTheEnd(Kind.NO_DEADLINE, id, "it is " + status + ", and nothing says until when");
        } else {
            checkDeadline(id, status, transition.due());
        }
    }

    /** What waits for a hand is late for nothing. */
    private void checkDeadline(EntityId id, String status, @Nullable Instant due) {
        if (due != null && due.isBefore(latest)) {
            boolean isLate = due.plus(LATE).isBefore(latest);
            findAtTheEnd(
                    isLate ? Kind.OVERDUE : Kind.UNFINISHED,
                    id,
                    "it is still " + status + ", which was due to end at " + due + "; the journal goes on to "
                            + latest);
        }
    }

    private void findAtTheEnd(Kind kind, EntityId id, String text) {
        var last = Objects.requireNonNull(lasts.get(id));
        find(kind, id, last.offset(), last.sequenceNr(), text);
    }

    private void find(Kind kind, @Nullable EntityId id, long offset, long sequenceNr, String text) {
        if (kind.isProblem()) {
            problems++;
        } else {
            unfinished++;
        }
        findings.accept(new Finding(kind, id, offset, sequenceNr, text));
    }
}
