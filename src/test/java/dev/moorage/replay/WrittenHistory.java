package dev.moorage.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Story;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Journal;
import dev.moorage.journal.LevelDbStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * A journal in a directory, and the tools run on it as a user runs them. What is in it, by offset:
 *
 * <pre>
 *  0 14:00:00  i-web    provisioned, Running        5 14:10:02  d-data   attached
 *  1 14:00:00  d-data   provisioned, Available      6 14:20:00  d-data   detaching       DETACH
 *  2 14:00:00  d-spare  provisioned, Available      7 14:21:00  d-data   detached
 *  3 14:10:00  i-web    slot reserved    ATTACH     8 14:21:00  i-web    slot freed
 *  4 14:10:00  d-data   attaching                   9 14:30:00  d-spare  released        DELETE
 * </pre>
 */
final class WrittenHistory {
    static final String ATTACH = "11111111-AAAA-4000-8000-000000000001";
    static final String DETACH = "22222222-BBBB-4000-8000-000000000002";
    static final String DELETE = "33333333-CCCC-4000-8000-000000000003";

    static final InstanceId WEB = new InstanceId("i-web");
    static final DiskId DATA = new DiskId("d-data");
    static final DiskId SPARE = new DiskId("d-spare");

    private static final Clock WALL_CLOCK = Clock.fixed(Instant.parse("2026-12-24T18:00:00Z"), ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a tool said. */
    record Answer(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        List<JsonNode> objects() {
            return out.lines().map(WrittenHistory::read).toList();
        }
    }

    private final Path directory;
    private final List<Journal.Fact> entries = new ArrayList<>();
    private final Map<EntityId, Long> sequenceNrs = new HashMap<>();

    private WrittenHistory(Path directory) {
        this.directory = directory;
    }

    static WrittenHistory in(Path directory) {
        var history = new WrittenHistory(directory);
        history.begin();
        history.write();
        return history;
    }

    static WrittenHistory emptyIn(Path directory) {
        var history = new WrittenHistory(directory);
        history.write();
        return history;
    }

    static Instant at(String timeOfDay) {
        return Instant.parse("2026-11-23T" + timeOfDay + "Z");
    }

    private void begin() {
        var fleet = new Story("fleet test.conf", "moorage", "fleet test.conf", at("14:00:00"));
        var attach = new Story(ATTACH, "testid", "AttachDisk", at("14:10:00"));
        var detach = new Story(DETACH, "testid", "DetachDisk", at("14:20:00"));
        var detached = detach.causedBy("disk.detaching", at("14:21:00"));
        add(WEB, new InstanceEvent.Provisioned(fleet, instance(WEB)));
        add(DATA, new DiskEvent.Provisioned(fleet, disk(DATA)));
        add(SPARE, new DiskEvent.Provisioned(fleet, disk(SPARE)));
        add(WEB, new InstanceEvent.SlotReserved(attach, DATA, "/dev/xvdb"));
        add(DATA, new DiskEvent.Attaching(attach, new Attachment(WEB, "/dev/xvdb", ATTACH), true, at("14:10:02")));
        add(DATA, new DiskEvent.Attached(attach.causedBy("disk.attaching", at("14:10:02"))));
        add(DATA, new DiskEvent.Detaching(detach, true, at("14:21:00")));
        add(DATA, new DiskEvent.Detached(detached, false));
        add(WEB, new InstanceEvent.SlotFreed(detached.causedBy("disk.detached", at("14:21:00")), DATA, ATTACH));
        add(SPARE, new DiskEvent.Released(new Story(DELETE, "testid", "DeleteDisk", at("14:30:00"))));
    }

    private static Instance instance(InstanceId id) {
        var spec = new InstanceSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-b",
                "web",
                "",
                "",
                "ecs.g5.large",
                "m-1",
                "",
                "",
                ChargeType.POST_PAID,
                false);
        return new Instance(
                id, spec, InstanceStatus.RUNNING, List.of(), List.of(), null, at("14:00:00"), at("14:00:00"));
    }

    private static Disk disk(DiskId id) {
        var spec = new DiskSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-b",
                DiskType.DATA,
                "cloud_ssd",
                100,
                "盘",
                "",
                ChargeType.POST_PAID,
                true,
                true);
        return new Disk(id, spec, DiskStatus.AVAILABLE, false, null, null, at("14:00:00"), null, null);
    }

    private void add(EntityId id, Event event) {
        entries.add(new Journal.Fact(id, sequenceNrs.merge(id, 1L, Long::sum), event));
    }

    /** Adds an event at the end. */
    void append(EntityId id, Event event) {
        entries.clear();
        add(id, event);
        write();
    }

    private void write() {
        try (var journal = new Journal(new EventStore(storage()), WALL_CLOCK, recorded -> {})) {
            if (!entries.isEmpty()) journal.append(entries).join();
        }
    }

    private LevelDbStorage storage() {
        try {
            return LevelDbStorage.open(directory, Engine.AUTO, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code moorage journal WORDS… --data DIRECTORY}. What is refused ends with 2 and its sentence. */
    Answer run(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = new ArrayList<>(List.of(words));
        all.add("--data=" + directory);
        int exitCode = new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof BadInput)) throw failure;
                    command.getErr().println(failure.getMessage());
                    return 2;
                })
                .execute(all.toArray(String[]::new));
        return new Answer(exitCode, out.toString(), err.toString());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
