package dev.moorage.replay;

import dev.moorage.domain.EventName;
import dev.moorage.journal.Recorded;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one scan of a history counts. Its memory grows with the entities, not with the events. */
final class Statistics implements History.Reader {
    /**
     * Some events.
     *
     * @param bytes what they take in the journal
     */
    record Volume(long count, long bytes) {
        private static final Volume NONE = new Volume(0, 0);

        double meanBytes() {
            return count == 0 ? 0 : (double) bytes / count;
        }

        private Volume and(Volume other) {
            return new Volume(count + other.count, bytes + other.bytes);
        }
    }

    private final Map<String, Volume> byName = new LinkedHashMap<>();
    private final Census census = new Census();
    private final Stays stays = new Stays();
    private @Nullable Recorded first;

    Statistics() {
        EventName.all().forEach(name -> byName.put(name, Volume.NONE));
    }

    @Override
    public void event(Recorded recorded, int bytes) {
        byName.merge(EventName.of(recorded.event()), new Volume(1, bytes), Volume::and);
        census.event(recorded, bytes);
        var entity = census.entity(recorded.entity());
        stays.tell(
                recorded.entity(),
                entity == null ? null : entity.status(),
                recorded.event().story().at());
        if (first == null) first = recorded;
    }

    Volume total() {
        return byName.values().stream().reduce(Volume.NONE, Volume::and);
    }

    /** Of every event that there is, in the order of the table of events. */
    Map<String, Volume> byName() {
        byName.values().removeIf(Volume.NONE::equals);
        return byName;
    }

    @Nullable Recorded first() {
        return first;
    }

    @Nullable Recorded last() {
        return census.last();
    }

    int entities() {
        return census.size();
    }

    /** Those to which most happened; of two alike the older one first. */
    List<Census.Entry> busiest(long count) {
        return census.entries()
                .sorted(Comparator.comparingLong(
                        (Census.Entry entry) -> -entry.tally().events()))
                .limit(count)
                .toList();
    }

    List<Stays.Summary> stays() {
        return stays.summaries();
    }
}
