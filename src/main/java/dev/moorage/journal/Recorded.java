package dev.moorage.journal;

import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import java.time.Instant;

/**
 * An event in the journal.
 *
 * @param offset its place in the one order of all events, from 0
 * @param sequenceNr its place in the history of its entity, from 1
 * @param recordedAt wall time; simulated time is in the event's story
 */
public record Recorded(long offset, EntityId entity, long sequenceNr, Instant recordedAt, Event event)
        implements Stored {
    @Override
    public String persistenceId() {
        return PersistenceIds.of(entity);
    }
}
