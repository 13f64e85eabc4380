package dev.moorage.replay;

import dev.moorage.journal.Continuity;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Recorded;
import dev.moorage.view.World;
import java.time.Instant;

/**
 * The world as it was at a point of a journal.
 *
 * @param at simulated time of the last event up to there
 */
public record Past(World world, Instant at) {

    /**
     * Folds the world up to a point.
     *
     * @param point an offset, a time or a RequestId
     * @throws BadInput if nothing had happened up to there, or the text names no point
     * @throws dev.moorage.journal.JournalDamaged if something up to there cannot be read
     */
    public static Past of(EventStore store, String point) {
        // The store stays open: it is the caller's.
        var history = new DirectoryHistory(store);
        var fold = new Fold();
        history.read(0, new Point(point).reachedIn(history), fold);
        return new Past(fold.world, fold.at);
    }

    private static final class Fold implements History.Reader {
        private final World world = new World();
        private final Continuity continuity = new Continuity();
        private Instant at = Instant.EPOCH;

        @Override
        public void event(Recorded recorded, int bytes) {
            continuity.check(recorded);
            world.apply(recorded.offset(), recorded.entity(), recorded.event());
            at = recorded.event().story().at();
        }
    }
}
