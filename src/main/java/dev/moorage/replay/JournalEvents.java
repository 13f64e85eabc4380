package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.domain.EventName;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.Recorded;
import dev.moorage.view.Times;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints events in order. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print events, in order. Times are simulated ones, in UTC.",
        footer = {
            "",
            "A POINT is an offset, a time in UTC or a RequestId, or how one begins.",
            "",
            "Examples:",
            "  moorage journal events --last 20",
            "  moorage journal events d-23jbf2v5m i-23jggx34b --since 14:34:12",
            "  moorage journal events --event disk.detaching --event disk.detached --json"
        })
final class JournalEvents implements Runnable {
    private static final long POLL_MILLIS = 200;

    @Parameters(paramLabel = "ID", description = "Disks and instances whose events to print (default all).")
    private @Nullable List<String> ids;

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Option(
            names = "--event",
            paramLabel = "NAME",
            description = "Only events of this name, such as disk.detaching. Can be given more than once.")
    private @Nullable List<String> names;

    @Option(names = "--since", paramLabel = "POINT", description = "Only events from this point on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "POINT", description = "Only events up to this point.")
    private @Nullable String until;

    @Option(names = "--request", paramLabel = "ID", description = "Only what this request led to.")
    private @Nullable String request;

    @ArgGroup(exclusive = true)
    private @Nullable Part part;

    private static final class Part {
        @Option(
                names = "--limit",
                paramLabel = "N",
                converter = WholeNumber.class,
                description = "Only the first N of them.")
        private @Nullable Long limit;

        @Option(
                names = "--last",
                paramLabel = "N",
                converter = WholeNumber.class,
                description = "Only the last N of them.")
        private @Nullable Long last;
    }

    @Option(names = "--follow", description = "Go on printing as events come, from a running server (--from).")
    private boolean follow;

    @Mixin
    private final Output output = new Output();

    private @Nullable LocalDate day;
    private long printed;

    @Override
    public void run() {
        var wanted = names();
        try (var history = place.open()) {
            if (follow) checkThatMoreCanCome(history);
            var selection = new Selection(
                    entities(history),
                    wanted,
                    request == null ? null : new Point(request),
                    since == null ? 0 : new Point(since).firstIn(history),
                    until == null ? Long.MAX_VALUE : new Point(until).offsetIn(history));
            print(selection, history);
            if (printed == 0 && !output.isJson()) output.lines().println("No event in the journal is like that.");
        }
    }

    private Set<String> names() {
        if (names == null) return Set.of();
        for (var name : names) {
            if (!EventName.all().contains(name)) {
                throw new BadInput("There is no event " + name + ": there are " + String.join(", ", EventName.all()));
            }
        }
        return Set.copyOf(names);
    }

    private void checkThatMoreCanCome(History history) {
        if (!history.isLive()) {
            throw new BadInput("--follow needs a running server (--from http://HOST:PORT): nothing is being added to "
                    + history.description());
        }
        if (until != null) throw new BadInput("--follow has no end, and --until names one: give one of the two");
    }

    private Set<EntityId> entities(History history) {
        var entities = new LinkedHashSet<EntityId>();
        if (ids != null) ids.forEach(id -> entities.add(history.find(id)));
        return entities;
    }

    private void print(Selection selection, History history) {
        if (part != null && part.last != null) {
            long next = printLast(part.last, selection, history);
            if (follow) selection.from(next).follow(history, this::print, JournalEvents::pause);
            return;
        }
        long limit = part == null || part.limit == null ? Long.MAX_VALUE : part.limit;
        if (limit == 0) return;
        Predicate<Recorded> reader = recorded -> print(recorded) && printed < limit;
        if (follow) {
            selection.follow(history, reader, JournalEvents::pause);
        } else {
            selection.read(history, reader);
        }
    }

    /** Returns the offset to go on from. */
    private long printLast(long count, Selection selection, History history) {
        var last = new ArrayDeque<Recorded>();
        long[] next = {selection.from()};
        selection.read(history, recorded -> {
            last.add(recorded);
            if (last.size() > count) last.remove();
            next[0] = recorded.offset() + 1;
            return true;
        });
        for (var recorded : last) {
            if (!print(recorded)) break;
        }
        return next[0];
    }

    /** Says whether anybody reads on. */
    private boolean print(Recorded recorded) {
        if (output.isJson()) {
            output.print(EventCodec.tree(recorded));
        } else {
            printForPeople(recorded);
        }
        printed++;
        return !output.isClosed();
    }

    // The day gets a line of its own when it changes, and a RequestId ends early, so that a line fits a terminal.
    private void printForPeople(Recorded recorded) {
        var story = recorded.event().story();
        var today = LocalDate.ofInstant(story.at(), ZoneOffset.UTC);
        if (!today.equals(day)) output.lines().println(today);
        day = today;
        output.lines()
                .printf(
                        "%6d  %s  %-12s  %-46s  %-13s  %s%n",
                        recorded.offset(),
                        Times.timeOfDay(story.at()),
                        recorded.entity().value(),
                        (EventName.of(recorded.event()) + "  " + Wording.of(recorded.event())).strip(),
                        Point.shortened(story.requestId()),
                        story.cause());
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
