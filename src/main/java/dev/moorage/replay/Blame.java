package dev.moorage.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.domain.EntityId;
import dev.moorage.journal.Recorded;
import dev.moorage.view.World;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For each field that something ever had: the event that gave it the value that it has, or took it away. */
final class Blame implements History.Reader {
    /** The last change of a field, and the event that made it. */
    record Line(Difference.Change change, Recorded by) {}

    private final World world = new World();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private @Nullable JsonNode state;

    private Blame() {}

    /** Who set each field of an entity, up to an offset. */
    static Map<String, Line> of(EntityId id, long offset, History history) {
        var blame = new Blame();
        history.readOf(id, (recorded, bytes) -> {
            if (recorded.offset() <= offset) blame.event(recorded, bytes);
        });
        return Collections.unmodifiableMap(blame.lines);
    }

    @Override
    public void event(Recorded recorded, int bytes) {
        world.apply(recorded.offset(), recorded.entity(), recorded.event());
        var entity = Entity.in(world, recorded.entity());
        if (entity == null) {
            // As if it had never been: it has no fields.
            lines.clear();
            state = null;
            return;
        }
        var next = entity.tree();
        for (var change : Difference.between(state, next).changes()) {
            lines.put(change.field(), new Line(change, recorded));
        }
        state = next;
    }
}
