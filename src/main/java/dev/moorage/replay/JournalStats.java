package dev.moorage.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.journal.Recorded;
import dev.moorage.view.Times;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints figures about a journal. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print what a journal is made of, what is busy in it, and how long everything takes.",
        footer = {"", "Examples:", "  moorage journal stats --top 3", "  moorage journal stats --data /tmp/data --json"
        })
final class JournalStats implements Runnable {
    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "How many of the busiest disks and instances to name (default 10).")
    private long top = 10;

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        try (var history = place.open()) {
            var statistics = new Statistics();
            history.read(0, Long.MAX_VALUE, statistics);
            if (output.isJson()) {
                output.print(json(statistics));
            } else {
                print(statistics);
            }
        }
    }

    private void print(Statistics statistics) {
        var total = statistics.total();
        print("%d events of %d disks and instances, %d bytes", total.count(), statistics.entities(), total.bytes());
        print("first", statistics.first());
        print("last", statistics.last());

        print("%n%-23s %10s %12s %10s", "event", "count", "bytes", "mean");
        statistics.byName().forEach((name, volume) -> {
            print("%-23s %10d %12d %10.1f", name, volume.count(), volume.bytes(), volume.meanBytes());
        });

        print("%n%-23s %10s", "busiest", "events");
        for (var entry : statistics.busiest(top)) {
            print("%-23s %10d", entry.entity().id().value(), entry.tally().events());
        }

        print("%n%-23s %9s %7s %11s %9s %9s %9s %9s", "stays", "ended", "open", "total", "p50", "p90", "p99", "max");
        for (var stay : statistics.stays()) {
            print(
                    "%-23s %9d %7d %11s %9s %9s %9s %9s",
                    stay.status().kind() + " " + stay.status().wire(),
                    stay.count(),
                    stay.open(),
                    length(stay.totalMillis(), stay),
                    length(stay.p50Millis(), stay),
                    length(stay.p90Millis(), stay),
                    length(stay.p99Millis(), stay),
                    length(stay.maxMillis(), stay));
        }
    }

    private void print(String format, Object... values) {
        output.lines().println(String.format(Locale.ROOT, format, values));
    }

    private void print(String which, @Nullable Recorded recorded) {
        if (recorded == null) return;
        print(
                "%-5s at offset %d, %s simulated, recorded %s",
                which,
                recorded.offset(),
                Times.aligned(recorded.event().story().at()),
                Times.aligned(recorded.recordedAt()));
    }

    private static String length(long millis, Stays.Summary of) {
        return of.count() == 0 ? "-" : Times.duration(Duration.ofMillis(millis));
    }

    private ObjectNode json(Statistics statistics) {
        var total = statistics.total();
        var object = JsonNodeFactory.instance.objectNode();
        object.put("events", total.count()).put("bytes", total.bytes()).put("entities", statistics.entities());
        put(object, "first", statistics.first());
        put(object, "last", statistics.last());
        var byEvent = object.putArray("byEvent");
        statistics
                .byName()
                .forEach((name, volume) -> byEvent.addObject()
                        .put("event", name)
                        .put("count", volume.count())
                        .put("bytes", volume.bytes())
                        .put("meanBytes", volume.meanBytes()));
        var busiest = object.putArray("busiest");
        for (var entry : statistics.busiest(top)) {
            busiest.add(
                    Entity.json(entry.entity().id()).put("events", entry.tally().events()));
        }
        var stays = object.putArray("stays");
        statistics.stays().forEach(stay -> stays.add(json(stay)));
        return object;
    }

    private static void put(ObjectNode object, String which, @Nullable Recorded recorded) {
        if (recorded == null) return;
        object.putObject(which)
                .put("offset", recorded.offset())
                .put("at", recorded.event().story().at().toString())
                .put("recordedAt", recorded.recordedAt().toString());
    }

    private static ObjectNode json(Stays.Summary stay) {
        var object = JsonNodeFactory.instance
                .objectNode()
                .put("kind", stay.status().kind())
                .put("status", stay.status().name())
                .put("count", stay.count())
                .put("open", stay.open());
        if (stay.count() == 0) return object;
        return object.put("totalMillis", stay.totalMillis())
                .put("p50Millis", stay.p50Millis())
                .put("p90Millis", stay.p90Millis())
                .put("p99Millis", stay.p99Millis())
                .put("maxMillis", stay.maxMillis());
    }
}
