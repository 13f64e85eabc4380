package dev.moorage.journal;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The lowest edge of the journal: bytes to a device and back. Everything above it is the same whether facts go to
 * LevelDB, to memory, or to a device that is made to fail.
 */
public interface Storage extends AutoCloseable {
    /**
     * An event, encoded.
     *
     * @param persistenceId whose history {@code sequenceNr} counts in
     */
    record Row(long offset, String persistenceId, long sequenceNr, byte[] value) {}

    interface Reader {
        void read(long offset, byte[] value);
    }

    /**
     * Writes all rows or none. Asked for one batch at a time. Completes, on a thread of the device's choice, once they
     * are durable.
     */
    CompletionStage<Void> append(List<Row> rows);

    /** Reads rows in the order of offsets, both ends included, and stops after {@code max}. */
    void read(long fromOffset, long toOffset, long max, Reader reader);

    /** Reads every row from {@code offset} on, in the order of offsets. */
    default void readFrom(long offset, Reader reader) {
        read(offset, Long.MAX_VALUE, Long.MAX_VALUE, reader);
    }

    /** Reads rows of one history, in order, both ends included. */
    void readHistory(String persistenceId, long fromSequenceNr, long toSequenceNr, long max, Reader reader);

    /** The last sequence number of a history, or 0. Nothing is left behind for an id that is only asked for. */
    long highestSequenceNr(String persistenceId);

    /** For people: what and where. */
    String description();

    @Override
    void close();
}
