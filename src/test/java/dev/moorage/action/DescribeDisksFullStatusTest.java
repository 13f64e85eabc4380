package dev.moorage.action;

import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Tags;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeDisksFullStatusTest {
    private final World world = new World();
    private long offset;

    /** One disk in each status; the one in use has a tag and a resource group. */
    @BeforeEach
    void begin() {
        for (var status : DiskStatus.values()) {
            var spec = status == DiskStatus.IN_USE
                    ? spec(DiskType.DATA, true)
                            .withTags(Tags.of(Map.of("env", "test")))
                            .withResourceGroupId("rg-1")
                    : spec(DiskType.DATA, true);
            var disk = Examples.disk(status, spec, INSTANCE).withId(new DiskId("d-" + status.wire()));
            world.apply(offset++, disk.id(), new DiskEvent.Provisioned(STORY, disk));
        }
    }

    private Outcome ask(String... arguments) {
        var all = new ArrayList<>(List.of("RegionId", "cn-hangzhou"));
        all.addAll(List.of(arguments));
        return ((Query) Examples.verb("DescribeDisksFullStatus", all.toArray(String[]::new)))
                .answer(world.of(Examples.ACCOUNT), Examples.NOW);
    }

    private ObjectNode body(String... arguments) {
        return ((Outcome.Success) ask(arguments)).body();
    }

    private static String names(JsonNode body) {
        var names = new ArrayList<String>();
        body.at("/DiskFullStatusSet/DiskFullStatusType")
                .forEach(disk -> names.add(disk.at("/Status/Name").textValue()));
        return String.join(" ", names);
    }

    @Test
    void tellsHowADiskIs() {
        var disk = body("DiskId.1", "d-In_use").at("/DiskFullStatusSet/DiskFullStatusType/0");
        assertThat(disk)
                .hasToString("{\"DiskId\":\"d-In_use\",\"InstanceId\":\"i-23jggx34b\",\"Device\":\"/dev/xvdb\","
                        + "\"Status\":{\"Code\":128,\"Name\":\"In_use\"},"
                        + "\"HealthStatus\":{\"Code\":0,\"Name\":\"Ok\"},"
                        + "\"DiskEventSet\":{\"DiskEventType\":[]}}");
        var available = body("DiskId.1", "d-Available").at("/DiskFullStatusSet/DiskFullStatusType/0");
        assertThat(available.at("/Status/Code").intValue()).isEqualTo(129);
        assertThat(available.get("InstanceId").textValue()).isEmpty();
        assertThat(available.get("Device").textValue()).isEmpty();
        var detaching = body("DiskId.1", "d-Detaching").at("/DiskFullStatusSet/DiskFullStatusType/0");
        assertThat(detaching.get("InstanceId").textValue()).isEqualTo("i-23jggx34b");
        assertThat(detaching.get("Device").textValue()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Status,          In_use,               In_use",
        "Status,          in_use,               In_use",
        "Status,          ReIniting,            ReIniting",
        "DiskId.1,        d-Available,          Available",
        "DiskId.1,        d-Released,           ''",
        "DiskId.3,        d-nowhere,            ''",
        "HealthStatus,    Ok,                   Creating Available Attaching In_use Detaching ReIniting",
        "HealthStatus,    Impaired,             ''",
        "EventType,       Stalled,              ''",
        "EventId.1,       e-1,                  ''",
        "EventTime.Start, 2026-01-01T00:00:00Z, Creating Available Attaching In_use Detaching ReIniting",
        "ResourceGroupId, rg-1,                 In_use",
        "Tag.1.Key,       env,                  In_use",
        "Tag.1.Key,       gone,                 ''",
        "PageSize,        2,                    Creating Available"
    })
    void eachFilterChooses(String parameter, String value, String expected) {
        assertThat(names(body(parameter, value))).isEqualTo(expected);
    }

    @Test
    void pages() {
        var second = body("PageNumber", "2", "PageSize", "4");
        assertThat(names(second)).isEqualTo("Detaching ReIniting");
        assertThat(second.get("TotalCount").intValue()).isEqualTo(6);
        assertThat(second.has("NextToken")).isFalse();
        assertThat(names(body("RegionId", "cn-beijing"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId,        mars-1,    INVALID_PARAMETER",
        "Status,          Broken,    INVALID_PARAMETER",
        "HealthStatus,    Ill,       INVALID_PARAMETER",
        "EventType,       Party,     INVALID_PARAMETER",
        "EventTime.Start, yesterday, INVALID_PARAMETER",
        "EventTime.End,   tomorrow,  INVALID_PARAMETER",
        "Tag.1.Value,     test,      INVALID_TAG_MISMATCH",
        "PageSize,        101,       INVALID_PARAMETER"
    })
    void rejectsWhatCannotBe(String parameter, String value, ErrorCode expected) {
        assertThat(((Rejection) ask(parameter, value)).code()).isEqualTo(expected);
    }

    @Test
    void rejectsTooMuchAndTheWrongWayRound() {
        var ids = new ArrayList<String>();
        var events = new ArrayList<String>();
        for (int n = 1; n <= 101; n++) {
            ids.addAll(List.of("DiskId." + n, "d-" + n));
            events.addAll(List.of("EventId." + n, "e-" + n));
        }
        assertThat(ask(ids.toArray(String[]::new)))
                .isEqualTo(Rejection.of(ErrorCode.INVALID_PARAMETER_TOO_MANY_DISK_ID));
        assertThat(ask(events.toArray(String[]::new)))
                .isEqualTo(Rejection.of(ErrorCode.INVALID_PARAMETER_LENGTH_EXCEEDED));
        assertThat(ask("EventTime.Start", "2026-01-02T00:00:00Z", "EventTime.End", "2026-01-01T00:00:00Z"))
                .isEqualTo(Rejection.of(ErrorCode.INVALID_PARAMETER_TIME_END_BEFORE_START));
    }
}
