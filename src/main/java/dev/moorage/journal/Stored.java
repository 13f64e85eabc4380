package dev.moorage.journal;

import java.time.Instant;

/** What a journal can hold: events of disks and instances, and what other persistent actors write. */
public sealed interface Stored permits Recorded, Stored.Foreign {
    long offset();

    /** Whose it is. */
    String persistenceId();

    long sequenceNr();

    Instant recordedAt();

    /**
     * An event of somebody else.
     *
     * @param message Akka's own form of it
     */
    record Foreign(long offset, String persistenceId, long sequenceNr, Instant recordedAt, byte[] message)
            implements Stored {}
}
