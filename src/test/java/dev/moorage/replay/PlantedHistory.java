package dev.moorage.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Story;
import dev.moorage.domain.Transition;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.LevelDbStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A data directory with whatever a test puts there, however wrong; and the tools, run as a user runs them. */
public final class PlantedHistory {
    static final DiskId DISK = new DiskId("d-1");
    static final InstanceId INSTANCE = new InstanceId("i-1");
    static final InstanceId OTHER_INSTANCE = new InstanceId("i-2");
    static final String FLEET = "fleet test.conf";
    static final Instant START = Instant.parse("2026-11-23T14:30:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a tool printed, and how it ended. */
    public record Run(int exitCode, String out, String err) {
        public List<JsonNode> json() {
            return out.lines().map(PlantedHistory::parsed).toList();
        }
    }

    private final Path directory;
    private final List<EventStore.Row> rows = new ArrayList<>();
    private final Map<EntityId, Long> sequenceNrs = new HashMap<>();
    private long nextOffset;

    PlantedHistory(Path directory) {
        this.directory = directory;
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event of an entity, in its place. */
    PlantedHistory then(EntityId entity, Event event) {
        return at(nextOffset, entity, sequenceNrs.getOrDefault(entity, 0L) + 1, event);
    }

    PlantedHistory at(long offset, EntityId entity, long sequenceNr, Event event) {
        return row(offset, entity, sequenceNr, EventCodec.encode(entity, sequenceNr, START, event));
    }

    PlantedHistory thenDamaged(EntityId entity) {
        long sequenceNr = sequenceNrs.getOrDefault(entity, 0L) + 1;
        return row(nextOffset, entity, sequenceNr, "nonsense".getBytes(UTF_8));
    }

    private PlantedHistory row(long offset, EntityId entity, long sequenceNr, byte[] value) {
        rows.add(new EventStore.Row(offset, entity.kind() + "|" + entity.value(), sequenceNr, value));
        sequenceNrs.put(entity, sequenceNr);
        nextOffset = offset + 1;
        return this;
    }

    /** Runs a tool on it. */
    Run run(String... args) {
        try (var store = new EventStore(LevelDbStorage.open(directory, Engine.AUTO, false))) {
            store.append(rows).toCompletableFuture().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.clear();
        return run(directory, args);
    }

    /** Runs a tool on any data directory. What is for people to read ends it as the product has it. */
    public static Run run(Path directory, String... args) {
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--data", directory.toString()));
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof BadInput || failure instanceof JournalDamaged)) throw failure;
                    command.getErr().println(failure.getMessage());
                    return 2;
                })
                .execute(all.toArray(String[]::new));
        return new Run(exitCode, out.toString(), err.toString());
    }

    /** Simulated time, in seconds from the start. */
    static Instant second(long second) {
        return START.plusSeconds(second);
    }

    static Story story(String requestId, String cause, long second) {
        return new Story(requestId, "testid", cause, second(second));
    }

    private static Story fleet(long second) {
        return new Story(FLEET, "moorage", FLEET, second(second));
    }

    static DiskSpec spec(DiskType type) {
        return new DiskSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-b",
                type,
                "cloud_ssd",
                100,
                "",
                "",
                ChargeType.POST_PAID,
                type == DiskType.DATA,
                true);
    }

    static DiskEvent provisioned(DiskId id, DiskStatus status, @Nullable Attachment on, @Nullable Instant due) {
        var transition = due == null ? null : new Transition(due, fleet(0), "disk.provisioned");
        return new DiskEvent.Provisioned(
                fleet(0), new Disk(id, spec(DiskType.DATA), status, false, on, transition, second(0), null, null));
    }

    static DiskEvent available(DiskId id) {
        return provisioned(id, DiskStatus.AVAILABLE, null, null);
    }

    static InstanceEvent provisioned(InstanceId id, InstanceStatus status, List<LockReason> locks, Slot... slots) {
        return new InstanceEvent.Provisioned(
                fleet(0), new Instance(id, instanceSpec(), status, locks, List.of(slots), null, second(0), second(0)));
    }

    static InstanceEvent running(InstanceId id, Slot... slots) {
        return provisioned(id, InstanceStatus.RUNNING, List.of(), slots);
    }

    static InstanceSpec instanceSpec() {
        return new InstanceSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-b",
                "web",
                "",
                "",
                "ecs.g5.large",
                "",
                "",
                "",
                ChargeType.POST_PAID,
                false);
    }

    static Attachment on(InstanceId id, String reservation) {
        return new Attachment(id, "/dev/xvdb", reservation);
    }

    static Slot slot(DiskId id, String reservation) {
        return new Slot(id, "/dev/xvdb", reservation, null);
    }

    /** An instance and an available disk; AttachDisk at second 10, which takes 2 s. */
    PlantedHistory attached() {
        return then(INSTANCE, running(INSTANCE))
                .then(DISK, available(DISK))
                .then(INSTANCE, new InstanceEvent.SlotReserved(story("R-1", "AttachDisk", 10), DISK, "/dev/xvdb"))
                .then(DISK, attaching("R-1", INSTANCE, 10))
                .then(DISK, new DiskEvent.Attached(story("R-1", "disk.attaching", 12)));
    }

    static DiskEvent attaching(String requestId, InstanceId to, long second) {
        return new DiskEvent.Attaching(
                story(requestId, "AttachDisk", second), on(to, requestId), false, second(second + 2));
    }

    /** As attached, and then DetachDisk at second 100, which takes 60 s. */
    PlantedHistory detaching() {
        return attached().then(DISK, new DiskEvent.Detaching(story("R-2", "DetachDisk", 100), false, second(160)));
    }

    /** As detaching, and then off, and the slot free. */
    PlantedHistory detached() {
        return detaching()
                .then(DISK, new DiskEvent.Detached(story("R-2", "disk.detaching", 160), false))
                .then(INSTANCE, new InstanceEvent.SlotFreed(story("R-2", "disk.detached", 160), DISK, "R-1"));
    }

    /** Another disk, created at a second: the journal goes on. */
    PlantedHistory untilSecond(long second) {
        var id = new DiskId("d-" + second);
        return then(
                id,
                new DiskEvent.Creating(
                        story("R-" + second, "CreateDisk", second),
                        id,
                        spec(DiskType.DATA),
                        false,
                        null,
                        second(second + 1)));
    }
}
