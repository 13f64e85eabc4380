package dev.moorage.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.EventName;
import dev.moorage.journal.Recorded;
import dev.moorage.view.Times;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the state of everything, or of one thing, at a point. */
@Command(
        name = "at",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print a disk, an instance or the whole world as it was at a point.",
        footer = {
            "",
            "A POINT is an offset, a time in UTC or a RequestId, or how one begins: the state after that event, after"
                    + " the last one up to that time, after the last one of that request.",
            "",
            "Examples:",
            "  moorage journal at 57",
            "  moorage journal at 14:34:12 d-23jbf2v5m",
            "  moorage journal at --request 18275728-C2ED d-23jbf2v5m --json"
        })
final class JournalAt implements Runnable {
    private static final long LINES = 50;

    @Parameters(arity = "0..2", paramLabel = "[POINT] [ID]", hideParamSyntax = true, description = "When, and of what.")
    private @Nullable List<String> words;

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @ArgGroup(exclusive = true)
    private @Nullable When when;

    private static final class When {
        @Option(
                names = "--offset",
                paramLabel = "N",
                converter = WholeNumber.class,
                description = "The point is this offset.")
        private @Nullable Long offset;

        @Option(names = "--time", paramLabel = "TIME", description = "The point is this simulated time.")
        private @Nullable String time;

        @Option(names = "--request", paramLabel = "ID", description = "The point is the end of this request.")
        private @Nullable String request;

        private ToLongFunction<History> point() {
            if (time != null) return new Point(time)::offsetOfTimeIn;
            if (request != null) return new Point(request)::requestIn;
            return history -> Objects.requireNonNull(offset);
        }
    }

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "How many disks and instances to print (default " + LINES + ", all with --json).")
    private @Nullable Long limit;

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        var given = new ArrayDeque<>(words == null ? List.of() : words);
        var point = when == null ? positional(given.poll()) : when.point();
        String id = given.poll();
        if (!given.isEmpty()) throw new BadInput("The point is given twice: by an option, and as " + words);
        try (var history = place.open()) {
            if (id == null) {
                printWorld(Census.upTo(point.applyAsLong(history), history));
            } else {
                var entity = history.find(id);
                print(entity, Census.upTo(point.applyAsLong(history), history, entity));
            }
        }
    }

    private static ToLongFunction<History> positional(@Nullable String text) {
        if (text == null) throw new BadInput("At which point? It is an offset, a time or a RequestId");
        return new Point(text)::offsetIn;
    }

    private void print(EntityId id, Census census) {
        var entry = census.entries().findFirst().orElse(null);
        if (output.isJson()) {
            output.print(entry == null ? Entity.json(id).putNull("state") : json(entry));
        } else if (entry == null) {
            output.lines().println(id + " is not there yet.");
        } else {
            output.lines().println(Entity.named(id) + ", after " + told(census.last()));
            Fields.of(entry.entity().tree())
                    .forEach((field, value) ->
                            output.lines().printf("  %-28s  %s%n", field, Fields.shown(field, value)));
        }
    }

    private void printWorld(Census census) {
        var entries = census.entries().limit(limit()).iterator();
        if (!output.isJson()) printCounts(census);
        while (entries.hasNext() && !output.isClosed()) {
            var entry = entries.next();
            if (output.isJson()) {
                output.print(json(entry));
            } else {
                print(entry);
            }
        }
        long more = census.size() - limit();
        if (!output.isJson() && more > 0) output.lines().println("and " + more + " more (--limit)");
    }

    private long limit() {
        if (limit != null) return limit;
        return output.isJson() ? Long.MAX_VALUE : LINES;
    }

    private void printCounts(Census census) {
        output.lines().println(census.last() == null ? "Nothing is there yet." : "After " + told(census.last()));
        var counts = new HashMap<Status, Long>();
        census.entries().forEach(entry -> counts.merge(entry.entity().status(), 1L, Long::sum));
        for (var status : Status.ALL) {
            if (counts.containsKey(status)) {
                output.lines().printf("%7d  %s %s%n", counts.get(status), status.kind(), status.wire());
            }
        }
    }

    private static String told(@Nullable Recorded last) {
        if (last == null) throw new IllegalStateException("Something is there, and nothing happened to it");
        return EventName.of(last.event()) + " at offset " + last.offset() + ", "
                + Times.aligned(last.event().story().at());
    }

    private void print(Census.Entry entry) {
        var entity = entry.entity();
        output.lines()
                .printf(
                        "%-12s  %-8s  %-9s  %-21s  since offset %d, %s%n",
                        entity.id().value(),
                        Entity.kind(entity.id()),
                        entity.status().wire(),
                        entity.place(),
                        entry.tally().lastOffset(),
                        Times.aligned(entry.tally().last()));
    }

    /** Offset and time are those of the last event that made the state. */
    private static ObjectNode json(Census.Entry entry) {
        return Entity.json(entry.entity().id())
                .put("offset", entry.tally().lastOffset())
                .put("at", entry.tally().last().toString())
                .set("state", entry.entity().tree());
    }
}
