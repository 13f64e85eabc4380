package dev.moorage.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one alarm of the process. Entities set no timers of their own: so they can leave memory while they wait, and a
 * clock that jumps has one place to look.
 *
 * <p>Time that is moved by hand goes from deadline to deadline, and waits at each until all has happened that was due:
 * what happens has the time at which it would have happened, and what follows from it and is due on the way happens too.
 */
public final class Alarm extends AbstractBehavior<Alarm.Command> {
    public sealed interface Command {}

    /** Wake this entity then. Once too often does no harm: an entity knows itself what is due. */
    record Arm(EntityId entity, Instant due) implements Command {}

    /** See what is due: some time has passed. */
    enum Look implements Command {
        LOOK
    }

    /**
     * An entity that was woken has done what was due.
     *
     * @param told the instances that have been told of it, and have something to do themselves
     */
    record Ended(EntityId entity, Set<InstanceId> told) implements Command {}

    /** An instance has heard from a disk that was woken. */
    record Heard(InstanceId instance, DiskId from) implements Command {}

    /** Move time forward, perhaps by nothing, and answer once all has happened that is due until then. */
    record Advance(Duration by, ActorRef<Advanced> replyTo) implements Command {}

    /**
     * Time was moved.
     *
     * @param completed how many times something was due
     * @param unfinished how many of those have not ended, and are not waited for any longer
     */
    public record Advanced(long completed, int unfinished) {}

    /** Wake nobody from now on, and say this to the entities then; time that is on its way arrives before that. */
    record Hold(Entities.Command held) implements Command {}

    /** Everybody sets their deadlines again. */
    enum Forget implements Command {
        FORGET
    }

    /** Go on. */
    enum Release implements Command {
        RELEASE
    }

    /** Nothing has ended for a while. */
    private enum Stalled implements Command {
        STALLED
    }

    // Akka's timers do not reach farther than some months. To look in between does no harm.
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    /** What is due within so much simulated time happens together: late by no more, and much sooner done. */
    private static final Duration TOGETHER = Duration.ofMillis(100);
    /**
     * So long nothing that is waited for has to end before it is given up that anything will, in real time. All that is
     * waited for was woken at once: each end leaves less of it.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Deadline(Instant due, EntityId entity) {}

    /** Before all others. */
    private static final EntityId NOBODY = new DiskId("");

    /** A device that an instance is to free because of a disk. */
    private record Hearing(InstanceId instance, DiskId from) {}

    /** Time on its way. */
    private static final class Journey {
        private final ActorRef<Advanced> replyTo;
        private Duration remaining;
        /** An entity that comes to memory because of one sets it again: that is no other one. */
        private final Set<Deadline> rung = new HashSet<>();

        private Journey(Advance advance) {
            replyTo = advance.replyTo();
            remaining = advance.by();
        }
    }

    // Equal deadlines end in an order that does not depend on chance, and one that is set twice is there once.
    private final NavigableSet<Deadline> deadlines = new TreeSet<>(Comparator.comparing(Deadline::due)
            .thenComparing(deadline -> deadline.entity().value()));
    /** Who was woken, and has not ended yet. */
    private final Set<EntityId> woken = new HashSet<>();

    private final Set<Hearing> hearings = new HashSet<>();
    private final SimulatedClock clock;
    private final ActorRef<Entities.Command> entities;
    private final TimerScheduler<Command> timers;
    private @Nullable Instant next;
    private @Nullable Journey journey;
    /** One journey at a time. */
    private final Deque<Advance> waiting = new ArrayDeque<>();

    private Entities.@Nullable Command held;

    static Behavior<Command> create(SimulatedClock clock, ActorRef<Entities.Command> entities) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Alarm(context, timers, clock, entities)));
    }

    private Alarm(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SimulatedClock clock,
            ActorRef<Entities.Command> entities) {
        super(context);
        this.timers = timers;
        this.clock = clock;
        this.entities = entities;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Arm.class, this::onArm)
                .onMessage(Look.class, this::onLook)
                .onMessage(Ended.class, this::onEnded)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Advance.class, this::onAdvance)
                .onMessage(Hold.class, this::onHold)
                .onMessage(Forget.class, this::onForget)
                .onMessage(Release.class, this::onRelease)
                .onMessage(Stalled.class, this::onStalled)
                .build();
    }

    private Behavior<Command> onArm(Arm arm) {
        deadlines.add(new Deadline(arm.due(), arm.entity()));
        if (next == null || arm.due().isBefore(next)) setTimer();
        return this;
    }

    /** What is due while time is on its way waits for its turn there, or the way would never end. */
    private Behavior<Command> onLook(Look look) {
        if (journey == null) ring();
        setTimer();
        return this;
    }

    private Behavior<Command> onHold(Hold hold) {
        held = hold.held();
        if (journey == null) entities.tell(held);
        return this;
    }

    private Behavior<Command> onForget(Forget forget) {
        deadlines.clear();
        woken.clear();
        hearings.clear();
        return this;
    }

    private Behavior<Command> onRelease(Release release) {
        held = null;
        begin();
        return onLook(Look.LOOK);
    }

    private void ring() {
        if (held != null && journey == null) return;
        Instant now = clock.instant();
        while (!deadlines.isEmpty() && !now.isBefore(deadlines.first().due())) {
            var deadline = deadlines.pollFirst();
            woken.add(deadline.entity());
            if (journey != null) journey.rung.add(deadline);
            entities.tell(new Entities.Due(deadline.entity()));
        }
    }

    private Behavior<Command> onEnded(Ended ended) {
        boolean isMissed = woken.remove(ended.entity());
        for (var instance : ended.told()) hearings.add(new Hearing(instance, (DiskId) ended.entity()));
        if (isMissed) goOn();
        return this;
    }

    private Behavior<Command> onHeard(Heard heard) {
        if (hearings.remove(new Hearing(heard.instance(), heard.from()))) goOn();
        return this;
    }

    private Behavior<Command> onAdvance(Advance advance) {
        waiting.add(advance);
        begin();
        return this;
    }

    private void begin() {
        if (journey != null || held != null || waiting.isEmpty()) return;
        journey = new Journey(waiting.remove());
        goOn();
    }

    /** From deadline to deadline, as far as nobody has to be waited for. */
    private void goOn() {
        while (journey != null && woken.isEmpty() && hearings.isEmpty()) {
            if (journey.remaining.isZero() && !isAnyDue()) {
                arrive(journey, 0);
                return;
            }
            var step = step(journey.remaining);
            clock.advance(step);
            journey.remaining = journey.remaining.minus(step);
            ring();
        }
        if (journey != null) timers.startSingleTimer(Stalled.STALLED, PATIENCE);
    }

    private boolean isAnyDue() {
        return !deadlines.isEmpty()
                && !clock.instant().isBefore(deadlines.first().due());
    }

    private Duration step(Duration remaining) {
        if (deadlines.isEmpty()) return remaining;
        var now = clock.instant();
        var first = deadlines.first().due();
        var last = deadlines.lower(new Deadline(first.plus(TOGETHER), NOBODY));
        var wait = Duration.between(now, last == null ? first : last.due());
        if (wait.isNegative()) return Duration.ZERO;
        return wait.compareTo(remaining) < 0 ? wait : remaining;
    }

    private void arrive(Journey arriving, int unfinished) {
        journey = null;
        timers.cancel(Stalled.STALLED);
        setTimer();
        arriving.replyTo.tell(new Advanced(arriving.rung.size(), unfinished));
        if (held != null) entities.tell(held);
        begin();
    }

    /** Whoever has not ended by now cannot write: its journal fails. It is woken again when it can. */
    private Behavior<Command> onStalled(Stalled stalled) {
        if (journey == null) return this;
        int unfinished = woken.size() + hearings.size();
        woken.clear();
        hearings.clear();
        clock.advance(journey.remaining);
        ring();
        arrive(journey, unfinished);
        return this;
    }

    /** Null while time stands still before it; what is due by now happens all the same. */
    private @Nullable Duration realTimeUntil(Instant then) {
        return clock.realTimeUntil(then).orElse(then.isAfter(clock.instant()) ? null : Duration.ZERO);
    }

    private void setTimer() {
        if (held != null && journey == null) {
            timers.cancel(Look.LOOK);
            return;
        }
        next = deadlines.isEmpty() ? null : deadlines.first().due();
        var wait = next == null ? null : realTimeUntil(next);
        if (wait == null) {
            timers.cancel(Look.LOOK);
            return;
        }
        if (wait.isNegative()) wait = Duration.ZERO;
        timers.startSingleTimer(Look.LOOK, wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }
}
