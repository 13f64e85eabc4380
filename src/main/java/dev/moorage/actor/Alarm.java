package dev.moorage.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.moorage.domain.EntityId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one alarm of the process. Entities set no timers of their own: so they can leave memory while they wait, and a
 * clock that jumps has one place to look.
 */
final class Alarm extends AbstractBehavior<Alarm.Command> {
    sealed interface Command {}

    /** Wake this entity then. Once too often does no harm: an entity knows itself what is due. */
    record Arm(EntityId entity, Instant due) implements Command {}

    /** See what is due: some time has passed. */
    enum Look implements Command {
        LOOK
    }

    // Akka's timers do not reach farther than some months. To look in between does no harm.
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private record Deadline(Instant due, EntityId entity) {}

    // Equal deadlines end in an order that does not depend on chance, and one that is set twice is there once.
    private final NavigableSet<Deadline> deadlines = new TreeSet<>(Comparator.comparing(Deadline::due)
            .thenComparing(deadline -> deadline.entity().value()));
    private final Clock clock;
    private final ActorRef<Entities.Command> entities;
    private final TimerScheduler<Command> timers;
    private @Nullable Instant next;

    static Behavior<Command> create(Clock clock, ActorRef<Entities.Command> entities) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Alarm(context, timers, clock, entities)));
    }

    private Alarm(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Clock clock,
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
                .build();
    }

    private Behavior<Command> onArm(Arm arm) {
        deadlines.add(new Deadline(arm.due(), arm.entity()));
        if (next == null || arm.due().isBefore(next)) setTimer();
        return this;
    }

    private Behavior<Command> onLook(Look look) {
        Instant now = clock.instant();
        while (!deadlines.isEmpty() && !now.isBefore(deadlines.first().due())) {
            entities.tell(new Entities.Due(deadlines.pollFirst().entity()));
        }
        setTimer();
        return this;
    }

    private void setTimer() {
        next = deadlines.isEmpty() ? null : deadlines.first().due();
        if (next == null) return;
        var wait = Duration.between(clock.instant(), next);
        if (wait.isNegative()) wait = Duration.ZERO;
        timers.startSingleTimer(Look.LOOK, wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }
}
