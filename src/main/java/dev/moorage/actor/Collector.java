package dev.moorage.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.moorage.action.Batch;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Story;
import org.jspecify.annotations.Nullable;

/** Sees a change in several parts through: answers once all parts have been answered, with the first no if any. */
final class Collector {
    private Collector() {}

    static Behavior<Outcome> create(
            Batch batch, Story story, ActorRef<Entities.Command> entities, ActorRef<Outcome> replyTo) {
        return Behaviors.setup(context -> {
            batch.parts().forEach(part -> entities.tell(Entities.execute(part, story, context.getSelf())));
            return awaiting(batch.parts().size(), null, batch, replyTo);
        });
    }

    private static Behavior<Outcome> awaiting(
            int open, @Nullable Rejection no, Batch batch, ActorRef<Outcome> replyTo) {
        if (open == 0) {
            replyTo.tell(no == null ? batch.success() : no);
            return Behaviors.stopped();
        }
        return Behaviors.receiveMessage(outcome ->
                awaiting(open - 1, no == null && outcome instanceof Rejection first ? first : no, batch, replyTo));
    }
}
