package dev.moorage.replay;

import dev.moorage.domain.ControlsId;
import dev.moorage.domain.EntityId;
import dev.moorage.journal.Recorded;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every entity of a history, oldest first: what has become of it, and how much happened to it. Takes one scan. */
final class Census implements History.Reader {
    /**
     * What happened to one entity.
     *
     * @param first simulated time of its first event
     * @param last simulated time of its last event
     * @param lastOffset of its last event
     */
    record Tally(long events, Instant first, Instant last, long lastOffset) {
        private Tally and(Tally later) {
            return new Tally(events + later.events, first, later.last, later.lastOffset);
        }
    }

    record Entry(Entity entity, Tally tally) {}

    private final World world = new World();
    private final Map<EntityId, Tally> tallies = new LinkedHashMap<>();
    private @Nullable Recorded last;

    static Census upTo(long offset, History history) {
        var census = new Census();
        history.read(0, offset, census);
        return census;
    }

    /** Of one entity alone. */
    static Census upTo(long offset, History history, EntityId only) {
        var census = new Census();
        history.readOf(only, (recorded, bytes) -> {
            if (recorded.offset() <= offset) census.event(recorded, bytes);
        });
        return census;
    }

    @Override
    public void event(Recorded recorded, int bytes) {
        world.apply(recorded.offset(), recorded.entity(), recorded.event());
        last = recorded;
        // They are nobody's state.
        if (recorded.entity() instanceof ControlsId) return;
        if (!world.knows(recorded.entity())) {
            tallies.remove(recorded.entity());
            return;
        }
        var at = recorded.event().story().at();
        tallies.merge(recorded.entity(), new Tally(1, at, at, recorded.offset()), Tally::and);
    }

    /** Null if it is as if it had never been. */
    @Nullable Entity entity(EntityId id) {
        return Entity.in(world, id);
    }

    Stream<Entry> entries() {
        return tallies.entrySet().stream()
                .map(tallied -> new Entry(Objects.requireNonNull(entity(tallied.getKey())), tallied.getValue()));
    }

    int size() {
        return tallies.size();
    }

    /** The last event that was counted, or null if there was none. */
    @Nullable Recorded last() {
        return last;
    }
}
