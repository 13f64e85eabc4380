package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.Times;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what a journal knows of. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Print disks and instances, oldest first, as they are at the end. Times are simulated ones, in UTC.",
        footer = {
            "",
            "Examples:",
            "  moorage journal list --kind disk --status In_use",
            "  moorage journal list --instance i-23jggx34b --json",
            "  moorage journal list --min-events 10 --since 14:30:00"
        })
final class JournalList implements Runnable {
    private static final String LINE = "%-12s  %-8s  %-9s  %-21s  %6s  %-24s  %s";

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Option(names = "--kind", paramLabel = "disk|instance", description = "Only disks, or only instances.")
    private @Nullable String kind;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only those in this status, such as In_use or Released.")
    private @Nullable String status;

    @Option(names = "--instance", paramLabel = "ID", description = "Only this instance and the disks on it.")
    private @Nullable String instance;

    @Option(
            names = "--min-events",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "Only those to which at least so much happened.")
    private long minEvents;

    @Option(
            names = "--max-events",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "Only those to which at most so much happened.")
    private long maxEvents = Long.MAX_VALUE;

    @Option(names = "--since", paramLabel = "TIME", description = "Only those whose last event is not before this.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those whose last event is not after this.")
    private @Nullable String until;

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        Predicate<Census.Entry> wanted = isOfKind().and(isInStatus()).and(this::hasEvents);
        try (var history = place.open()) {
            wanted = wanted.and(belongsToInstance(history)).and(wasLastSeen(history));
            var entries = Census.upTo(Long.MAX_VALUE, history)
                    .entries()
                    .filter(wanted)
                    .iterator();
            if (!output.isJson()) printHead(entries.hasNext());
            while (entries.hasNext() && !output.isClosed()) print(entries.next());
        }
    }

    private Predicate<Census.Entry> isOfKind() {
        if (kind == null) return entry -> true;
        for (var known : List.of(Entity.DISK, Entity.INSTANCE)) {
            if (known.equalsIgnoreCase(kind)) {
                return entry -> Entity.kind(entry.entity().id()).equals(known);
            }
        }
        throw new BadInput("--kind is disk or instance, not " + kind);
    }

    private Predicate<Census.Entry> isInStatus() {
        if (status == null) return entry -> true;
        String wire = Status.parse(status);
        return entry -> entry.entity().status().wire().equals(wire);
    }

    private boolean hasEvents(Census.Entry entry) {
        return minEvents <= entry.tally().events() && entry.tally().events() <= maxEvents;
    }

    private Predicate<Census.Entry> belongsToInstance(History history) {
        if (instance == null) return entry -> true;
        if (!(Entity.id(instance) instanceof InstanceId)) {
            throw new BadInput("--instance is the id of an instance (i-…), not " + instance);
        }
        EntityId owner = history.find(instance);
        return entry -> entry.entity().id().equals(owner) || entry.entity().isOn(owner);
    }

    private Predicate<Census.Entry> wasLastSeen(History history) {
        var from = since == null ? Instant.MIN : new Point(since).timeIn(history);
        var to = until == null ? Instant.MAX : new Point(until).timeIn(history);
        return entry ->
                !entry.tally().last().isBefore(from) && !entry.tally().last().isAfter(to);
    }

    private void printHead(boolean any) {
        output.lines()
                .println(
                        any
                                ? String.format(LINE, "id", "kind", "status", "on", "events", "first", "last")
                                : "Nothing in the journal is like that.");
    }

    private void print(Census.Entry entry) {
        if (output.isJson()) {
            printJson(entry);
        } else {
            var entity = entry.entity();
            var tally = entry.tally();
            output.lines()
                    .printf(
                            LINE + "%n",
                            entity.id().value(),
                            Entity.kind(entity.id()),
                            entity.status().wire(),
                            entity.place(),
                            tally.events(),
                            Times.aligned(tally.first()),
                            Times.aligned(tally.last()));
        }
    }

    private void printJson(Census.Entry entry) {
        var entity = entry.entity();
        var tally = entry.tally();
        var object = Entity.json(entity.id()).put("status", entity.status().name());
        var attachment = entity.attachment();
        if (attachment != null) {
            object.put("instanceId", attachment.instanceId().value()).put("device", attachment.device());
        }
        output.print(object.put("events", tally.events())
                .put("first", tally.first().toString())
                .put("last", tally.last().toString()));
    }
}
