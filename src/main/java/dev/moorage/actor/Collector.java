package dev.moorage.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.moorage.action.Batch;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Story;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees a change in several parts through: answers once all parts have been answered. */
final class Collector {
    sealed interface Message {}

    /** The answer to one part. */
    private record Answered(int part, Outcome outcome) implements Message {}

    /** Some part is not answered, and nobody waits any more. */
    private enum TooLate implements Message {
        TOO_LATE
    }

    private Collector() {}

    static Behavior<Message> create(
            Batch batch, Story story, ActorRef<Entities.Command> entities, ActorRef<Outcome> replyTo) {
        return Behaviors.setup(context -> {
            context.setReceiveTimeout(Ecs.PATIENCE, TooLate.TOO_LATE);
            var parts = batch.parts();
            for (int part = 0; part < parts.size(); part++) {
                entities.tell(Entities.execute(parts.get(part), story, answerTo(part, context)));
            }
            return awaiting(parts.size(), nothing(parts.size()), batch, replyTo);
        });
    }

    private static List<@Nullable Outcome> nothing(int parts) {
        return new ArrayList<>(Collections.nCopies(parts, null));
    }

    private static ActorRef<Outcome> answerTo(int part, ActorContext<Message> context) {
        return context.spawnAnonymous(Behaviors.receiveMessage(outcome -> {
            context.getSelf().tell(new Answered(part, outcome));
            return Behaviors.stopped();
        }));
    }

    private static Behavior<Message> awaiting(
            int open, List<@Nullable Outcome> outcomes, Batch batch, ActorRef<Outcome> replyTo) {
        if (open == 0) {
            var all = new ArrayList<Outcome>();
            for (var outcome : outcomes) if (outcome != null) all.add(outcome);
            replyTo.tell(batch.conclude(all));
            return Behaviors.stopped();
        }
        return Behaviors.receiveMessage(message -> {
            if (!(message instanceof Answered answered)) return Behaviors.stopped();
            outcomes.set(answered.part(), answered.outcome());
            return awaiting(open - 1, outcomes, batch, replyTo);
        });
    }
}
