package dev.moorage.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import dev.moorage.domain.EntityId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The actors of one kind of entity that are in memory. To be used by one actor, their parent.
 *
 * <p>What arrives for an entity that is on its way out waits until it is out, and wakes it again: two actors for one
 * entity would both write its history.
 */
final class Population<I extends EntityId, C, P> {
    /** What arrives for others is not to wait until all have been told. */
    static final int MOST_AT_ONCE = 256;

    private static final class Member<C> {
        final ActorRef<C> actor;
        /** What has arrived since it was told to stop; null while it has not been told. */
        @Nullable List<C> waiting;
        /** At which look something last arrived for it. */
        int heardAt;

        Member(ActorRef<C> actor) {
            this.actor = actor;
        }
    }

    private final ActorContext<P> parent;
    private final Function<I, Behavior<C>> behavior;
    private final Function<I, P> gone;
    private final C stop;
    private final AtomicInteger count;
    /** First the one for whom nothing has arrived for longest. */
    private final Map<I, Member<C>> members = new LinkedHashMap<>(16, 0.75f, true);
    /** How often it was looked who is idle. */
    private int looks;

    /**
     * Nobody at first.
     *
     * @param gone what the parent is to hear once an actor has stopped
     * @param stop what makes an actor stop
     * @param count how many there are, for others to read
     */
    Population(
            ActorContext<P> parent,
            Function<I, Behavior<C>> behavior,
            Function<I, P> gone,
            C stop,
            AtomicInteger count) {
        this.parent = parent;
        this.behavior = behavior;
        this.gone = gone;
        this.stop = stop;
        this.count = count;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Everybody is to leave; what arrives for them meanwhile wakes them again. */
    void passivateAll() {
        List.copyOf(members.keySet()).forEach(this::passivate);
    }

    void tell(I id, C command) {
        var member = members.computeIfAbsent(id, absent -> new Member<>(spawn(absent)));
        member.heardAt = looks;
        if (member.waiting == null) {
            member.actor.tell(command);
        } else {
            member.waiting.add(command);
        }
    }

    private ActorRef<C> spawn(I id) {
        var actor = parent.spawnAnonymous(behavior.apply(id));
        parent.watchWith(actor, gone.apply(id));
        count.incrementAndGet();
        return actor;
    }

    void passivate(I id) {
        var member = members.get(id);
        if (member != null) stop(member);
    }

    private void stop(Member<C> member) {
        if (member.waiting != null) return;
        member.waiting = new ArrayList<>();
        member.actor.tell(stop);
    }

    /** Time has gone on: whoever has heard nothing for a while may go, see {@link #passivateIdle}. */
    void look() {
        looks++;
    }

    /**
     * Whoever has been idle is to leave, but for those beyond as many as can go at once. A timer for each of them would be
     * set anew by each message.
     *
     * @param after for more than how many looks
     * @return whether there are more
     */
    boolean passivateIdle(int after) {
        int gone = 0;
        for (var member : members.values()) {
            if (looks - member.heardAt <= after) return false;
            if (member.waiting != null) continue;
            if (gone++ == MOST_AT_ONCE) return true;
            stop(member);
        }
        return false;
    }

    /** It was told to stop, and does not: what has waited goes to it. */
    void stay(I id) {
        var member = members.get(id);
        if (member == null || member.waiting == null) return;
        var waited = member.waiting;
        member.waiting = null;
        member.heardAt = looks;
        waited.forEach(member.actor::tell);
    }

    void gone(I id) {
        var member = members.remove(id);
        if (member == null) return;
        count.decrementAndGet();
        if (member.waiting != null) member.waiting.forEach(command -> tell(id, command));
    }
}
