package dev.moorage.action;

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
import dev.moorage.domain.InstanceId;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeDisksTest {
    private final World world = new World();
    private long offset;

    private DiskId put(int n, DiskStatus status) {
        var id = new DiskId("d-" + n);
        var like = Examples.disk(status, Examples.spec(DiskType.DATA, true), new InstanceId("i-" + n % 2));
        var disk = new Disk(
                id, like.spec(), status, false, like.attachment(), like.transition(), Examples.NOW, null, null);
        world.apply(offset++, id, new DiskEvent.Provisioned(Examples.STORY, disk));
        return id;
    }

    private Outcome ask(String... arguments) {
        var all = new ArrayList<>(List.of("RegionId", "cn-hangzhou"));
        all.addAll(List.of(arguments));
        return ((Query) Examples.verb("DescribeDisks", all.toArray(String[]::new)))
                .answer(world.of("default"), Examples.NOW);
    }

    private ObjectNode body(String... arguments) {
        return ((Outcome.Success) ask(arguments)).body();
    }

    private static List<String> ids(JsonNode body) {
        var ids = new ArrayList<String>();
        body.at("/Disks/Disk").forEach(disk -> ids.add(disk.get("DiskId").textValue()));
        return ids;
    }

    @Test
    void pagesByNumberAndSaysHowManyThereAre() {
        for (int n = 0; n < 25; n++) put(n, DiskStatus.AVAILABLE);
        var third = body("PageNumber", "3", "PageSize", "10");
        assertThat(ids(third)).containsExactly("d-20", "d-21", "d-22", "d-23", "d-24");
        assertThat(third.get("TotalCount").intValue()).isEqualTo(25);
        assertThat(third.get("NextToken").textValue()).isEmpty();
        assertThat(ids(body("PageNumber", "4"))).isEmpty();
    }

    @Test
    void pagesByTokenWithoutGapsWhileDisksComeAndGo() {
        for (int n = 0; n < 95; n++) put(n, DiskStatus.AVAILABLE);
        var seen = new ArrayList<String>();
        var page = body("MaxResults", "10");
        seen.addAll(ids(page));
        for (int turn = 0; !page.get("NextToken").textValue().isEmpty(); turn++) {
            // One that was listed goes, one that is new comes.
            world.apply(offset++, new DiskId("d-" + turn), new DiskEvent.Released(Examples.STORY));
            put(1_000 + turn, DiskStatus.AVAILABLE);
            page = body("MaxResults", "10", "NextToken", page.get("NextToken").textValue());
            seen.addAll(ids(page));
        }
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen)
                .containsAll(IntStream.range(10, 95).mapToObj(n -> "d-" + n).toList());
    }

    @Test
    void aTokenOfOnePagingGoesOnInTheOther() {
        for (int n = 0; n < 15; n++) put(n, DiskStatus.AVAILABLE);
        var first = body();
        assertThat(ids(first)).hasSize(10);
        assertThat(ids(body("NextToken", first.get("NextToken").textValue())))
                .containsExactly("d-10", "d-11", "d-12", "d-13", "d-14");
    }

    @Test
    void filtersNarrowOneAnother() {
        put(1, DiskStatus.IN_USE);
        put(2, DiskStatus.IN_USE);
        put(3, DiskStatus.AVAILABLE);
        put(4, DiskStatus.RELEASED);
        assertThat(ids(body())).containsExactly("d-1", "d-2", "d-3");
        assertThat(ids(body("Status", "in_USE"))).containsExactly("d-1", "d-2");
        assertThat(ids(body("Status", "All"))).containsExactly("d-1", "d-2", "d-3");
        assertThat(ids(body("Status", "In_use", "InstanceId", "i-1"))).containsExactly("d-1");
        assertThat(ids(body("InstanceId", "i-7"))).isEmpty();
        assertThat(ids(body("DiskIds", "[\"d-3\",\"d-1\",\"d-4\",\"d-unknown\"]")))
                .containsExactly("d-1", "d-3");
        assertThat(ids(body("DiskIds", "[]"))).isEmpty();
        assertThat(ids(body("ZoneId", "cn-hangzhou-c"))).isEmpty();
        assertThat(ids(body("DiskType", "system"))).isEmpty();
        assertThat(ids(body("Category", "cloud_ssd", "Portable", "TRUE"))).hasSize(3);
        assertThat(ids(body("Tag.2.Key", "owner"))).isEmpty();
    }

    @Test
    void anotherRegionHasOtherDisks() {
        put(1, DiskStatus.AVAILABLE);
        var elsewhere = ((Query) Examples.verb("DescribeDisks", "RegionId", "cn-beijing"))
                .answer(world.of("default"), Examples.NOW);
        assertThat(ids(((Outcome.Success) elsewhere).body())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RegionId   | mars-1    | INVALID_REGION_NOT_FOUND
                    DiskIds    | d-1       | INVALID_PARAMETER_DISK_IDS
                    DiskIds    | {}        | INVALID_PARAMETER_DISK_IDS
                    DiskIds    | [1]       | INVALID_PARAMETER_DISK_IDS
                    ZoneId     | mars-1a   | INVALID_ZONE_ID_NOT_FOUND
                    Status     | Gone      | INVALID_STATUS_VALUE_NOT_SUPPORTED
                    Status     | Released  | INVALID_STATUS_VALUE_NOT_SUPPORTED
                    DiskType   | tape      | INVALID_DISK_TYPE_VALUE_NOT_SUPPORTED
                    Category   | tape      | INVALID_CATEGORY_VALUE_NOT_SUPPORTED
                    PageSize   | 0         | INVALID_PARAMETER
                    PageSize   | 101       | INVALID_PARAMETER
                    PageNumber | 0         | INVALID_PARAMETER
                    NextToken  | nonsense! | INVALID_PARAMETER
                    DryRun     | true      | DRY_RUN_OPERATION
                    """)
    void whatCannotBeAskedIsRefused(String parameter, String value, ErrorCode expected) {
        var answer = parameter.equals("RegionId")
                ? ((Query) Examples.verb("DescribeDisks", parameter, value)).answer(world.of("default"), Examples.NOW)
                : ask(parameter, value);
        assertThat(((Rejection) answer).code()).isEqualTo(expected);
    }

    @Test
    void aHundredIdsAreTheLimit() {
        var hundredAndOne =
                IntStream.range(0, 101).mapToObj(n -> "\"d-" + n + "\"").toList();
        assertThat(((Rejection) ask("DiskIds", hundredAndOne.toString())).code())
                .isEqualTo(ErrorCode.INVALID_DISK_IDS_MALFORMED);
        assertThat(ask("DiskIds", hundredAndOne.subList(0, 100).toString())).isInstanceOf(Outcome.Success.class);
    }
}
