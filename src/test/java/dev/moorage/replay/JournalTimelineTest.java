package dev.moorage.replay;

import static dev.moorage.replay.PlantedHistory.DISK;
import static dev.moorage.replay.PlantedHistory.INSTANCE;
import static dev.moorage.replay.PlantedHistory.OTHER_INSTANCE;
import static dev.moorage.replay.PlantedHistory.attaching;
import static dev.moorage.replay.PlantedHistory.running;
import static dev.moorage.replay.PlantedHistory.second;
import static dev.moorage.replay.PlantedHistory.story;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.InstanceEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTimelineTest {
    private static final DiskId OTHER_DISK = new DiskId("d-2");

    @TempDir
    private Path directory;

    private PlantedHistory history;

    @BeforeEach
    void begin() {
        history = new PlantedHistory(directory);
    }

    /** Offset, entity and status of each step. */
    private List<String> steps(String id) {
        return history.run("timeline", id, "--json").json().stream()
                .map(step ->
                        step.path("offset").asText() + " " + step.path("entity").asText() + " "
                                + step.path("status").asText())
                .toList();
    }

    private void twoInstances() {
        history.detached()
                .then(OTHER_INSTANCE, running(OTHER_INSTANCE))
                .then(INSTANCE, new InstanceEvent.Stopping(story("R-3", "StopInstance", 200), second(203)))
                .then(
                        OTHER_INSTANCE,
                        new InstanceEvent.SlotReserved(story("R-4", "AttachDisk", 210), DISK, "/dev/xvdb"))
                .then(DISK, attaching("R-4", OTHER_INSTANCE, 210))
                .then(OTHER_INSTANCE, new InstanceEvent.Stopping(story("R-5", "StopInstance", 211), second(214)))
                .then(DISK, new DiskEvent.Attached(story("R-4", "disk.attaching", 212)));
    }

    @Test
    void followsADiskFromInstanceToInstance() {
        twoInstances();

        assertThat(steps("d-1"))
                .containsExactly(
                        "1 d-1 Available",
                        "2 i-1 Running",
                        "3 d-1 Attaching",
                        "4 d-1 In_use",
                        "5 d-1 Detaching",
                        "6 d-1 Available",
                        "7 i-1 Running",
                        "10 i-2 Running",
                        "11 d-1 Attaching",
                        "12 i-2 Stopping",
                        "13 d-1 In_use");
    }

    @Test
    void showsWhatRulesDidToCallsAboutIt() {
        history.attached()
                .then(ControlsId.CONTROLS, fault("R-8", 20, "error InternalError", "d-2", "i-9"))
                .then(ControlsId.CONTROLS, fault("R-9", 30, "answer lost", "d-1", "i-1"));

        var steps = history.run("timeline", "d-1", "--json").json();

        var last = steps.get(steps.size() - 1);
        assertThat(steps).hasSize(5);
        assertThat(last.path("type").asText()).isEqualTo("fault.applied");
        assertThat(last.path("entity").asText()).isEqualTo("d-1");
        assertThat(last.path("status").asText()).isEqualTo("In_use");
        assertThat(last.path("effect").asText()).isEqualTo("answer lost");
        assertThat(last.path("incident").asText()).isEqualTo("lost-answer-1");
        assertThat(last.path("requestId").asText()).isEqualTo("R-9");
        assertThat(history.run("timeline", "d-1").out()).contains("answer lost (lost-answer-1), 2 times");
        assertThat(history.run("timeline", "i-1", "--json").out()).contains("answer lost");
    }

    private static ControlsEvent.FaultApplied fault(String requestId, long second, String effect, String... about) {
        return new ControlsEvent.FaultApplied(
                story(requestId, "DetachDisk", second),
                "lost-answer-1-1",
                "lost-answer-1",
                "DetachDisk",
                effect,
                List.of(about),
                2);
    }

    @Test
    void putsAnInstanceBesideItsDisks() {
        twoInstances();
        history.then(OTHER_INSTANCE, new InstanceEvent.Stopped(story("R-5", "instance.stopping", 214)));

        assertThat(steps("i-2"))
                .containsExactly(
                        "8 i-2 Running",
                        "10 i-2 Running",
                        "11 d-1 Attaching",
                        "12 i-2 Stopping",
                        "13 d-1 In_use",
                        "14 i-2 Stopped");
    }

    @Test
    void leavesOutTheOtherDisksOfTheInstance() {
        history.attached()
                .then(OTHER_DISK, PlantedHistory.available(OTHER_DISK))
                .then(INSTANCE, new InstanceEvent.SlotReserved(story("R-8", "AttachDisk", 20), OTHER_DISK, "/dev/xvdc"))
                .then(INSTANCE, new InstanceEvent.SlotFreed(story("R-8", "AttachDisk", 20), OTHER_DISK, "R-8"));

        assertThat(steps("d-1")).hasSize(4).noneMatch(step -> step.startsWith("6") || step.startsWith("7"));
    }

    @Test
    void showsAnAttachThatTheDiskRefused() {
        history.attached()
                .then(OTHER_INSTANCE, running(OTHER_INSTANCE))
                .then(OTHER_INSTANCE, new InstanceEvent.SlotReserved(story("R-8", "AttachDisk", 20), DISK, "/dev/xvdb"))
                .then(OTHER_INSTANCE, new InstanceEvent.SlotFreed(story("R-8", "AttachDisk", 20), DISK, "R-8"));

        assertThat(steps("d-1")).endsWith("6 i-2 Running", "7 i-2 Running");
    }

    @Test
    void saysInEachStepWhatEndedAndWhatCausedIt() {
        var steps = history.detached().run("timeline", "d-1", "--json").json();

        var detaching = steps.get(4);
        assertThat(detaching.path("type").asText()).isEqualTo("disk.detaching");
        assertThat(detaching.path("at").asText()).isEqualTo("2026-11-23T14:31:40Z");
        assertThat(detaching.path("due").asText()).isEqualTo("2026-11-23T14:32:40Z");
        assertThat(detaching.path("instanceId").asText()).isEqualTo("i-1");
        assertThat(detaching.path("device").asText()).isEqualTo("/dev/xvdb");
        assertThat(detaching.path("cause").asText()).isEqualTo("DetachDisk");
        assertThat(detaching.path("caller").asText()).isEqualTo("testid");
        assertThat(detaching.path("requestId").asText()).isEqualTo("R-2");
        assertThat(detaching.path("gap").asText()).isEqualTo("PT1M28S");
        assertThat(detaching.at("/ended/status").asText()).isEqualTo("In_use");
        assertThat(steps.get(5).at("/ended/status").asText()).isEqualTo("Detaching");
        assertThat(steps.get(5).at("/ended/lasted").asText()).isEqualTo("PT1M");
        assertThat(steps.get(0).has("gap")).isFalse();
        assertThat(steps.get(0).has("ended")).isFalse();
    }

    @Test
    void printsTwoColumns() {
        var lines = history.detached().run("timeline", "d-1").out().lines().toList();

        assertThat(lines).hasSize(13);
        assertThat(lines.get(0))
                .startsWith("          2026-11-23 (UTC)")
                .contains("d-1")
                .endsWith("its instances");
        int left = lines.get(0).indexOf("d-1");
        int right = lines.get(0).indexOf("its instances");
        assertThat(lines.get(2).substring(right)).startsWith("i-1 keeps /dev/xvdb (Running)");
        assertThat(lines.get(3).substring(left)).isEqualTo("Available for 10.0 s");
        assertThat(lines.get(4).substring(left)).startsWith("Attaching until 14:30:12.000");
        assertThat(lines.get(6).substring(left)).startsWith("In_use on i-1 /dev/xvdb");
        assertThat(lines.get(8)).startsWith("       5  14:31:40.000       +88.0 s  Detaching until 14:32:40.000");
        assertThat(lines.get(9).substring(left)).isEqualTo("Detaching for 60.0 s");
        assertThat(lines.get(10).substring(left)).startsWith("Available  ");
        assertThat(lines.get(10)).endsWith("disk.detaching by testid, R-2");
        assertThat(lines.get(11).substring(right)).startsWith("i-1 frees /dev/xvdb (Running)");
        assertThat(lines.get(12).strip()).isEqualTo("14:32:40.000 at the end of the journal: Available for 0 ms");
    }

    @Test
    void saysWhenTheDayChanges() {
        var out = history.attached()
                .then(DISK, new DiskEvent.Detaching(story("R-2", "DetachDisk", 86_400), false, second(86_460)))
                .run("timeline", "d-1")
                .out();

        assertThat(out.lines()).contains("          2026-11-24");
    }

    @Test
    void saysThatThereIsNoSuchDisk() {
        var run = history.detached().run("timeline", "d-9");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("There is no d-9 in ").doesNotContain("\tat ");
    }

    @Test
    void takesIdsOnly() {
        var run = history.detached().run("timeline", "web-1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip()).isEqualTo("An id begins with d- (a disk) or i- (an instance), not web-1");
    }

    @Test
    void saysThatABeginningIsMissing() {
        var run = history.at(0, DISK, 3, new DiskEvent.Attached(story("R-1", "disk.attaching", 1)))
                .run("timeline", "d-1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("The history of d-1 has no beginning: its event number 3 at offset 0");
    }

    @Test
    void saysThatARecordIsDamaged() {
        var run = history.attached().thenDamaged(DISK).run("timeline", "d-1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip()).isEqualTo("The record at offset 5 is damaged: its checksum is wrong");
    }
}
