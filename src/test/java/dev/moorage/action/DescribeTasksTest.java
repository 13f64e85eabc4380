package dev.moorage.action;

import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeTasksTest {
    private final World world = new World();
    private long offset;

    /** Two disks; the first was changed, and is being changed again. */
    @BeforeEach
    void begin() {
        put("d-1", "cn-hangzhou");
        put("d-2", "cn-beijing");
        changing("d-1", "t-1", NOW);
        changed("d-1", "t-1", NOW.plusSeconds(60));
        changing("d-2", "t-2", NOW.plusSeconds(120));
        changed("d-2", "t-2", NOW.plusSeconds(180));
        changing("d-1", "t-3", NOW.plusSeconds(240));
    }

    private void put(String id, String region) {
        var like = Examples.disk(DiskStatus.AVAILABLE, spec(DiskType.DATA, true).withRegionId(region), INSTANCE);
        var disk = new Disk(new DiskId(id), like.spec(), like.status(), false, null, null, Examples.NOW, null, null);
        apply(id, new DiskEvent.Provisioned(STORY, disk));
    }

    private void changing(String id, String task, Instant at) {
        apply(id, new DiskEvent.SpecChanging(STORY.at(at), task, "cloud_essd", "PL1", 0, at.plusSeconds(60)));
    }

    private void changed(String id, String task, Instant at) {
        apply(id, new DiskEvent.SpecChanged(STORY.at(at), task));
    }

    private void apply(String id, DiskEvent event) {
        world.apply(offset++, new DiskId(id), event);
    }

    private Outcome ask(String... arguments) {
        return ((Query) Examples.verb("DescribeTasks", arguments)).answer(world.of(Examples.ACCOUNT), Examples.NOW);
    }

    private ObjectNode body(String... arguments) {
        return ((Outcome.Success) ask(arguments)).body();
    }

    private static List<String> ids(JsonNode body) {
        var ids = new ArrayList<String>();
        body.at("/TaskSet/Task").forEach(task -> ids.add(task.get("TaskId").textValue()));
        return ids;
    }

    @Test
    void tellsWhatBecameOfATask() {
        var running = body("TaskIds", "t-3").at("/TaskSet/Task/0");
        assertThat(running.get("TaskStatus").textValue()).isEqualTo("Processing");
        assertThat(running.get("TaskAction").textValue()).isEqualTo("ModifyDiskSpec");
        assertThat(running.get("ResourceId").textValue()).isEqualTo("d-1");
        assertThat(running.get("CreationTime").textValue()).isEqualTo("2026-01-02T03:08Z");
        assertThat(running.get("FinishedTime").textValue()).isEmpty();
        changed("d-1", "t-3", NOW.plusSeconds(300));
        var done = body("TaskIds", "t-3").at("/TaskSet/Task/0");
        assertThat(done.get("TaskStatus").textValue()).isEqualTo("Finished");
        assertThat(done.get("FinishedTime").textValue()).isEqualTo("2026-01-02T03:09Z");
    }

    @Test
    void theFirstTaskOfADiskIsTheOneUnderWay() {
        assertThat(ids(body("ResourceIds.1", "d-1", "TaskAction", "ModifyDiskSpec", "PageSize", "1")))
                .containsExactly("t-3");
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId,      cn-hangzhou,          t-3 t-1",
        "RegionId,      cn-beijing,           t-2",
        "TaskIds,       't-1,t-2, t-unknown', t-2 t-1",
        "TaskAction,    ModifyDiskSpec,       t-3 t-2 t-1",
        "TaskAction,    ImportImage,          ''",
        "TaskStatus,    Processing,           t-3",
        "TaskStatus,    Finished,             t-2 t-1",
        "TaskStatus,    Failed,               ''",
        "TaskStatus,    Paused,               t-3 t-2 t-1",
        "StartTime,     2026-01-02T03:06:05Z, t-3 t-2",
        "EndTime,       2026-01-02T03:06:05Z, t-2 t-1",
        "StartTime,     2026-01-02T03:07Z,    t-3",
        "ResourceIds.1, d-2,                  t-2",
        "ResourceIds.1, d-unknown,            ''"
    })
    void eachFilterChooses(String parameter, String value, String expected) {
        assertThat(String.join(" ", ids(body(parameter, value)))).isEqualTo(expected);
    }

    @Test
    void pages() {
        var second = body("PageNumber", "2", "PageSize", "2");
        assertThat(ids(second)).containsExactly("t-1");
        assertThat(second.get("TotalCount").intValue()).isEqualTo(3);
        assertThat(second.get("PageNumber").intValue()).isEqualTo(2);
        assertThat(second.get("PageSize").intValue()).isEqualTo(2);
        assertThat(second.has("NextToken")).isFalse();
        assertThat(second.has("RegionId")).isFalse();
        assertThat(body("RegionId", "cn-beijing").get("RegionId").textValue()).isEqualTo("cn-beijing");
    }

    @Test
    void anotherAccountsTasksDoNotExist() {
        var elsewhere = ((Query) Examples.verb("DescribeTasks")).answer(world.of("somebody-else"), Examples.NOW);
        assertThat(ids(((Outcome.Success) elsewhere).body())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId, mars-1, INVALID_REGION_ID_NOT_FOUND",
        "StartTime, yesterday, INVALID_PARAMETER",
        "EndTime, 2026-02-30T00:00Z, INVALID_PARAMETER",
        "PageNumber, 0, INVALID_PARAMETER",
        "PageSize, 101, INVALID_PARAMETER"
    })
    void rejectsWhatCannotBe(String parameter, String value, ErrorCode expected) {
        assertThat(((Rejection) ask(parameter, value)).code()).isEqualTo(expected);
    }

    @Test
    void aHundredIdsAreTheLimit() {
        var ids = IntStream.range(0, 101).mapToObj(n -> "t-" + n).collect(Collectors.joining(","));
        assertThat(ask("TaskIds", ids)).isEqualTo(Rejection.of(ErrorCode.INVALID_PARAMETER, "TaskIds"));
    }
}
