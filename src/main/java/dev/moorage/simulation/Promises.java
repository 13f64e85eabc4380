package dev.moorage.simulation;

import dev.moorage.action.Compatibility;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Event;
import dev.moorage.domain.EventName;
import dev.moorage.domain.Instance;
import dev.moorage.domain.Mount;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Recorded;
import dev.moorage.view.Audit;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Watches over a trial, through all its lives. Throws {@link Broken} at the first promise that is. */
final class Promises {
    /** Codes that say nothing of whether it was done. */
    private static final Set<String> UNSURE = Set.of("InternalError", "ServiceUnavailable");

    private static final Map<Audit.Kind, Promise> FOUND = Map.of(
            Audit.Kind.DAMAGED, Promise.UNBROKEN,
            Audit.Kind.OFFSET, Promise.UNBROKEN,
            Audit.Kind.SEQUENCE, Promise.UNBROKEN,
            Audit.Kind.MISPLACED, Promise.UNBROKEN,
            Audit.Kind.CREATED_TWICE, Promise.NEW_IDS,
            Audit.Kind.TRANSITION, Promise.LEGAL,
            Audit.Kind.EARLY, Promise.NOT_EARLY,
            Audit.Kind.TIME_BACKWARDS, Promise.TIME,
            Audit.Kind.SLOT, Promise.SLOTS,
            Audit.Kind.OVERDUE, Promise.WAITED_FOR);

    private static final Set<Class<? extends Event>> TAKES_OFF = Set.of(
            DiskEvent.Detached.class, DiskEvent.AttachFailed.class, DiskEvent.Outlived.class, DiskEvent.Released.class);

    /** A call that was answered well. */
    private record Acknowledged(String action, boolean leavesAnEvent) {}

    private record Refused(String action, String code) {}

    private final Map<String, Acknowledged> acknowledged = new HashMap<>();
    private final Map<String, Refused> refused = new HashMap<>();
    private final Map<String, String> madeBy = new HashMap<>();
    private final Compatibility compatibility;
    private long events;

    Promises(Compatibility compatibility) {
        this.compatibility = compatibility;
    }

    /** To be told of each event once it is durable; {@code live} has it already. */
    void happened(Recorded recorded, World live) {
        events++;
        var event = recorded.event();
        if (!(event instanceof DiskEvent)) return;
        var id = (DiskId) recorded.entity();
        var disk = live.disk(id);
        if (disk == null) return;
        if (disk.mounts().size() > 1 && !disk.spec().multiAttach()) {
            throw new Broken(Promise.ONE_INSTANCE, id, id + " is on " + disk.mounts());
        }
        boolean isMisplaced = disk.status() != DiskStatus.CREATING
                && disk.status().isAttached() == disk.mounts().isEmpty();
        if (isMisplaced) {
            throw new Broken(Promise.PLACED, id, id + " is " + disk.status().wire() + " and on " + disk.mounts());
        }
        // Today's documents let a caller say otherwise.
        boolean isFlagged = disk.deleteWithInstance() && compatibility == Compatibility.Y2018;
        if (event instanceof DiskEvent.Detached && isFlagged) {
            throw new Broken(Promise.STAYS_AFTER_DETACH, id, id + " was detached, and goes with its instance");
        }
        if (event instanceof DiskEvent.Attaching) checkDevice(disk, live);
    }

    private static void checkDevice(Disk disk, World live) {
        for (var mount : disk.mounts()) {
            var place = mount.attachment();
            live.disks()
                    .filter(other -> !other.id().equals(disk.id()))
                    .filter(other -> other.mounts().stream()
                            .map(Mount::attachment)
                            .anyMatch(held -> held.instanceId().equals(place.instanceId())
                                    && held.device().equals(place.device())))
                    .findAny()
                    .ifPresent(other -> {
                        throw new Broken(
                                Promise.ONE_DEVICE,
                                disk.id(),
                                disk.id() + " and " + other.id() + " are both on " + place.device() + " of "
                                        + place.instanceId());
                    });
        }
    }

    /**
     * To be told of each answer to a call.
     *
     * @param leavesAnEvent whether such a call, done, cannot be without an event that bears its RequestId
     */
    void answered(String action, boolean leavesAnEvent, Front.Reply reply, World live) {
        if (reply.isUnanswered()) {
            throw new Broken(Promise.ANSWERED, null, action + " " + reply.requestId() + " was not answered in time");
        }
        if (!reply.isGood()) {
            if (!UNSURE.contains(reply.code())) refused.put(reply.requestId(), new Refused(action, reply.code()));
            return;
        }
        acknowledged.put(reply.requestId(), new Acknowledged(action, leavesAnEvent));
        String made = Objects.requireNonNull(reply.body()).path("DiskId").asText();
        if (!made.isEmpty() && live.disk(new DiskId(made)) == null) {
            throw new Broken(Promise.SEEN, new DiskId(made), made + " was made, and is not there");
        }
    }

    /** A disk was made by a call with this token, or, if that is empty, by a call without one. */
    void made(String diskId, String token) {
        String by = token.isEmpty() ? "a call" : token;
        String before = madeBy.putIfAbsent(diskId, by);
        if (before != null && (token.isEmpty() || !before.equals(by))) {
            throw new Broken(Promise.NEW_IDS, new DiskId(diskId), diskId + " was given to two calls");
        }
    }

    /**
     * To be told when a life is over.
     *
     * @param store what is left
     */
    void lifeEnded(EventStore store, World live) {
        var requests = new HashSet<String>();
        // What a rule lets others do meanwhile bears the same RequestId, and another action.
        var onDisks = new HashMap<String, Set<String>>();
        var replayed = new World();
        store.read(0, Long.MAX_VALUE, (offset, value) -> {
            var recorded = EventCodec.decode(offset, value);
            var story = recorded.event().story();
            requests.add(story.requestId());
            if (recorded.event() instanceof DiskEvent) {
                onDisks.computeIfAbsent(story.requestId(), first -> new HashSet<>())
                        .add(story.cause());
            }
            // What became durable in the last moment, nobody was told of.
            if (offset <= live.offset()) replayed.apply(offset, recorded.entity(), recorded.event());
        });
        acknowledged.forEach((requestId, call) -> {
            if (call.leavesAnEvent() && !requests.contains(requestId)) {
                throw new Broken(
                        Promise.ACKNOWLEDGED_IS_KEPT,
                        null,
                        call.action() + " " + requestId + " was acknowledged, and no event tells of it");
            }
        });
        refused.forEach((requestId, call) -> {
            if (onDisks.getOrDefault(requestId, Set.of()).contains(call.action())) {
                throw new Broken(
                        Promise.REFUSED_LEAVES_NOTHING,
                        null,
                        requestId + " (" + call.action() + ", " + call.code() + ") has an event on a disk");
            }
        });
        compare(replayed, live);
    }

    private static void compare(World replayed, World live) {
        compare(replayed.disks(), live.disks(), Disk::id);
        compare(replayed.instances(), live.instances(), Instance::id);
    }

    private static <T, I extends Comparable<? super I>> void compare(
            Stream<T> replayed, Stream<T> live, Function<T, I> id) {
        var expected = live.sorted(Comparator.comparing(id)).toList();
        var found = replayed.sorted(Comparator.comparing(id)).toList();
        if (found.equals(expected)) return;
        for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
            var one = i < found.size() ? found.get(i) : null;
            var other = i < expected.size() ? expected.get(i) : null;
            if (!Objects.equals(one, other)) {
                throw new Broken(Promise.REPLAYS, null, "replayed it is " + one + ", and it was " + other);
            }
        }
    }

    /** To be told when all is done that was to be done, and as much time has passed as anything takes. */
    void settled(EventStore store) {
        var found = new ArrayList<Broken>();
        var audit = new Audit(one -> found.add(broken(one)));
        var world = new World();
        store.read(0, Long.MAX_VALUE, (offset, value) -> {
            var recorded = EventCodec.decode(offset, value);
            checkPlaces(recorded, world);
            audit.apply(offset, recorded.entity(), recorded.sequenceNr(), recorded.event());
        });
        audit.finish();
        store.check(finding -> {
            if (finding.isDamage()) found.add(new Broken(Promise.UNBROKEN, null, finding.text()));
        });
        if (!found.isEmpty()) throw found.get(0);
    }

    /** Folds the event into the world, and looks what it takes the disk off: one instance at most. */
    private static void checkPlaces(Recorded recorded, World world) {
        var event = recorded.event();
        var before = recorded.entity() instanceof DiskId id ? world.disk(id) : null;
        world.apply(recorded.offset(), recorded.entity(), event);
        if (before == null || event instanceof DiskEvent.Restored) return;
        var after = world.disk(before.id());
        var left = before.mounts().stream()
                .map(Mount::attachment)
                .filter(place -> after == null || !after.holds(place.reservation()))
                .toList();
        if (left.size() > (TAKES_OFF.contains(event.getClass()) ? 1 : 0)) {
            throw new Broken(
                    Promise.STAYS_WHERE_IT_IS,
                    before.id(),
                    before.id() + " has left " + left + " by " + EventName.of(event));
        }
    }

    /** To be told with the world at the very end, when nothing is held up any more. */
    void atRest(World world, int unanswered) {
        if (unanswered > 0) {
            throw new Broken(Promise.ANSWERED, null, unanswered + " calls of the last life were never answered");
        }
        world.disks().filter(Promises::isAtWork).findAny().ifPresent(disk -> {
            throw new Broken(
                    Promise.ENDS_ONCE,
                    disk.id(),
                    disk.id() + " is " + disk.status().wire() + ", with " + disk.snapshotInProgress() + " and "
                            + disk.taskUnderWay() + " under way");
        });
        world.instances().filter(Instance::isInTransition).findAny().ifPresent(instance -> {
            throw new Broken(
                    Promise.ENDS_ONCE,
                    instance.id(),
                    instance.id() + " is still " + instance.status().wire());
        });
    }

    private static boolean isAtWork(Disk disk) {
        return disk.status().isTransient()
                || disk.snapshotInProgress().isPresent()
                || disk.taskUnderWay().isPresent();
    }

    private static Broken broken(Audit.Finding found) {
        return new Broken(FOUND.getOrDefault(found.kind(), Promise.AT_REST), found.entity(), found.text());
    }

    long events() {
        return events;
    }
}
