package dev.moorage.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.EventName;
import dev.moorage.view.Times;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints who set a field. */
@Command(
        name = "blame",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print which event gave a field the value that it has.",
        footer = {
            "",
            "A POINT is an offset, a time in UTC or a RequestId, or how one begins.",
            "",
            "Examples:",
            "  moorage journal blame d-23jbf2v5m",
            "  moorage journal blame d-23jbf2v5m status",
            "  moorage journal blame d-23jbf2v5m attachment.device --at 14:34:12 --json"
        })
final class JournalBlame implements Runnable {
    @Parameters(index = "0", paramLabel = "ID", description = "A disk or an instance.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FIELD",
            description =
                    "Such as status or attachment.instanceId; attachment stands for all in it (default all fields).")
    private @Nullable String field;

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Option(names = "--at", paramLabel = "POINT", description = "The values at this point (default the end).")
    private @Nullable String at;

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        try (var history = place.open()) {
            var entity = history.find(id);
            long offset = at == null ? Long.MAX_VALUE : new Point(at).offsetIn(history);
            var blame = Blame.of(entity, offset, history);
            for (var line : wanted(blame)) {
                if (output.isJson()) {
                    output.print(json(entity, line));
                } else if (line.change().field().equals(field)) {
                    printAll(line);
                } else {
                    print(line);
                }
                if (output.isClosed()) return;
            }
        }
    }

    private List<Blame.Line> wanted(Map<String, Blame.Line> blame) {
        if (blame.isEmpty()) throw new BadInput(id + " is not there yet at " + at);
        if (field == null) return List.copyOf(blame.values());
        var lines = blame.values().stream()
                .filter(line -> isIn(field, line.change().field()))
                .toList();
        if (lines.isEmpty()) {
            throw new BadInput(id + " has no field " + field + ": there are " + String.join(", ", blame.keySet()));
        }
        return lines;
    }

    private static boolean isIn(String whole, String part) {
        return part.equals(whole) || part.startsWith(whole + ".") || part.startsWith(whole + "[");
    }

    private void print(Blame.Line line) {
        var change = line.change();
        output.lines()
                .printf(
                        "%-26s  %-36s  %6d  %s  %s%n",
                        change.field(),
                        Fields.shown(change.field(), change.after()),
                        line.by().offset(),
                        Times.aligned(line.by().event().story().at()),
                        EventName.of(line.by().event()));
    }

    private void printAll(Blame.Line line) {
        var change = line.change();
        var story = line.by().event().story();
        output.lines()
                .printf(
                        """
                        %s of %s is %s
                          before   %s
                          set by   %s at offset %d, %s
                          request  %s
                          caller   %s
                          cause    %s
                        """,
                        change.field(),
                        id,
                        Fields.shown(change.field(), change.after()),
                        Fields.shown(change.field(), change.before()),
                        EventName.of(line.by().event()),
                        line.by().offset(),
                        Times.aligned(story.at()),
                        story.requestId(),
                        story.caller(),
                        story.cause());
    }

    private static JsonNode json(EntityId entity, Blame.Line line) {
        var change = line.change();
        var story = line.by().event().story();
        ObjectNode object = Entity.json(entity).put("field", change.field());
        object.set("value", change.after());
        object.set("before", change.before());
        return object.put("offset", line.by().offset())
                .put("at", story.at().toString())
                .put("event", EventName.of(line.by().event()))
                .put("requestId", story.requestId())
                .put("caller", story.caller())
                .put("cause", story.cause());
    }
}
