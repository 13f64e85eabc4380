package dev.moorage.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.domain.EntityId;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.JsonLinesWriter;
import dev.moorage.journal.Recorded;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a journal to a file of JSON Lines. The file is there once it is complete. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Write a journal to a file, one JSON object a line.",
        footer = {
            "",
            "Examples:",
            "  moorage journal export --to journal.jsonl.gz",
            "  moorage journal export --from http://127.0.0.1:8642 --to before.jsonl --until 14:34:12",
        })
final class JournalExport implements Callable<Integer> {
    private static final int DAMAGED = 1;
    /** So many offsets are named to people; JSON has all. */
    private static final int NAMED = 10;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "The file to write; packed, if its name ends in .gz or .zst.")
    @SuppressWarnings("NullAway.Init")
    private Path target;

    @Option(
            names = "--until",
            paramLabel = "POINT",
            description = "Where to end: an offset, a time or a RequestId (default the end).")
    private @Nullable String until;

    @Option(
            names = "--skip-damaged",
            description =
                    "Leave out what cannot be read, and what came after it in the same history, and say what that was.")
    private boolean skipsDamaged;

    @Option(names = "--force", description = "Overwrite the file.")
    private boolean force;

    @Mixin
    private final Output output = new Output();

    // What cannot be read, and what came after it in the same history.
    private final List<Long> leftOut = new ArrayList<>();
    private final List<Long> cutOff = new ArrayList<>();
    private final Map<EntityId, Long> lastKept = new HashMap<>();

    @Override
    public Integer call() {
        if (Files.exists(target) && !force) throw new BadInput(target + " is there already: --force overwrites it");
        var directory = Objects.requireNonNull(target.toAbsolutePath().getParent());
        if (!Files.isDirectory(directory)) throw new BadInput("There is no directory " + directory);
        try (var history = skipsDamaged ? place.openDamaged() : place.open()) {
            report(write(history, until == null ? Long.MAX_VALUE : new Point(until).reachedIn(history)));
            return 0;
        } catch (JournalDamaged e) {
            spec.commandLine()
                    .getErr()
                    .println("moorage: " + e.getMessage() + " (--skip-damaged leaves out what cannot be read)");
            return DAMAGED;
        } catch (IOException | UncheckedIOException e) {
            throw new BadInput(target + " cannot be written: " + e.getMessage());
        }
    }

    private JsonLinesWriter write(History history, long lastOffset) throws IOException {
        var partial = target.resolveSibling(
                target.getFileName() + ".partial-" + ProcessHandle.current().pid());
        try {
            JsonLinesWriter writer;
            try (var out = new BufferedOutputStream(Packing.of(target).pack(Files.newOutputStream(partial)), 1 << 16);
                    var progress = Progress.of("Exporting")) {
                writer = new JsonLinesWriter(out);
                history.rows(0, lastOffset, new EventStore.Reader() {
                    @Override
                    public void read(long offset, byte[] value) {
                        if (isToGo(offset, value)) writer.row(offset, value);
                        progress.step();
                    }

                    @Override
                    public void lost(long fromOffset, long toOffset) {
                        if (!skipsDamaged) EventStore.Reader.super.lost(fromOffset, toOffset);
                        for (long offset = fromOffset; offset <= toOffset; offset++) leftOut.add(offset);
                    }
                });
                writer.end();
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
            return writer;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private boolean isToGo(long offset, byte[] value) {
        Recorded recorded;
        try {
            recorded = EventCodec.decode(offset, value);
        } catch (JournalDamaged e) {
            if (!skipsDamaged) throw e;
            leftOut.add(offset);
            return false;
        }
        return !skipsDamaged || isNextOfItsHistory(recorded);
    }

    /** Nobody knows what to make of an event that comes after one that is lost, so it is left out too. */
    private boolean isNextOfItsHistory(Recorded recorded) {
        long expected = lastKept.getOrDefault(recorded.entity(), 0L) + 1;
        if (recorded.sequenceNr() == expected) {
            lastKept.put(recorded.entity(), expected);
            return true;
        }
        cutOff.add(recorded.offset());
        return false;
    }

    private void report(JsonLinesWriter written) {
        if (output.isJson()) {
            var summary = JsonNodeFactory.instance.objectNode();
            summary.put("file", target.toString());
            summary.put("events", written.events());
            summary.put("lastOffset", written.lastOffset());
            leftOut.forEach(summary.putArray("leftOut")::add);
            cutOff.forEach(summary.putArray("cutOff")::add);
            output.print(summary);
        } else {
            output.lines()
                    .println("Exported " + written.events() + " events, up to offset " + written.lastOffset() + ", to "
                            + target);
        }
        if (!leftOut.isEmpty() || !cutOff.isEmpty()) {
            String follows = cutOff.isEmpty()
                    ? ""
                    : "; and " + cutOff.size() + " that came after one of these in the same history, at offset "
                            + some(cutOff);
            spec.commandLine()
                    .getErr()
                    .println("moorage: Left out " + leftOut.size() + " damaged records, at offset " + some(leftOut)
                            + follows);
        }
    }

    private static String some(List<Long> offsets) {
        String some = offsets.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return offsets.size() > NAMED ? some + " …" : some;
    }
}
