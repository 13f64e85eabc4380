package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Finding;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.Recorded;
import dev.moorage.view.World;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

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

    /** Reads every record with an offset in the range, both ends included, in order and as it is stored. */
    void rows(long fromOffset, long toOffset, EventStore.Reader reader);

    /** Reads the records of one entity, in order and as they are stored. */
    void rowsOf(EntityId entity, EventStore.Reader reader);

    /** Reads every event with an offset in the range, both ends included, in order. */
    default void read(long fromOffset, long toOffset, Reader reader) {
        rows(fromOffset, toOffset, new Decoding(reader));
    }

    /** Reads the events of one entity, in order. */
    default void readOf(EntityId entity, Reader reader) {
        rowsOf(entity, new Decoding(reader));
    }

    /** Rows to events. */
    record Decoding(Reader reader) implements EventStore.Reader {
        @Override
        public void read(long offset, byte[] value) {
            Recorded recorded;
            try {
                recorded = EventCodec.decode(offset, value);
            } catch (JournalDamaged e) {
                reader.damaged(offset, e);
                return;
            }
            reader.event(recorded, value.length);
        }

        @Override
        public void lost(long fromOffset, long toOffset) {
            try {
                EventStore.Reader.super.lost(fromOffset, toOffset);
            } catch (JournalDamaged e) {
                reader.damaged(fromOffset, e);
            }
        }
    }

    /** More may be written to it while it is read: what is read next can go on where this ended. */
    boolean isLive();

    /** Reads every event with an offset in the range, both ends included, for as long as the reader says true. */
    default void readWhile(long fromOffset, long toOffset, Predicate<Recorded> reader) {
        var enough = new Enough();
        try {
            read(fromOffset, toOffset, (recorded, bytes) -> {
                if (!reader.test(recorded)) throw enough;
            });
        } catch (Enough thrown) {
            if (thrown != enough) throw thrown;
        }
    }

    /** How a reader leaves a scan early, whatever it is that scans. */
    final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Enough() {
            super("A reader has had enough", null, false, false);
        }
    }

    /** The world after the last event up to this offset; an empty one, if there is none. */
    default World worldAt(long offset) {
        var world = new World();
        read(0, offset, (recorded, bytes) -> world.apply(recorded.offset(), recorded.entity(), recorded.event()));
        return world;
    }

    /** The same for one entity: a world that has nothing else in it. */
    default World worldAt(long offset, EntityId only) {
        var world = new World();
        readOf(only, (recorded, bytes) -> {
            if (recorded.offset() <= offset) world.apply(recorded.offset(), only, recorded.event());
        });
        return world;
    }

    /**
     * The entity of this id.
     *
     * @throws BadInput if nothing ever happened to it
     */
    default EntityId find(String id) {
        var entity = Entity.id(id);
        var isThere = new AtomicBoolean();
        readOf(entity, (recorded, bytes) -> isThere.setPlain(true));
        if (!isThere.getPlain()) throw new BadInput("There is no " + id + " in the journal at " + description());
        return entity;
    }

    /** Says what is wrong with how it is kept, as far as that can be known of a journal that lies where this one does. */
    default void check(Consumer<Finding> found) {}

    /** For people: where it is. */
    String description();

    @Override
    void close();
}
