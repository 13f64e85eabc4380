package dev.moorage.replay;

import static dev.moorage.replay.PlantedHistory.DISK;
import static dev.moorage.replay.PlantedHistory.INSTANCE;
import static dev.moorage.replay.PlantedHistory.available;
import static dev.moorage.replay.PlantedHistory.instanceSpec;
import static dev.moorage.replay.PlantedHistory.on;
import static dev.moorage.replay.PlantedHistory.provisioned;
import static dev.moorage.replay.PlantedHistory.running;
import static dev.moorage.replay.PlantedHistory.second;
import static dev.moorage.replay.PlantedHistory.slot;
import static dev.moorage.replay.PlantedHistory.story;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWhyTest {
    @TempDir
    private Path directory;

    private PlantedHistory history;

    @BeforeEach
    void begin() {
        history = new PlantedHistory(directory);
    }

    private String why(String... arguments) {
        var run = history.run(arguments(arguments));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        return run.out().strip();
    }

    private JsonNode whyAsJson(String... arguments) {
        var withJson = arguments(arguments);
        var all = new String[withJson.length + 1];
        System.arraycopy(withJson, 0, all, 0, withJson.length);
        all[withJson.length] = "--json";
        return history.run(all).json().get(0);
    }

    private static String[] arguments(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "why";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    @Test
    void saysWhatADetachingDiskWaitsFor() {
        history.detaching();

        assertThat(why("d-1"))
                .isEqualTo("d-1 has been Detaching since 2026-11-23T14:31:40Z (offset 5), by DetachDisk of testid"
                        + " (RequestId R-2). Its place is /dev/xvdb of i-1, which is Running. Nothing more to do: it"
                        + " becomes Available by itself at 2026-11-23T14:32:40Z, 60.0 s after the end of the journal.");
    }

    @Test
    void saysWhatRulesDidToCallsAboutIt() {
        history.attached()
                .then(ControlsId.CONTROLS, fault("R-7", 20, "error InternalError"))
                .then(ControlsId.CONTROLS, fault("R-8", 30, "error ServiceUnavailable"));

        assertThat(why("d-1"))
                .contains("DetachDisk of testid at 2026-11-23T14:30:30Z (RequestId R-8, offset 6) met the incident"
                        + " server-errors-1: error ServiceUnavailable. That is the last of 2 such calls.");
        var json = whyAsJson("d-1").path("interference");
        assertThat(json.path("calls").asInt()).isEqualTo(2);
        assertThat(json.path("effect").asText()).isEqualTo("error ServiceUnavailable");
        assertThat(json.path("requestId").asText()).isEqualTo("R-8");
    }

    @Test
    void forgetsWhatRulesDidBeforeItBecameAsItIs() {
        history.attached()
                .then(ControlsId.CONTROLS, fault("R-7", 20, "error InternalError"))
                .then(ControlsId.CONTROLS, fault("R-2", 30, "answer lost"))
                .then(DISK, new DiskEvent.Detaching(story("R-2", "DetachDisk", 100), false, second(160)));

        assertThat(why("d-1")).contains("(RequestId R-2, offset 6) met the incident server-errors-1: answer lost.");
        history.then(DISK, new DiskEvent.Detached(story("R-3", "disk.detaching", 160), false));
        assertThat(why("d-1")).doesNotContain("met the incident");
    }

    private static ControlsEvent.FaultApplied fault(String requestId, long at, String effect) {
        return new ControlsEvent.FaultApplied(
                story(requestId, "DetachDisk", at),
                "server-errors-1-1",
                "server-errors-1",
                "DetachDisk",
                effect,
                List.of("d-1", "i-1"),
                1);
    }

    @Test
    void givesTheSamePartsAsJson() {
        history.detaching();

        var json = whyAsJson("d-1");

        assertThat(json.path("entity").asText()).isEqualTo("d-1");
        assertThat(json.path("status").asText()).isEqualTo("Detaching");
        assertThat(json.path("since").asText()).isEqualTo("2026-11-23T14:31:40Z");
        assertThat(json.path("offset").isIntegralNumber()).isTrue();
        assertThat(json.path("offset").asLong()).isEqualTo(5);
        assertThat(json.at("/begunBy/action").asText()).isEqualTo("DetachDisk");
        assertThat(json.at("/begunBy/requestId").asText()).isEqualTo("R-2");
        assertThat(json.at("/begunBy/caller").asText()).isEqualTo("testid");
        assertThat(json.path("waitsFor").asText()).isEqualTo("deadline");
        assertThat(json.path("until").asText()).isEqualTo("2026-11-23T14:32:40Z");
        assertThat(json.path("remaining").asText()).isEqualTo("PT1M");
        assertThat(json.path("overdue").asBoolean(true)).isFalse();
        assertThat(json.at("/endsWith/0").asText()).isEqualTo("Available");
        assertThat(json.path("text").asText()).startsWith("d-1 has been Detaching");
    }

    @Test
    void countsFromTheTimeThatIsAskedFor() {
        history.detached();

        assertThat(why("d-1", "--at", "14:32:00")).contains("is").contains("40.0 s after 14:32:00.");
        assertThat(whyAsJson("d-1", "--at", "2026-11-23T14:32:00Z").path("asOf").asText())
                .isEqualTo("2026-11-23T14:32:00Z");
    }

    @Test
    void tellsOfAnOffset() {
        history.detached();

        assertThat(why("d-1", "--at", "3")).startsWith("d-1 has been Attaching since 2026-11-23T14:30:10Z (offset 3)");
    }

    @Test
    void saysThatADeadlineHasPassed() {
        history.detaching().untilSecond(760);

        assertThat(why("d-1"))
                .contains("It is overdue: it should have become Available at 2026-11-23T14:32:40Z, 10 min 0 s before"
                        + " the end of the journal. Either no server was running at that time, or the alarm did not"
                        + " ring; a server that starts now ends it at once.");
        assertThat(whyAsJson("d-1").path("overdue").asBoolean()).isTrue();
        assertThat(whyAsJson("d-1").path("remaining").asText()).isEqualTo("PT-10M");
    }

    @Test
    void namesTheCallThatPutADiskInUseAndTheOneThatTakesItOff() {
        history.attached();

        assertThat(why("d-1"))
                .contains("In_use since 2026-11-23T14:30:12Z (offset 4), by AttachDisk of testid (RequestId R-1).")
                .contains("DetachDisk or DeleteInstance are the calls that it takes now"
                        + " (DetachDisk with InstanceId=i-1 and DiskId=d-1).");
    }

    @Test
    void namesTheCallsThatAnAvailableDiskTakes() {
        history.detached();

        assertThat(why("d-1")).endsWith("AttachDisk or DeleteDisk are the calls that it takes now.");
        assertThat(whyAsJson("d-1").path("endsWith")).hasSize(2);
    }

    @Test
    void saysWhichCallReleasedADisk() {
        history.detached().then(DISK, new DiskEvent.Released(story("R-3", "DeleteDisk", 170)));

        assertThat(why("d-1"))
                .isEqualTo("d-1 has been Released since 2026-11-23T14:32:50Z (offset 8), by DeleteDisk of testid"
                        + " (RequestId R-3). It is gone for good: nothing changes it any more.");
        assertThat(whyAsJson("d-1").path("waitsFor").asText()).isEqualTo("nothing");
    }

    @Test
    void saysThatTheFleetHasItSo() {
        history.then(DISK, available(DISK));

        assertThat(why("d-1")).contains("(offset 0), as fleet test.conf has it.");
    }

    @Test
    void saysThatNothingEndsAStatusWithoutADeadline() {
        history.then(INSTANCE, running(INSTANCE, slot(DISK, "R-0")))
                .then(DISK, provisioned(DISK, DiskStatus.DETACHING, on(INSTANCE, "R-0"), null));

        assertThat(why("d-1")).contains("nothing will end it");
        assertThat(whyAsJson("d-1").path("waitsFor").asText()).isEqualTo("unknown");
    }

    @Test
    void saysThatADiskWaitsForItsInstance() {
        history.attached().then(INSTANCE, new InstanceEvent.Stopping(story("R-2", "StopInstance", 20), second(23)));

        assertThat(why("d-1")).endsWith("It takes no call while i-1 is Stopping, until 2026-11-23T14:30:23Z.");
    }

    @Test
    void tellsOfADiskWhoseInstanceIsReleased() {
        history.attached().then(INSTANCE, new InstanceEvent.Released(story("R-2", "DeleteInstance", 100)));

        assertThat(why("d-1"))
                .contains(
                        "i-1, which was Released at 2026-11-23T14:31:40Z, by DeleteInstance of testid (RequestId R-2)")
                .contains("But i-1 keeps /dev/xvdb for d-1, which is still on it, though the instance is released");
        assertThat(why("i-1")).contains("It still has to let go d-1");
        assertThat(whyAsJson("i-1").path("waitsFor").asText()).isEqualTo("disks");
    }

    @Test
    void tellsOfAnInstanceThatKeepsADeviceForADiskThatIsOff() {
        history.detaching().then(DISK, new DiskEvent.Detached(story("R-2", "disk.detaching", 160), false));

        for (var id : List.of("i-1", "d-1")) {
            assertThat(why(id))
                    .endsWith("But i-1 keeps /dev/xvdb for d-1, which is Available and does not hold it: that goes away"
                            + " once the disk has answered, at the latest when a server starts.");
            assertThat(whyAsJson(id).at("/discrepancies/0/heals").asBoolean()).isTrue();
        }
    }

    @Test
    void tellsOfADiskThatItsInstanceKnowsNothingOf() {
        history.then(INSTANCE, running(INSTANCE))
                .then(DISK, provisioned(DISK, DiskStatus.IN_USE, on(INSTANCE, "R-0"), null));

        for (var id : List.of("i-1", "d-1")) {
            assertThat(why(id))
                    .endsWith("But d-1 is on i-1 as /dev/xvdb, which keeps no device for it:"
                            + " no server puts that right by itself.");
        }
    }

    @Test
    void namesTheCallsThatARunningInstanceTakes() {
        history.attached();

        assertThat(why("i-1"))
                .contains("It keeps /dev/xvdb for d-1.")
                .endsWith(
                        "StopInstance, RebootInstance, AttachDisk, DetachDisk or DeleteInstance are the calls that it takes now.");
    }

    @Test
    void saysThatALockedInstanceOnlyTakesItsEnd() {
        history.then(INSTANCE, provisioned(INSTANCE, InstanceStatus.STOPPED, List.of(LockReason.SECURITY)));

        assertThat(why("i-1"))
                .endsWith("DeleteInstance is the call that it takes now. i-1 is locked for security, and takes nothing"
                        + " but DeleteInstance.");
    }

    @Test
    void namesTheCallOfAnInstanceThatIsStartingForTheFirstTime() {
        history.then(
                        INSTANCE,
                        new InstanceEvent.Creating(
                                story("R-1", "RunInstances", 5), INSTANCE, instanceSpec(), List.of(), second(8)))
                .then(INSTANCE, new InstanceEvent.Starting(story("R-1", "instance.creating", 8), second(12)));

        assertThat(why("i-1"))
                .startsWith("i-1 has been Starting since 2026-11-23T14:30:08Z (offset 1), by RunInstances of testid")
                .contains("it becomes Running by itself at 2026-11-23T14:30:12Z, 4.0 s after");
    }

    @Test
    void saysThatThereIsNoSuchDiskYet() {
        history.detached();

        var run = history.run("why", "d-1", "--at", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("There is no d-1 in ").contains(" at 0");
    }
}
