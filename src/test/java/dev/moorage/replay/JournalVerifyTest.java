package dev.moorage.replay;

import static dev.moorage.replay.PlantedHistory.DISK;
import static dev.moorage.replay.PlantedHistory.INSTANCE;
import static dev.moorage.replay.PlantedHistory.OTHER_INSTANCE;
import static dev.moorage.replay.PlantedHistory.attaching;
import static dev.moorage.replay.PlantedHistory.available;
import static dev.moorage.replay.PlantedHistory.on;
import static dev.moorage.replay.PlantedHistory.provisioned;
import static dev.moorage.replay.PlantedHistory.running;
import static dev.moorage.replay.PlantedHistory.second;
import static dev.moorage.replay.PlantedHistory.slot;
import static dev.moorage.replay.PlantedHistory.story;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifyTest {
    @TempDir
    private Path directory;

    private PlantedHistory history;

    @BeforeEach
    void begin() {
        history = new PlantedHistory(directory);
    }

    /** The one thing that is found. */
    private JsonNode finding() {
        var run = history.run("verify", "--json");
        assertThat(run.json()).as(run.out()).hasSize(2);
        var finding = run.json().get(0);
        boolean isProblem = finding.path("finding").asText().equals("problem");
        assertThat(run.exitCode()).isEqualTo(isProblem ? 1 : 0);
        var summary = run.json().get(1).path("summary");
        assertThat(summary.path("problems").asInt()).isEqualTo(isProblem ? 1 : 0);
        assertThat(summary.path("unfinished").asInt()).isEqualTo(isProblem ? 0 : 1);
        return finding;
    }

    private void finds(String kind, String entity, long offset, long sequenceNr, String text) {
        var finding = finding();
        assertThat(finding.path("kind").asText()).as(finding.toString()).isEqualTo(kind);
        assertThat(finding.path("entity").asText()).isEqualTo(entity);
        assertThat(finding.path("offset").asLong()).isEqualTo(offset);
        assertThat(finding.path("sequenceNr").asLong()).isEqualTo(sequenceNr);
        assertThat(finding.path("text").asText()).contains(text);
    }

    @Test
    void hasNothingToSayOfASoundJournal() {
        var run = history.detached().run("verify");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out()).contains("8 events of 1 disks and 1 instances, nothing wrong");
    }

    @Test
    void saysWhatAnEmptyJournalHolds() {
        var run = history.run("verify", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get(0).at("/summary/lastOffset").asLong()).isEqualTo(-1);
        assertThat(run.json().get(0).path("summary").has("latest")).isFalse();
    }

    @Test
    void doesNotTakeADirectoryWithoutAJournal() {
        var run = PlantedHistory.run(directory.resolve("elsewhere"), "verify");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("There is no journal in");
    }

    @Test
    void saysForPeopleWhatIsWrongAndWhere() {
        var run = history.detached()
                .then(DISK, new DiskEvent.Detaching(story("R-3", "DetachDisk", 200), false, second(260)))
                .then(DISK, new DiskEvent.Detached(story("R-3", "disk.detaching", 260), false))
                .run("verify");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines().toList().get(0).strip())
                .isEqualTo(
                        "8  d-1 #6                transition:     disk.detaching comes from In_use, not from Available");
        assertThat(run.out()).contains("1 problem");
    }

    @Test
    void findsADamagedRecordAndTheGapThatItLeaves() {
        history.attached().thenDamaged(DISK).then(DISK, new DiskEvent.Detached(story("R-2", "x", 160), false));
        history.then(INSTANCE, new InstanceEvent.SlotFreed(story("R-2", "disk.detached", 160), DISK, "R-1"));

        var found = history.run("verify", "--json").json();

        assertThat(found).hasSize(4);
        assertThat(found.get(0).path("kind").asText()).isEqualTo("damaged");
        assertThat(found.get(0).path("offset").asLong()).isEqualTo(5);
        assertThat(found.get(0).path("text").asText()).contains("checksum");
        assertThat(found.get(1).path("kind").asText()).isEqualTo("sequence");
        assertThat(found.get(1).path("text").asText()).isEqualTo("number 5 stands where number 4 should be");
        assertThat(found.get(2).path("kind").asText()).isEqualTo("files");
        assertThat(found.get(2).path("text").asText()).contains("offset 5", "number 4 of Disk|d-1");
    }

    @Test
    void findsAHoleInTheOffsets() {
        history.then(INSTANCE, running(INSTANCE)).at(4, DISK, 1, available(DISK));

        var finding = finding();

        assertThat(finding.path("kind").asText()).isEqualTo("damaged");
        assertThat(finding.path("offset").asLong()).isEqualTo(1);
        assertThat(finding.path("text").asText()).isEqualTo("The records from offset 1 to 3 are gone");
    }

    @Test
    void findsASequenceNumberThatIsMissing() {
        history.then(DISK, available(DISK)).at(1, DISK, 3, new DiskEvent.Released(story("R-1", "DeleteDisk", 5)));

        finds("sequence", "d-1", 1, 3, "number 3 stands where number 2 should be");
    }

    @Test
    void findsASequenceNumberThatIsThereTwice() {
        history.then(DISK, available(DISK)).at(1, DISK, 1, new DiskEvent.Released(story("R-1", "DeleteDisk", 5)));

        var found = history.run("verify", "--json").json();

        assertThat(found).hasSize(3);
        assertThat(found.get(0).path("kind").asText()).isEqualTo("sequence");
        assertThat(found.get(0).path("text").asText()).isEqualTo("number 1 stands where number 2 should be");
        assertThat(found.get(1).path("kind").asText()).isEqualTo("files");
        assertThat(found.get(1).path("text").asText())
                .isEqualTo("The record at offset 0, number 1 of Disk|d-1, is not in its history");
    }

    @Test
    void reportsAHistoryWithoutABeginningOnce() {
        history.at(0, DISK, 1, new DiskEvent.Detached(story("R-1", "disk.detaching", 5), false))
                .then(DISK, attaching("R-2", INSTANCE, 10))
                .then(DISK, new DiskEvent.Attached(story("R-2", "disk.attaching", 12)));

        finds("transition", "d-1", 0, 1, "disk.detached cannot be the first event");
    }

    @Test
    void findsATransitionThatTheRulesDoNotAllow() {
        history.then(INSTANCE, running(INSTANCE))
                .then(INSTANCE, new InstanceEvent.Starting(story("R-1", "StartInstance", 5), second(8)))
                .then(INSTANCE, new InstanceEvent.Started(story("R-1", "instance.starting", 8)));

        finds("transition", "i-1", 1, 2, "instance.starting comes from Stopped or Pending, not from Running");
    }

    @Test
    void findsADetachThatEndedBeforeItsTime() {
        history.detaching()
                .then(DISK, new DiskEvent.Detached(story("R-2", "disk.detaching", 159), false))
                .then(INSTANCE, new InstanceEvent.SlotFreed(story("R-2", "disk.detached", 160), DISK, "R-1"));

        finds("early", "d-1", 6, 5, "ends Detaching before it is due at 2026-11-23T14:32:40Z");
    }

    @Test
    void findsAnIdThatWasCreatedTwice() {
        history.then(DISK, available(DISK)).then(DISK, available(DISK));

        finds("created-twice", "d-1", 1, 2, "disk.provisioned begins a history, and this one has begun already");
    }

    @Test
    void findsAnEventInTheHistoryOfSomethingElse() {
        history.then(DISK, available(DISK)).at(1, INSTANCE, 1, new DiskEvent.Released(story("R-1", "DeleteDisk", 5)));

        finds("misplaced", "i-1", 1, 1, "disk.released is in the history of i-1");
    }

    @Test
    void findsACreationUnderAnotherId() {
        history.then(new DiskId("d-9"), available(DISK));

        finds("misplaced", "d-9", 0, 1, "disk.provisioned is in the history of d-9");
    }

    @Test
    void findsTimeThatRunsBackwards() {
        history.attached().then(DISK, new DiskEvent.Detaching(story("R-2", "DetachDisk", 11), false, second(71)));

        finds("time-backwards", "d-1", 5, 4, "it happened at 2026-11-23T14:30:11Z, after 2026-11-23T14:30:12Z");
    }

    @Test
    void findsAnAlarmThatNeverRang() {
        history.detaching().untilSecond(900);

        finds("overdue", "d-1", 5, 4, "it is still Detaching, which was due to end at 2026-11-23T14:32:40Z");
    }

    @Test
    void takesAnEndThatIsLittleLateForUnfinished() {
        history.detaching().untilSecond(161);

        finds("unfinished", "d-1", 5, 4, "it is still Detaching");
    }

    @Test
    void findsAStatusThatNothingEnds() {
        history.then(INSTANCE, running(INSTANCE, slot(DISK, "R-0")))
                .then(DISK, provisioned(DISK, DiskStatus.DETACHING, on(INSTANCE, "R-0"), null));

        finds("no-deadline", "d-1", 1, 1, "it is Detaching, and nothing says until when");
    }

    @Test
    void findsAnInstanceThatNothingStarts() {
        history.then(INSTANCE, provisioned(INSTANCE, InstanceStatus.STARTING, List.of()));

        finds("no-deadline", "i-1", 0, 1, "it is Starting, and nothing says until when");
    }

    @Test
    void findsADiskWhoseInstanceKeepsNoDeviceForIt() {
        history.then(INSTANCE, running(INSTANCE))
                .then(DISK, provisioned(DISK, DiskStatus.IN_USE, on(INSTANCE, "R-0"), null));

        finds("slot", "d-1", 1, 1, "d-1 is on i-1 as /dev/xvdb, which keeps no device for it");
    }

    @Test
    void findsADiskOnAnInstanceThatWasNeverMade() {
        history.then(DISK, provisioned(DISK, DiskStatus.IN_USE, on(INSTANCE, "R-0"), null));

        finds("slot", "d-1", 0, 1, "d-1 is on i-1 as /dev/xvdb, which was never made");
    }

    @Test
    void findsADeviceThatTwoDisksHold() {
        var twin = new DiskId("d-2");
        history.then(INSTANCE, running(INSTANCE, slot(DISK, "R-0"), slot(twin, "R-0")))
                .then(DISK, provisioned(DISK, DiskStatus.IN_USE, on(INSTANCE, "R-0"), null))
                .then(twin, provisioned(twin, DiskStatus.IN_USE, on(INSTANCE, "R-0"), null));

        finds("slot", "i-1", 0, 1, "i-1 keeps /dev/xvdb for d-2, which holds it, as d-1 does");
    }

    @Test
    void findsADeviceThatItsDiskHoldsElsewhere() {
        history.then(INSTANCE, running(INSTANCE, slot(DISK, "R-0")))
                .then(OTHER_INSTANCE, running(OTHER_INSTANCE, slot(DISK, "R-0")))
                .then(DISK, provisioned(DISK, DiskStatus.IN_USE, on(OTHER_INSTANCE, "R-0"), null));

        finds("slot", "i-1", 0, 1, "which holds it by the same request as /dev/xvdb of i-2");
    }

    @Test
    void takesASlotWhoseDiskHasNotAnsweredForUnfinished() {
        history.then(INSTANCE, running(INSTANCE))
                .then(DISK, available(DISK))
                .then(INSTANCE, new InstanceEvent.SlotReserved(story("R-1", "AttachDisk", 10), DISK, "/dev/xvdb"));

        finds("unfinished", "i-1", 2, 2, "i-1 keeps /dev/xvdb for d-1, which is Available and does not hold it");
    }

    @Test
    void takesASlotThatIsNotFreedYetForUnfinished() {
        history.detaching().then(DISK, new DiskEvent.Detached(story("R-2", "disk.detaching", 160), false));

        finds("unfinished", "i-1", 2, 2, "which is Available and does not hold it");
    }

    @Test
    void takesADiskThatItsReleasedInstanceHasNotLetGoForUnfinished() {
        history.attached().then(INSTANCE, new InstanceEvent.Released(story("R-2", "DeleteInstance", 100)));

        finds("unfinished", "i-1", 5, 3, "d-1, which is still on it, though the instance is released");
    }
}
