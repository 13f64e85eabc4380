package dev.moorage.journal;

import dev.moorage.domain.EntityId;
import java.util.HashMap;
import java.util.Map;

/**
 * Sees that no history has a hole. A device that drops what it finds damaged, and goes on, leaves one where acknowledged
 * facts were.
 */
public final class Continuity {
    private final Map<EntityId, Long> last = new HashMap<>();

    /**
     * Takes the next event of a journal.
     *
     * @throws JournalDamaged if it is not the next one of its entity
     */
    public void check(Recorded recorded) {
        Long before = last.put(recorded.entity(), recorded.sequenceNr());
        long expected = before == null ? 1 : before + 1;
        if (recorded.sequenceNr() != expected) {
            throw new JournalDamaged("The history of " + recorded.entity().value() + " has a hole: its event number "
                    + expected + " should come before number " + recorded.sequenceNr() + " at offset "
                    + recorded.offset());
        }
    }
}
