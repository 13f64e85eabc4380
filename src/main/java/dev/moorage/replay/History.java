package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.Recorded;

/** A journal to be read, wherever it is. */
interface History extends AutoCloseable {
    interface Reader {
        /**
         * Takes the next event.
         *
         * @param bytes what it takes in the journal
         */
        void event(Recorded recorded, int bytes);

        /** A record that cannot be read. The one who does not say otherwise stops there. */
        default void damaged(long offset, JournalDamaged damage) {
            throw damage;
        }
    }

    /** Reads every record with an offset in the range, both ends included, in order and as it is stored. */
    void rows(long fromOffset, long toOffset, EventStore.Reader reader);

    /** Reads the records of one entity, in order and as they are stored. */
    void rowsOf(EntityId entity, EventStore.Reader reader);

    /** Reads every event with an offset in the range, both ends included, in order. */
    default void read(long fromOffset, long toOffset, Reader reader) {
        rows(fromOffset, toOffset, (offset, value) -> decode(offset, value, reader));
    }

    /** Reads the events of one entity, in order. */
    default void readOf(EntityId entity, Reader reader) {
        rowsOf(entity, (offset, value) -> decode(offset, value, reader));
    }

    private static void decode(long offset, byte[] value, Reader reader) {
        Recorded recorded;
        try {
            recorded = EventCodec.decode(offset, value);
        } catch (JournalDamaged e) {
            reader.damaged(offset, e);
            return;
        }
        reader.event(recorded, value.length);
    }

    /** More may be written to it while it is read: what is read next can go on where this ended. */
    boolean isLive();

    /** For people: where it is. */
    String description();

    @Override
    void close();
}
