package dev.moorage.journal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Whether every event is in the history of its entity, at its place, and every place in a history has its event. It takes
 * eight bytes an event.
 */
final class IndexCheck {
    private static final long NOTHING = 0;

    private final EventStore store;
    private final Consumer<Finding> found;
    // By offset, whose event the index says it is.
    private long[] owners;
    private final BitSet unread = new BitSet();

    IndexCheck(EventStore store, Consumer<Finding> found) {
        this.store = store;
        this.found = found;
        this.owners = new long[Math.toIntExact(store.end())];
    }

    void run() {
        store.readIndex(this::note);
        store.read(0, Long.MAX_VALUE, new EventStore.Reader() {
            @Override
            public void read(long offset, byte[] value) {
                compare(offset, value);
            }

            @Override
            public void lost(long fromOffset, long toOffset) {
                damage(EventStore.gone(fromOffset, toOffset));
                unread.set((int) fromOffset, (int) toOffset + 1);
            }
        });
        for (int offset = 0; offset < owners.length; offset++) {
            if (owners[offset] != NOTHING) unread.set(offset);
        }
        if (!unread.isEmpty()) store.readIndex(this::nameUnread);
    }

    private void damage(String text) {
        found.accept(Finding.damage(text));
    }

    private static long owner(String persistenceId, long sequenceNr) {
        long owner = ((long) persistenceId.hashCode() << Integer.SIZE) ^ (sequenceNr * 0x9e3779b97f4a7c15L);
        return owner == NOTHING ? 1 : owner;
    }

    private static String place(String persistenceId, long sequenceNr) {
        return "number " + sequenceNr + " of " + persistenceId;
    }

    private void note(String persistenceId, long sequenceNr, long offset) {
        if (offset < 0 || offset > Integer.MAX_VALUE - 8) {
            damage("The history of " + persistenceId + " is damaged at number " + sequenceNr);
            return;
        }
        if (offset >= owners.length) owners = Arrays.copyOf(owners, (int) offset + 1);
        if (owners[(int) offset] == NOTHING) {
            owners[(int) offset] = owner(persistenceId, sequenceNr);
        } else {
            damage("The record at offset " + offset + " is in more than one history, as "
                    + place(persistenceId, sequenceNr) + " too");
        }
    }

    private void compare(long offset, byte[] value) {
        long owner = owners[(int) offset];
        owners[(int) offset] = NOTHING;
        try {
            var stored = EventCodec.decodeAny(offset, value);
            String id = stored.persistenceId();
            if (owner == owner(id, stored.sequenceNr())) return;
            damage("The record at offset " + offset + ", " + place(id, stored.sequenceNr())
                    + (owner == NOTHING ? ", is not in its history" : ", is in another history"));
        } catch (JournalDamaged e) {
            damage(String.valueOf(e.getMessage()));
            unread.set((int) offset);
        }
    }

    /** Whose they are, as far as the index knows. */
    private void nameUnread(String persistenceId, long sequenceNr, long offset) {
        if (offset >= 0 && offset < owners.length && unread.get((int) offset)) {
            damage("The record at offset " + offset + " is " + place(persistenceId, sequenceNr)
                    + ", and cannot be read");
        }
    }
}
