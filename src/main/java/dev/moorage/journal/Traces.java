package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What damaged files still tell of the events that are or were in them. */
final class Traces {
    private static final int EVENT_KEY = 1 + Long.BYTES;
    private static final Pattern WHOSE = Pattern.compile("\\{\"id\":\"([^\"]+)\",\"seq\":(\\d{1,18}),");

    private Traces() {}

    private static boolean isEvent(byte[] key) {
        return key.length == EVENT_KEY && key[0] == EventStore.EVENT;
    }

    private static boolean isIndex(byte[] key) {
        return key.length > EVENT_KEY + 1 && key[0] == EventStore.INDEX && key[key.length - EVENT_KEY] == 0;
    }

    /** Whether this was not written to its end: an event or a snapshot without all its bytes, a number without one. */
    static boolean isCutShort(WriteBatch.Change change) {
        byte[] value = change.value();
        if (value == null) return false;
        if (isIndex(change.key())) return value.length != Long.BYTES;
        byte kind = change.key()[0];
        boolean hasChecksum = kind == EventStore.EVENT || kind == EventStore.SNAPSHOT;
        return hasChecksum && value.length > 0 && !EventCodec.isIntact(value);
    }

    /** Whether this can be an event, or its place in its history. */
    static boolean isRow(byte[] key, byte @Nullable [] value) {
        if (value == null) return false;
        if (isEvent(key)) return EventStore.longAtEnd(key) >= 0;
        return isIndex(key) && value.length == Long.BYTES && EventStore.longAtEnd(value) >= 0;
    }

    /** Adds, under its offset, what is known of an event. */
    static void name(byte[] key, byte @Nullable [] value, Map<Long, String> names) {
        if (!isRow(key, value) || value == null) return;
        if (isIndex(key)) {
            long offset = EventStore.longAtEnd(value);
            names.put(offset, name(offset, EventStore.idOf(key), String.valueOf(EventStore.longAtEnd(key))));
            return;
        }
        long offset = EventStore.longAtEnd(key);
        var whose = WHOSE.matcher(new String(value, UTF_8));
        if (whose.find()) {
            names.put(offset, name(offset, whose.group(1), whose.group(2)));
        } else {
            names.putIfAbsent(offset, "offset " + offset);
        }
    }

    private static String name(long offset, String persistenceId, String sequenceNr) {
        return "offset " + offset + " (" + persistenceId + " number " + sequenceNr + ")";
    }

    /** The index entry of an event that is whole, or null. */
    static WriteBatch.@Nullable Change indexOf(WriteBatch.Change event) {
        if (!isEvent(event.key()) || event.value() == null) return null;
        long offset = EventStore.longAtEnd(event.key());
        try {
            var stored = EventCodec.decodeAny(offset, event.value());
            byte[] key = EventStore.key(EventStore.INDEX, stored.persistenceId(), stored.sequenceNr());
            return new WriteBatch.Change(key, EventStore.bytes(offset), event.sequence());
        } catch (JournalDamaged e) {
            return null;
        }
    }

    /** What can have been between two keys; either is null where nothing is known. */
    static String between(byte @Nullable [] before, byte @Nullable [] after) {
        return (before == null ? "" : ", behind " + place(before)) + (after == null ? "" : ", before " + place(after));
    }

    private static String place(byte[] key) {
        if (isEvent(key)) return "offset " + EventStore.longAtEnd(key);
        if (isIndex(key)) return "number " + EventStore.longAtEnd(key) + " in the history of " + EventStore.idOf(key);
        return "a snapshot or a note";
    }
}
