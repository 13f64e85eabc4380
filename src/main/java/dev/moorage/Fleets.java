package dev.moorage;

import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.Story;
import dev.moorage.journal.Journal;
import dev.moorage.journal.PersistenceIds;
import dev.moorage.view.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The fleets that a server is started with, and how facts are written before, or beside, the actors. */
final class Fleets {
    private static final int BATCH = 4_096;

    private Fleets() {}

    static Fleet read(Path file, Settings settings, Instant now) {
        return FleetFile.read(file, new Story(nameOf(file), "moorage", "Provisioned", now), settings.durations());
    }

    static String nameOf(Path fleet) {
        return "fleet " + fleet.getFileName();
    }

    /** All that there is at the first start. */
    static World world(Settings settings, Instant now) {
        var world = new World();
        for (var file : settings.fleets()) {
            for (var together : read(file, settings, now).births(world, new Story("", "moorage", "", now))) {
                for (var birth : together) world.apply(world.offset() + 1, birth.id(), birth.event());
            }
        }
        return world;
    }

    /** Many at a time, but never half of what belongs together: a crash in between leaves whole ones. */
    static void append(List<List<Fleet.Birth>> births, Journal journal) {
        var batch = new ArrayList<Fleet.Birth>();
        for (var together : births) {
            batch.addAll(together);
            if (batch.size() >= BATCH) {
                appendAtOnce(batch, journal);
                batch.clear();
            }
        }
        appendAtOnce(batch, journal);
    }

    static void appendAtOnce(List<Fleet.Birth> births, Journal journal) {
        if (births.isEmpty()) return;
        journal.append(births.stream()
                        .map(birth -> new Journal.Fact(
                                birth.id(),
                                journal.store().highestSequenceNr(PersistenceIds.of(birth.id())) + 1,
                                birth.event()))
                        .toList())
                .join();
    }

    /** Before there is an actor for it. */
    static void appendControls(ControlsEvent event, Journal journal) {
        long sequenceNr = journal.store().highestSequenceNr(PersistenceIds.of(ControlsId.CONTROLS)) + 1;
        journal.append(List.of(new Journal.Fact(ControlsId.CONTROLS, sequenceNr, event)))
                .join();
    }
}
