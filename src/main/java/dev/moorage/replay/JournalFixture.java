package dev.moorage.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.domain.EntityId;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.Recorded;
import dev.moorage.view.Tie;
import dev.moorage.view.World;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Cuts the history of something out of a journal, with a test that begins from it. */
@Command(
        name = "fixture",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Write the history of a disk or an instance, and of what it was joined to, with a test that reads"
                + " it.",
        footer = {
            "",
            "Examples:",
            "  moorage journal fixture d-23jbf2v5m --to /tmp/stuck",
            "  moorage journal fixture d-23jbf2v5m --at 14:34:30 --to /tmp/stuck --data /tmp/data"
        })
final class JournalFixture implements Runnable {
    @Mixin
    private final Subject subject = new Subject();

    @Option(
            names = "--at",
            paramLabel = "POINT",
            description =
                    "The last moment to take: an offset, a time in UTC or a RequestId (default the journal's end).")
    private @Nullable String at;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "Where to write; it must not exist, or be empty.")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        var id = subject.id();
        checkDirectory();
        try (var history = place.open()) {
            long end = at == null ? Long.MAX_VALUE : new Point(at).offsetIn(history);
            var company = company(id, history, end);
            if (company.isEmpty()) throw subject.isNotIn(history, at == null ? "" : " at " + at);
            write(id, company, history, end);
        }
    }

    private void checkDirectory() {
        if (!Files.exists(directory)) return;
        try (var files = Files.list(directory)) {
            if (files.findAny().isEmpty()) return;
        } catch (IOException e) {
            throw new BadInput("--to takes a directory, not " + directory);
        }
        throw new BadInput("--to takes a directory that does not exist or is empty; " + directory + " is not empty");
    }

    /** The subject and all that it was ever joined to; empty if it is not there. */
    private static Set<EntityId> company(EntityId subject, History history, long end) {
        var company = new LinkedHashSet<EntityId>();
        boolean[] isThere = {false};
        company.add(subject);
        history.read(0, end, (recorded, bytes) -> {
            if (recorded.entity().equals(subject)) isThere[0] = true;
            Tie.in(recorded.entity(), recorded.event())
                    .flatMap(tie -> tie.otherThan(subject).stream())
                    .forEach(company::add);
        });
        return isThere[0] ? company : Set.of();
    }

    private void write(EntityId id, Set<EntityId> company, History history, long end) {
        var source = new FixtureSource(id);
        var journal = directory.resolve(source.resource());
        var test = directory.resolve(source.className() + ".java");
        var world = new World();
        long[] events = {0};
        try {
            Files.createDirectories(directory);
            try (var lines = Files.newBufferedWriter(journal)) {
                var reader = new WholeHistories(world, recorded -> {
                    world.apply(recorded.offset(), recorded.entity(), recorded.event());
                    writeLine(recorded, lines);
                    events[0]++;
                });
                history.read(0, end, (recorded, bytes) -> {
                    if (company.contains(recorded.entity())) reader.event(recorded, bytes);
                });
            }
            Files.writeString(test, source.of(world, company));
        } catch (IOException | UncheckedIOException e) {
            throw new BadInput("The fixture cannot be written to " + directory + ": " + e.getMessage());
        }
        print(journal, test, company, events[0]);
    }

    private static void writeLine(Recorded recorded, BufferedWriter lines) {
        try {
            lines.write(
                    EventCodec.json(recorded.entity(), recorded.sequenceNr(), recorded.recordedAt(), recorded.event()));
            lines.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(Path journal, Path test, Set<EntityId> company, long events) {
        if (output.isJson()) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("journal", journal.toString())
                    .put("test", test.toString())
                    .put("events", events);
            var entities = json.putArray("entities");
            company.forEach(id -> entities.add(id.value()));
            output.print(json);
        } else {
            output.lines()
                    .printf(
                            "%d events are in %s, which belongs into src/test/resources/dev/moorage/replay;%n"
                                    + "the test is %s, which belongs into src/test/java/dev/moorage/replay%n",
                            events, journal, test);
        }
    }
}
