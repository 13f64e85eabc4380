package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.journal.Finding;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.Recorded;
import java.util.function.Consumer;

/** A journal to be read, wherever it is. */
interface History extends AutoCloseable {
    interface Reader {
        /**
         * Takes the next event.
         *
         * @param bytes what it takes in the journal
         */
        void event(Recorded recorded, int bytes);

        /**
         * A record that cannot be read, or the first of some that are gone. The one who does not say otherwise stops
         * there.
         */
        default void damaged(long offset, JournalDamaged damage) {
            throw damage;
        }
    }

    /** Reads every event with an offset in the range, both ends included, in order. */
    void read(long fromOffset, long toOffset, Reader reader);

    /** Reads the events of one entity, in order. */
    void readOf(EntityId entity, Reader reader);

    /** Says what is wrong with how it is kept, as far as that can be known of a journal that lies where this one does. */
    default void check(Consumer<Finding> found) {}

    /** For people: where it is. */
    String description();

    @Override
    void close();
}
