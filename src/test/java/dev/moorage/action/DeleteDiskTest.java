package dev.moorage.action;

import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.disk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeleteDiskTest {
    private static final Conditions CONDITIONS = Examples.conditions(Compatibility.Y2018);

    private static String decide(Disk disk) {
        var verb = (DeleteDisk) Examples.verb("DeleteDisk", "DiskId", disk.id().value());
        return verb.decide(disk, CONDITIONS) instanceof Decision.Rejected no
                ? no.rejection().code().wire()
                : "OK";
    }

    @ParameterizedTest
    @CsvSource({
        "AVAILABLE, OK",
        "CREATING, IncorrectDiskStatus.Initializing",
        "IN_USE, IncorrectDiskStatus",
        "ATTACHING, IncorrectDiskStatus",
        "DETACHING, IncorrectDiskStatus",
        "RE_INITING, IncorrectDiskStatus"
    })
    void asksForADiskThatIsOnNoInstance(DiskStatus status, String expected) {
        assertThat(decide(disk(status))).isEqualTo(expected);
    }

    @Test
    void waitsForASnapshot() {
        var event = new DiskEvent.SnapshotCreating(
                STORY, new SnapshotId("s-1"), "", "", null, "standard", false, "", Tags.NONE, NOW.plusSeconds(9), null);
        var taking = event.applyTo(disk(DiskStatus.AVAILABLE));
        assertThat(decide(taking)).isEqualTo("DiskCreatingSnapshot");
        var taken = new DiskEvent.SnapshotCreated(STORY, new SnapshotId("s-1")).applyTo(taking);
        assertThat(decide(taken)).isEqualTo("OK");
    }
}
