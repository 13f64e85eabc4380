package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.domain.EventName;
import dev.moorage.journal.Recorded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which events: those that are all of it.
 *
 * @param entities of these; of all, if it is empty
 * @param names called so; called anything, if it is empty
 * @param request belonging to it; to any, if it is null
 * @param from offset of the first, inclusive
 * @param to offset of the last, inclusive
 */
record Selection(
        Set<EntityId> entities, Set<String> names, @Nullable Point request, long from, long to) {
    Selection from(long first) {
        return new Selection(entities, names, request, first, to);
    }

    private boolean includes(Recorded recorded) {
        return from <= recorded.offset()
                && recorded.offset() <= to
                && (entities.isEmpty() || entities.contains(recorded.entity()))
                && (names.isEmpty() || names.contains(EventName.of(recorded.event())))
                && (request == null || request.isOf(recorded.event().story()));
    }

    /** Reads what there is, in order, for as long as the reader says true. */
    void read(History history, Predicate<Recorded> reader) {
        if (entities.isEmpty()) {
            history.readWhile(from, to, recorded -> !includes(recorded) || reader.test(recorded));
        } else {
            for (var recorded : merged(history)) {
                if (!reader.test(recorded)) return;
            }
        }
    }

    /** The few histories that were asked for, as one: they are short, and a scan of everything is not. */
    private List<Recorded> merged(History history) {
        var events = new ArrayList<Recorded>();
        for (var entity : entities) {
            history.readOf(entity, (recorded, bytes) -> {
                if (includes(recorded)) events.add(recorded);
            });
        }
        events.sort(Comparator.comparingLong(Recorded::offset));
        return events;
    }

    /**
     * Reads what there is, and then what comes.
     *
     * @param again asked each time that all has been read: waits a little, or says that it is over
     */
    void follow(History history, Predicate<Recorded> reader, BooleanSupplier again) {
        var tail = new Tail(reader, from);
        do {
            history.readWhile(tail.next, to, tail);
        } while (!tail.isDone && again.getAsBoolean());
    }

    private final class Tail implements Predicate<Recorded> {
        private final Predicate<Recorded> reader;
        private long next;
        private boolean isDone;

        private Tail(Predicate<Recorded> reader, long next) {
            this.reader = reader;
            this.next = next;
        }

        @Override
        public boolean test(Recorded recorded) {
            next = recorded.offset() + 1;
            isDone = includes(recorded) && !reader.test(recorded);
            return !isDone;
        }
    }
}
