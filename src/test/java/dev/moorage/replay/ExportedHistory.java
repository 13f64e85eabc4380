package dev.moorage.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Event;
import dev.moorage.domain.Story;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.LevelDbStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A small journal in a data directory, to be exported: some disks are created, one after the other. */
public final class ExportedHistory {
    private static final Instant BEGINNING = Instant.parse("2026-01-02T03:04:05Z");

    private ExportedHistory() {}

    /** Offsets 0 to {@code 2 * disks - 1}: each disk d-0, d-1… is provisioned, and released a second later. */
    public static void write(Path data, int disks) {
        var rows = new ArrayList<EventStore.Row>();
        for (int i = 0; i < disks; i++) {
            var id = new DiskId("d-" + i);
            var at = BEGINNING.plusSeconds(2L * i);
            var story = new Story("request-" + i, "testid", "DeleteDisk", at);
            rows.add(row(2L * i, id, 1, new DiskEvent.Provisioned(story, disk(id, at)), at));
            rows.add(row(2L * i + 1, id, 2, new DiskEvent.Released(story.at(at.plusSeconds(1))), at));
        }
        append(data, rows);
    }

    private static EventStore.Row row(long offset, DiskId id, long sequenceNr, Event event, Instant recordedAt) {
        return new EventStore.Row(
                offset, "Disk|" + id, sequenceNr, EventCodec.encode(id, sequenceNr, recordedAt, event));
    }

    private static Disk disk(DiskId id, Instant at) {
        var spec = new DiskSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-b",
                DiskType.DATA,
                "cloud_ssd",
                40,
                "Große \"Platte\"\n磁盘",
                "",
                ChargeType.POST_PAID,
                true,
                true);
        return new Disk(id, spec, DiskStatus.AVAILABLE, false, null, null, at, null, null);
    }

    /** What a device does to a record: bytes change, a line's end among them. */
    public static void damage(Path data, long offset) {
        append(
                data,
                List.of(new EventStore.Row(
                        offset, "Disk|d-" + offset / 2, offset % 2 + 1, "cut\noff".getBytes(UTF_8))));
    }

    private static void append(Path data, List<EventStore.Row> rows) {
        try (var store = new EventStore(LevelDbStorage.open(data, Engine.AUTO, false))) {
            store.append(rows).toCompletableFuture().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every record of a data directory as it is stored, with its offset. */
    public static List<String> rows(Path data) {
        var rows = new ArrayList<String>();
        try (var store = new EventStore(LevelDbStorage.open(data, Engine.AUTO, false))) {
            store.read(0, Long.MAX_VALUE, (offset, value) -> rows.add(offset + " " + new String(value, UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
