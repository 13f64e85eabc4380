package dev.moorage.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is not the same in two states of one thing.
 *
 * @param what whether it was there before and after
 * @param changes by field, in the order of the fields
 */
record Difference(What what, List<Change> changes) {
    enum What {
        CAME,
        WENT,
        CHANGED,
        SAME
    }

    /** A field and its values; null stands for none. */
    record Change(
            String field,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    /** Null stands for what is not there. */
    static Difference between(@Nullable JsonNode before, @Nullable JsonNode after) {
        var old = Fields.of(before);
        var now = Fields.of(after);
        var fields = new LinkedHashSet<>(old.keySet());
        fields.addAll(now.keySet());
        var changes = new ArrayList<Change>();
        for (var field : fields) {
            var change = new Change(field, old.get(field), now.get(field));
            if (!Objects.equals(change.before(), change.after())) changes.add(change);
        }
        return new Difference(what(before, after, changes), List.copyOf(changes));
    }

    private static What what(@Nullable JsonNode before, @Nullable JsonNode after, List<Change> changes) {
        if (changes.isEmpty()) return What.SAME;
        if (before == null) return What.CAME;
        return after == null ? What.WENT : What.CHANGED;
    }
}
