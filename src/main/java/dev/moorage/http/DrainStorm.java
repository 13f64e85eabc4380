package dev.moorage.http;

import akka.pattern.Patterns;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.action.Actions;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Caller;
import dev.moorage.contract.Failure;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Incident;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Stamp;
import dev.moorage.view.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Many detaches at once, by an operator who goes on until all have come about: the calls take the same way as those of
 * clients, with all that can happen to them there.
 */
final class DrainStorm {
    static final String NAME = "drain-storm";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final String NO_ANSWER = "no answer";
    private static final String FELL_BACK = "fell back";

    /** The code of what is heard. An answer that is spoilt on its way is heard by an operator all the same. */
    private static final Replies<String> HEARD = new Replies<>() {
        @Override
        public String answer(@Nullable Outcome outcome, @Nullable Throwable failure) {
            return outcome == null || failure != null ? NO_ANSWER : code(outcome);
        }

        @Override
        public String fail(Failure failure) {
            return failure.code();
        }

        @Override
        public String reset() {
            return NO_ANSWER;
        }

        @Override
        public String spoilt(String answer, String how) {
            return answer;
        }
    };

    /**
     * A disk that is to come off its instance.
     *
     * @param reservation by which it holds its place: if it comes back there, that is another one
     */
    record Target(InstanceId instanceId, DiskId diskId, String account, String reservation) {
        boolean isOff(World world) {
            var disk = world.disk(diskId);
            return disk == null || !disk.holds(reservation);
        }

        boolean isInUse(World world) {
            var disk = world.disk(diskId);
            return disk != null && disk.status() == DiskStatus.IN_USE && disk.holds(reservation);
        }
    }

    /** How calls are made. */
    record Manner(int inFlight, Duration retry, int tries) {}

    private final Ecs ecs;
    private final Faults faults;
    private final Incident incident;
    private final Manner manner;
    private final List<Target> targets;
    private final Deque<Target> waiting;
    private final Map<Target, Integer> tries = new HashMap<>();
    private final Set<Target> begun = new LinkedHashSet<>();
    private final SortedMap<String, Integer> refused = new TreeMap<>();
    private int inFlight;
    private int calls;
    private int detached;
    private int givenUp;
    private Instant last;

    DrainStorm(Ecs ecs, Faults faults, Incident incident, Manner manner, List<Target> targets) {
        this.ecs = ecs;
        this.faults = faults;
        this.incident = incident;
        this.manner = manner;
        this.targets = targets;
        this.waiting = new ArrayDeque<>(targets);
        this.last = incident.begunAt();
    }

    /** The data disks in use of so many instances, or of one, in the order of their ids. */
    static List<Target> targets(World world, @Nullable InstanceId only, int instances, int disksEach) {
        return world.instances()
                .filter(instance -> only == null || instance.id().equals(only))
                .sorted(Comparator.comparing(instance -> instance.id()))
                .map(instance -> instance.dataSlots().stream()
                        .map(slot -> new Target(
                                instance.id(), slot.diskId(), instance.spec().account(), slot.reservation()))
                        .filter(target -> target.isInUse(world))
                        .limit(disksEach == 0 ? Long.MAX_VALUE : disksEach)
                        .toList())
                .filter(disks -> !disks.isEmpty())
                .limit(instances)
                .flatMap(List::stream)
                .toList();
    }

    void begin() {
        callMore();
        look();
    }

    String id() {
        return incident.id();
    }

    private boolean isOver() {
        var now = ecs.environment().clock().instant();
        return ecs.environment()
                .world()
                .controls()
                .incident(id())
                .filter(goingOn -> !goingOn.isOver(now))
                .isEmpty();
    }

    private synchronized void callMore() {
        while (inFlight < manner.inFlight() && !waiting.isEmpty() && !isOver()) {
            var target = waiting.remove();
            if (target.isOff(ecs.environment().world())) {
                come(target);
                continue;
            }
            inFlight++;
            calls++;
            tries.merge(target, 1, Integer::sum);
            call(target)
                    .whenCompleteAsync(
                            (code, failure) -> answered(target, failure == null ? code : NO_ANSWER),
                            ecs.system().executionContext());
        }
    }

    /** The code of the refusal; empty for none. */
    private CompletionStage<String> call(Target target) {
        var values = Map.of(
                "InstanceId",
                target.instanceId().value(),
                "DiskId",
                target.diskId().value());
        var call = new Call(
                Objects.requireNonNull(Actions.specs().get("DetachDisk")),
                Arguments.of(values),
                RequestIds.next(),
                new Caller(target.account(), NAME),
                "");
        return CompletableFuture.completedFuture(call)
                .thenComposeAsync(
                        made -> faults.pass(made, new Stamp("", id(), "", false), HEARD),
                        ecs.system().executionContext());
    }

    private static String code(Outcome outcome) {
        return outcome instanceof Rejection no ? no.code().wire() : "";
    }

    private synchronized void answered(Target target, String code) {
        inFlight--;
        if (code.isEmpty()) {
            begun.add(target);
        } else {
            refuse(target, code);
        }
        callMore();
    }

    private void refuse(Target target, String why) {
        refused.merge(why, 1, Integer::sum);
        if (tries.getOrDefault(target, 0) < manner.tries()) {
            later(manner.retry(), () -> again(target));
        } else {
            givenUp++;
        }
    }

    private synchronized void again(Target target) {
        waiting.add(target);
        callMore();
    }

    private void later(Duration wait, Runnable what) {
        Patterns.after(wait, ecs.system().classicSystem(), () -> {
                    what.run();
                    return CompletableFuture.completedFuture(true);
                })
                .exceptionallyAsync(failure -> false, ecs.system().executionContext());
    }

    /** Who attaches a disk again at once is to be seen as well. */
    private void look() {
        see();
        if (!isOver() && !isDone()) later(BETWEEN_LOOKS, this::look);
    }

    private synchronized void see() {
        var world = ecs.environment().world();
        for (var target : List.copyOf(begun)) {
            if (target.isOff(world)) {
                begun.remove(target);
                come(target);
            } else if (target.isInUse(world)) {
                // It has fallen back.
                begun.remove(target);
                refuse(target, FELL_BACK);
            }
        }
    }

    private synchronized boolean isDone() {
        return detached + givenUp == targets.size();
    }

    private void come(Target target) {
        detached++;
        var disk = ecs.environment().world().disk(target.diskId());
        var at = disk == null || disk.detachedAt() == null
                ? ecs.environment().clock().instant()
                : disk.detachedAt();
        if (at.isAfter(last)) last = at;
    }

    private boolean isStuck(Target target) {
        var disk = ecs.environment().world().disk(target.diskId());
        return disk != null && isStuck(disk);
    }

    private static boolean isStuck(Disk disk) {
        return disk.transition() != null && disk.transition().due() == null;
    }

    /** How far it has come. */
    synchronized ObjectNode put(ObjectNode body) {
        see();
        body.put(
                        "instances",
                        targets.stream().map(Target::instanceId).distinct().count())
                .put("disks", targets.size())
                .put("detached", detached)
                .put("underWay", begun.size())
                .put("stuck", begun.stream().filter(this::isStuck).count())
                .put("waiting", targets.size() - detached - begun.size() - givenUp)
                .put("givenUp", givenUp)
                .put("calls", calls);
        refused.forEach(body.putObject("refused")::put);
        boolean isDrained = detached == targets.size();
        body.put("drained", isDrained);
        if (isDrained) {
            var took = Duration.between(incident.begunAt(), last);
            body.put("timeToDrain", took.toString()).put("timeToDrainSeconds", took.toMillis() / 1e3);
        }
        return body;
    }
}
