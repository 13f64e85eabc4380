package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskSpecBuilder;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Mount;
import dev.moorage.domain.Tags;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static DiskSpecBuilder spec() {
        return DiskSpecBuilder.builder(Examples.spec(DiskType.DATA, true));
    }

    private void put(String id, DiskSpec spec) {
        var disk = new Disk(new DiskId(id), spec, DiskStatus.AVAILABLE, false, null, null, Examples.NOW, null, null);
        world.apply(offset++, disk.id(), new DiskEvent.Provisioned(Examples.STORY, disk));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Tag.1.Key=team                                                | d-tagged
                    Tag.1.key=team;Tag.1.value=storage                            | d-tagged
                    Tag.1.Key=team;Tag.1.Value=network                            |
                    Tag.1.Key=team;Tag.2.Key=cost                                 | d-tagged
                    Tag.1.Key=team;Tag.2.Key=owner                                |
                    ResourceGroupId=rg-1                                          | d-grouped
                    KMSKeyId=key-1                                                | d-secret
                    Encrypted=true                                                | d-secret
                    SnapshotId=s-1                                                | d-restored
                    MultiAttach=Enabled                                           | d-shared
                    MultiAttach=LegacyShared                                      |
                    EnableShared=true                                             |
                    EnableAutoSnapshot=true                                       | d-auto
                    EnableAutomatedSnapshotPolicy=true                            |
                    AutoSnapshotPolicyId=sp-1                                     |
                    Portable=false                                                | d-paid
                    DiskChargeType=PrePaid                                        | d-paid
                    DiskName=mine                                                 | d-named
                    ZoneId=cn-hangzhou-c                                          | d-there
                    Category=cloud_auto                                           | d-auto
                    DeleteWithInstance=true                                       |
                    DeleteAutoSnapshot=false                                      | d-named
                    Filter.1.Key=CreationStartTime;Filter.1.Value=2026-01-02T03:05Z |
                    Filter.2.Key=CreationEndTime;Filter.2.Value=2026-01-02T03:04Z   |
                    LockReason=security                                           |
                    """)
    void filtersByWhatADiskHas(String asked, @Nullable String expected) {
        put(
                "d-tagged",
                spec().tags(Tags.of(Map.of("team", "storage", "cost", ""))).build());
        put("d-grouped", spec().resourceGroupId("rg-1").build());
        put("d-secret", spec().encrypted(true).kmsKeyId("key-1").build());
        put("d-restored", spec().sourceSnapshotId("s-1").build());
        put("d-shared", spec().category("cloud_essd").multiAttach(true).build());
        put("d-auto", spec().category("cloud_auto").enableAutoSnapshot(true).build());
        put("d-paid", spec().chargeType(ChargeType.PRE_PAID).portable(false).build());
        put("d-named", spec().name("mine").deleteAutoSnapshot(false).build());
        put("d-there", spec().zoneId("cn-hangzhou-c").build());

        var arguments = Stream.of(asked.split("[;=]")).map(String::strip).toArray(String[]::new);
        assertThat(ids(body(arguments))).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"In_use", "In Use", "In_Use", "in use"})
    void inUseIsWrittenInSeveralWays(String status) {
        put("d-1", spec().build());
        var used = Examples.disk(DiskStatus.IN_USE);
        world.apply(offset++, used.id(), new DiskEvent.Provisioned(Examples.STORY, used));
        assertThat(ids(body("Status", status))).containsExactly(used.id().value());
    }

    @Test
    void anEmptyFilterIsNone() {
        put("d-1", spec().build());
        assertThat(ids(body("Filter.1.Key", "", "Filter.1.Value", ""))).containsExactly("d-1");
    }

    @Test
    void filtersByTimeOfCreationWithBothEnds() {
        put("d-1", spec().build());
        assertThat(ids(body("Filter.1.Key", "CreationStartTime", "Filter.1.Value", "2026-01-02T03:04Z")))
                .containsExactly("d-1");
        assertThat(ids(body("Filter.2.Key", "CreationEndTime", "Filter.2.Value", "2026-01-02T03:05Z")))
                .containsExactly("d-1");
    }

    @Test
    void showsTheLocksOfTheInstanceThatHoldsADisk() {
        var locked = Examples.instance(InstanceStatus.STOPPED, LockReason.SECURITY);
        world.apply(offset++, locked.id(), new InstanceEvent.Provisioned(Examples.STORY, locked));
        var held = Examples.disk(DiskStatus.IN_USE);
        world.apply(offset++, held.id(), new DiskEvent.Provisioned(Examples.STORY, held));
        assertThat(ids(body("LockReason", "Security")))
                .containsExactly(held.id().value());
        assertThat(ids(body("LockReason", "financial"))).isEmpty();
        assertThat(body().at("/Disks/Disk/0/OperationLocks/OperationLock/0/LockReason")
                        .textValue())
                .isEqualTo("security");
    }

    @Test
    void whereASharedDiskIsStandsInListsOnly() {
        var shared = spec().multiAttach(true).build();
        var first = Examples.disk(DiskStatus.IN_USE, shared, new InstanceId("i-1"));
        var on = new Mount(new Attachment(new InstanceId("i-2"), "/dev/xvdc", "R"), Examples.NOW);
        world.apply(offset++, first.id(), new DiskEvent.Provisioned(Examples.STORY, first.withOthers(List.of(on))));
        assertThat(ids(body("InstanceId", "i-1"))).hasSize(1);
        var disk = body("InstanceId", "i-2").at("/Disks/Disk/0");
        assertThat(disk.get("InstanceId").textValue()).isEmpty();
        assertThat(disk.get("Device").textValue()).isEmpty();
        assertThat(disk.at("/Attachments/Attachment").findValuesAsText("InstanceId"))
                .containsExactly("i-1", "i-2");
        assertThat(disk.at("/MountInstances/MountInstance").findValuesAsText("Device"))
                .containsExactly("/dev/xvdb", "/dev/xvdc");
        assertThat(disk.get("MountInstanceNum").intValue()).isEqualTo(2);
        assertThat(disk.get("MultiAttach").textValue()).isEqualTo("Enabled");
    }

    @Test
    void aFieldThatOnlySomeCategoriesHaveIsNotThereElsewhere() {
        put("d-1", spec().build());
        put("d-2", spec().category("cloud_essd").performanceLevel("PL2").build());
        put("d-3", spec().category("cloud_regional_disk_auto").zoneId("").build());
        var disks = body("AdditionalAttributes", "[\"IOPS\",\"Placement\"]").at("/Disks/Disk");
        assertThat(disks.get(0).has("PerformanceLevel")).isFalse();
        assertThat(disks.get(0).has("ProvisionedIops")).isFalse();
        assertThat(disks.get(0).has("Placement")).isFalse();
        assertThat(disks.get(1).get("PerformanceLevel").textValue()).isEqualTo("PL2");
        assertThat(disks.at("/2/Placement/ZoneIds").textValue()).contains("cn-hangzhou-b");
        assertThat(body().at("/Disks/Disk/2").has("Placement")).isFalse();
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
                    DiskChargeType | Free  | INVALID_DISK_CHARGE_TYPE_NOT_FOUND
                    LockReason | lost      | INVALID_LOCK_REASON_NOT_FOUND
                    MultiAttach | maybe    | INVALID_PARAMETER_MULTI_ATTACH
                    Filter.1.Key | Colour  | INVALID_FILTER_KEY_NOT_FOUND
                    Filter.1.Key | CreationEndTime | INVALID_FILTER_VALUE
                    Tag.1.Value | storage  | INVALID_TAG_MISMATCH
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
