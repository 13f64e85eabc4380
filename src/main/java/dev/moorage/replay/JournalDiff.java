package dev.moorage.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.EntityId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what changed between two points. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print what is not the same at two points, field by field, in the order of ids.",
        footer = {
            "",
            "A and B are offsets, times in UTC or RequestIds, or how one begins. With A later than B, time runs back.",
            "",
            "Examples:",
            "  moorage journal diff 14:34:12 14:36:00",
            "  moorage journal diff 12 57 d-23jbf2v5m --json"
        })
final class JournalDiff implements Runnable {
    @Parameters(index = "0", paramLabel = "A", description = "The point before.")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "The point after.")
    private String b = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "ID", description = "Of this disk or instance alone.")
    private @Nullable String id;

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Mixin
    private final Output output = new Output();

    /** What something is at the earlier point and at the later one; null if it is not there. */
    private record States(
            @Nullable Entity earlier, @Nullable Entity later) {
        private Difference difference(boolean backwards) {
            var before = tree(earlier);
            var after = tree(later);
            return backwards ? Difference.between(after, before) : Difference.between(before, after);
        }

        private static @Nullable JsonNode tree(@Nullable Entity entity) {
            return entity == null ? null : entity.tree();
        }
    }

    @Override
    public void run() {
        try (var history = place.open()) {
            var only = id == null ? null : history.find(id);
            long from = new Point(a).offsetIn(history);
            long to = new Point(b).offsetIn(history);
            long earlier = Math.min(from, to);
            long later = Math.max(from, to);
            var states = only == null ? states(history, earlier, later) : states(history, earlier, later, only);
            boolean same = true;
            for (var entry : states.entrySet()) {
                var difference = entry.getValue().difference(from > to);
                if (difference.what() == Difference.What.SAME) continue;
                same = false;
                print(entry.getKey(), difference);
                if (output.isClosed()) return;
            }
            if (same && !output.isJson()) output.lines().println("Nothing changed.");
        }
    }

    private static Map<EntityId, States> states(History history, long earlier, long later, EntityId only) {
        return Map.of(
                only,
                new States(
                        Entity.in(history.worldAt(earlier, only), only),
                        Entity.in(history.worldAt(later, only), only)));
    }

    /** Of all to which anything happened in between. Takes one scan: the world goes on where it stood. */
    private static Map<EntityId, States> states(History history, long earlier, long later) {
        var world = history.worldAt(earlier);
        var before = new TreeMap<EntityId, Optional<Entity>>(Comparator.comparing(EntityId::value));
        history.read(earlier + 1, later, (recorded, bytes) -> {
            if (!(recorded.entity() instanceof ControlsId))
                before.computeIfAbsent(recorded.entity(), touched -> Optional.ofNullable(Entity.in(world, touched)));
            world.apply(recorded.offset(), recorded.entity(), recorded.event());
        });
        var states = new TreeMap<EntityId, States>(before.comparator());
        before.forEach((touched, was) -> states.put(touched, new States(was.orElse(null), Entity.in(world, touched))));
        return states;
    }

    private void print(EntityId entity, Difference difference) {
        if (output.isJson()) {
            output.print(json(entity, difference));
            return;
        }
        output.lines().println(Entity.named(entity) + ", " + word(difference.what()));
        for (var change : difference.changes()) {
            output.lines().println("  " + sentence(change));
        }
    }

    private static String word(Difference.What what) {
        return what.name().toLowerCase(Locale.ROOT);
    }

    private static String sentence(Difference.Change change) {
        String before = Fields.shown(change.field(), change.before());
        String after = Fields.shown(change.field(), change.after());
        return change.field() + ": " + before + " → " + after;
    }

    private static JsonNode json(EntityId entity, Difference difference) {
        var object = Entity.json(entity).put("change", word(difference.what()));
        var fields = object.putArray("fields");
        for (var change : difference.changes()) {
            var field = fields.addObject().put("field", change.field());
            field.set("before", change.before());
            field.set("after", change.after());
        }
        return object;
    }
}
