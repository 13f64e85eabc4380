package dev.moorage.action;

import static dev.moorage.action.Examples.STORY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Tags;
import dev.moorage.view.Lens;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queries about instances. */
class DescribeInstancesTest {
    private static final String IMAGE = "centos_7_9_x64_20G_alibase_20240628.vhd";
    private static final String VPC = vpc();

    private final World world = new World();
    private long offset;

    private static String vpc() {
        return new PrimaryInterface(Examples.instance(InstanceStatus.RUNNING)).vpcId();
    }

    @BeforeEach
    void threeInstances() {
        put(
                "i-a",
                InstanceStatus.RUNNING,
                spec -> spec.withName("web-1")
                        .withTags(Tags.of(Map.of("owner", "me", "stage", "test")))
                        .withVSwitchId("vsw-1")
                        .withSecurityGroupId("sg-1")
                        .withMoreSecurityGroupIds(List.of("sg-2"))
                        .withPrivateIpAddress("172.16.0.1")
                        .withMaxBandwidthInMbps(10)
                        .withMaxBandwidthOutMbps(5)
                        .withKeyPairName("key")
                        .withUserData("ZWNobw==")
                        .withRamRoleName("role")
                        .withResourceGroupId("rg-1")
                        .withImageId(IMAGE));
        put(
                "i-b",
                InstanceStatus.STOPPED,
                spec -> spec.withName("web-2")
                        .withTags(Tags.of(Map.of("owner", "you")))
                        .withChargeType(ChargeType.PRE_PAID)
                        .withInternetChargeType("PayByBandwidth")
                        .withInstanceType("ecs.unheard-of.large")
                        .withZoneId("cn-hangzhou-c"),
                LockReason.SECURITY);
        put("i-c", InstanceStatus.RUNNING, spec -> spec.withName("db").withRegionId("cn-beijing"));
    }

    private void put(String id, InstanceStatus status, UnaryOperator<InstanceSpec> spec, LockReason... locks) {
        var instance = Examples.instance(status, List.of(), locks);
        world.apply(
                offset++,
                new InstanceId(id),
                new InstanceEvent.Provisioned(
                        STORY, instance.withId(new InstanceId(id)).withSpec(spec.apply(instance.spec()))));
    }

    private Outcome ask(String action, String... arguments) {
        var all = new ArrayList<String>();
        if (List.of(arguments).indexOf("RegionId") < 0) all.addAll(List.of("RegionId", "cn-hangzhou"));
        all.addAll(List.of(arguments));
        return ((Query) Examples.verb(action, all.toArray(String[]::new)))
                .answer(world.of(Examples.ACCOUNT), Examples.NOW);
    }

    private ObjectNode body(String action, String... arguments) {
        var answer = ask(action, arguments);
        assertThat(answer).as("%s %s", action, List.of(arguments)).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success) answer).body();
    }

    private static List<String> texts(JsonNode list, String field) {
        var texts = new ArrayList<String>();
        list.forEach(element -> texts.add(element.get(field).textValue()));
        return texts;
    }

    private List<String> ids(String... filters) {
        return texts(body("DescribeInstances", filters).at("/Instances/Instance"), "InstanceId");
    }

    private static List<String> list(String ids) {
        return ids == null ? List.of() : List.of(ids.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ZoneId              | cn-hangzhou-c         | i-b
                    Status              | running               | i-a
                    InstanceName        | web-1                 | i-a
                    InstanceName        | web-*                 | i-a i-b
                    InstanceName        | *-2                   | i-b
                    InstanceName        | w*b                   |
                    InstanceType        | ecs.g5.large          | i-a
                    InstanceTypeFamily  | ecs.g5                | i-a
                    InstanceTypeFamily  | ecs.unheard           | i-b
                    ImageId             | image                 | i-b
                    InstanceChargeType  | PrePaid               | i-b
                    InternetChargeType  | PayByBandwidth        | i-b
                    InternetChargeType  | PayByTraffic          | i-a
                    InstanceNetworkType | vpc                   | i-a i-b
                    InstanceNetworkType | classic               |
                    LockReason          | security              | i-b
                    LockReason          | financial             |
                    SecurityGroupId     | sg-1                  | i-a i-b
                    SecurityGroupId     | sg-2                  | i-a
                    VSwitchId           | vsw-1                 | i-a
                    VpcId               | vpc-other             |
                    KeyPairName         | key                   | i-a
                    ResourceGroupId     | rg-1                  | i-a
                    IoOptimized         | true                  | i-a i-b
                    IoOptimized         | false                 |
                    DeviceAvailable     | true                  | i-a i-b
                    HpcClusterId        | hpc-1                 |
                    HttpTokens          | required              |
                    HttpEndpoint        | enabled               | i-a i-b
                    PrivateIpAddresses  | ["172.16.0.1","x"]    | i-a
                    PrivateIpAddresses  | []                    |
                    PublicIpAddresses   | ["1.2.3.4"]           |
                    InnerIpAddresses    | ["172.16.0.1"]        |
                    EipAddresses        | ["1.2.3.4"]           |
                    RdmaIpAddresses     | ["1.2.3.4"]           |
                    InstanceIds         | ["i-b","i-a","i-zzz"] | i-a i-b
                    InstanceIds         | ["i-c"]               |
                    InstanceIds         | []                    |
                    Tag.1.Key           | owner                 | i-a i-b
                    Tag.1.Key           | Owner                 |
                    Tag.1.key           | stage                 | i-a
                    """)
    void filtersByOneThing(String parameter, String value, String expected) {
        assertThat(ids(parameter, value)).isEqualTo(list(expected));
    }

    @Test
    void filtersNarrowOneAnother() {
        assertThat(ids("InstanceName", "web-*", "Status", "Stopped")).containsExactly("i-b");
        assertThat(ids("Tag.1.Key", "owner", "Tag.1.Value", "me", "Tag.2.Key", "stage"))
                .containsExactly("i-a");
        assertThat(ids("Tag.1.Key", "owner", "Tag.1.Value", "you", "Tag.2.Key", "stage"))
                .isEmpty();
        assertThat(ids("VpcId", VPC)).containsExactly("i-a", "i-b");
        assertThat(ids("RegionId", "cn-beijing")).containsExactly("i-c");
    }

    @ParameterizedTest
    @CsvSource({
        "CreationStartTime, 2026-01-02T03:04Z, i-a i-b",
        "CreationStartTime, 2026-01-02T03:05Z,",
        "CreationEndTime, 2026-01-02T03:05Z, i-a i-b",
        "CreationEndTime, 2026-01-02T03:04Z,",
        "ExpiredStartTime, 2030-01-01T00:00Z, i-a i-b",
        "ExpiredEndTime, 2030-01-01T00:00Z,"
    })
    void filtersByTime(String key, String time, String expected) {
        assertThat(ids("Filter.1.Key", key, "Filter.1.Value", time)).isEqualTo(list(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DescribeInstances | RegionId=mars-1                | INVALID_REGION_ID_NOT_FOUND
                    DescribeInstances | InstanceIds=i-a                | INVALID_PARAMETER
                    DescribeInstances | PrivateIpAddresses=172.16.0.1  | INVALID_PARAMETER
                    DescribeInstances | Status=Gone                    | INVALID_STATUS_NOT_FOUND
                    DescribeInstances | Status=Released                | INVALID_STATUS_NOT_FOUND
                    DescribeInstances | InstanceChargeType=Free        | INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND
                    DescribeInstances | InstanceNetworkType=lan        | INVALID_NETWORK_TYPE_NOT_FOUND
                    DescribeInstances | InternetChargeType=Free        | INVALID_INTERNET_CHARGE_TYPE_VALUE_NOT_SUPPORTED
                    DescribeInstances | LockReason=mood                | INVALID_LOCK_REASON_NOT_FOUND
                    DescribeInstances | Filter.1.Key=Age               | INVALID_FILTER_KEY_NOT_FOUND
                    DescribeInstances | Filter.1.Value=x               | INVALID_FILTER_KEY_NOT_FOUND
                    DescribeInstances | Filter.1.Key=CreationStartTime | INVALID_FILTER_VALUE
                    DescribeInstances | Tag.1.Value=me                 | INVALID_TAG_MISMATCH
                    DescribeInstances | PageSize=101                   | INVALID_PARAMETER
                    DescribeInstances | NextToken=!                    | INVALID_PARAMETER
                    DescribeInstances | DryRun=true                    | DRY_RUN_OPERATION
                    DescribeInstanceStatus | RegionId=mars-1           | INVALID_REGION_ID_NOT_FOUND
                    DescribeInstanceStatus | ZoneId=cn-beijing-a       | INVALID_ZONE_ID_NOT_FOUND
                    DescribeInstanceStatus | PageSize=51               | INVALID_PARAMETER
                    DescribeInstanceStatus | PageNumber=0              | INVALID_PARAMETER
                    DescribeInstanceAttribute | InstanceId=i-zzz       | INVALID_INSTANCE_ID_NOT_FOUND
                    DescribeUserData | InstanceId=i-zzz                | INVALID_INSTANCE_ID_NOT_FOUND
                    DescribeUserData | InstanceId=i-c                  | INVALID_INSTANCE_ID_NOT_FOUND
                    DescribeInstanceRamRole | PageNumber=1             | INVALID_PARAMETER_ALL_EMPTY
                    DescribeInstanceRamRole | InstanceIds=i-a          | INVALID_INSTANCE_IDS_MALFORMED
                    DescribeInstanceRamRole | InstanceIds=["i-zzz"]    | INVALID_INSTANCE_ID_NOT_FOUND
                    DescribeInstanceRamRole | RamRoleName=role;PageSize=51 | INVALID_PARAMETER
                    DescribeInstanceMaintenanceAttributes | InstanceId.1=i-zzz | INVALID_INSTANCE_ID_NOT_FOUND
                    DescribeInstanceMaintenanceAttributes | PageSize=101 | INVALID_PARAMETER
                    DescribeInstanceAttachmentAttributes | InstanceIds=i-a | INVALID_PARAMETER
                    DescribeInstanceAttachmentAttributes | InstanceIds=["i-c"] | INVALID_INSTANCE_IDS_NOT_FOUND
                    DescribeInstanceAutoRenewAttribute | PageNumber=1  | INVALID_PARAMETER_RENEWAL_STATUS_INSTANCE_ID
                    DescribeInstanceAutoRenewAttribute | RenewalStatus=x | INVALID_PARAMETER_RENEWAL_STATUS
                    DescribeInstanceAutoRenewAttribute | InstanceId=i-zzz | INVALID_PARAMETER_INVALID_INSTANCE_ID
                    DescribeInstanceAutoRenewAttribute | InstanceId=i-a | CHARGE_TYPE_VIOLATION
                    DescribeInstanceHistoryEvents | RegionId=mars-1    | INVALID_PARAMETER
                    DescribeInstanceHistoryEvents | EventCycleStatus=x | INVALID_PARAMETER
                    DescribeInstanceHistoryEvents | InstanceEventCycleStatus.1=x | INVALID_PARAMETER
                    DescribeInstanceHistoryEvents | ResourceType=x     | INVALID_PARAMETER
                    DescribeInstanceHistoryEvents | NotBefore.Start=x  | INVALID_PARAMETER
                    DescribeInstanceHistoryEvents | NotBefore.Start=2026-01-02T00:00:00Z;NotBefore.End=2026-01-01T00:00:00Z | INVALID_PARAMETER_TIME_END_BEFORE_START
                    DescribeNetworkInterfaces | RegionId=mars-1        | INVALID_REGION_ID_MAL_FORMED
                    DescribeNetworkInterfaces | Tag.1.Value=me         | INVALID_TAG_MISMATCH
                    DescribeNetworkInterfaces | PageSize=101           | INVALID_PARAMETER
                    """)
    void whatCannotBeAskedIsRefused(String action, String arguments, ErrorCode expected) {
        var answer = ask(action, arguments.split("[=;]"));
        assertThat(((Rejection) answer).code()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeInstanceStatus, InstanceId, INVALID_PARAMETER_TOO_MANY_INSTANCE_IDS",
        "DescribeInstanceMaintenanceAttributes, InstanceId, INSTANCE_ID_LIMIT_EXCEEDED",
        "DescribeInstanceHistoryEvents, EventId, EVENT_ID_LIMIT_EXCEEDED",
        "DescribeNetworkInterfaces, NetworkInterfaceId, INVALID_PARAMETER",
        "DescribeNetworkInterfaces, PrivateIpAddress, INVALID_PARAMETER"
    })
    void aHundredOfAListAreTheLimit(String action, String list, ErrorCode expected) {
        var tooMany = IntStream.rangeClosed(1, 101)
                .boxed()
                .flatMap(n -> List.of(list + "." + n, "x-" + n).stream())
                .toArray(String[]::new);
        assertThat(((Rejection) ask(action, tooMany)).code()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeInstances, INVALID_PARAMETER",
        "DescribeInstanceRamRole, INVALID_INSTANCE_IDS_MALFORMED",
        "DescribeInstanceAttachmentAttributes, INVALID_PARAMETER"
    })
    void aHundredOfAnArrayAreTheLimit(String action, ErrorCode expected) {
        var tooMany = IntStream.range(0, 101).mapToObj(n -> "\"i-" + n + "\"").toList();
        assertThat(((Rejection) ask(action, "InstanceIds", tooMany.toString())).code())
                .isEqualTo(expected);
    }

    @Test
    void tellsAllThatThereIsToTell() {
        var instance = body("DescribeInstances", "InstanceIds", "[\"i-a\"]").at("/Instances/Instance/0");
        assertThat(instance.get("Cpu").intValue()).isEqualTo(2);
        assertThat(instance.get("Memory").intValue()).isEqualTo(8_192);
        assertThat(instance.get("InstanceTypeFamily").textValue()).isEqualTo("ecs.g5");
        assertThat(instance.get("OSName").textValue()).startsWith("CentOS");
        assertThat(instance.get("OSType").textValue()).isEqualTo("linux");
        assertThat(instance.get("CreationTime").textValue()).isEqualTo("2026-01-02T03:04Z");
        assertThat(instance.get("ExpiredTime").textValue()).isEqualTo("2999-09-08T16:00Z");
        assertThat(instance.at("/VpcAttributes/VpcId").textValue()).isEqualTo(VPC);
        assertThat(instance.at("/VpcAttributes/PrivateIpAddress/IpAddress/0").textValue())
                .isEqualTo("172.16.0.1");
        assertThat(instance.at("/PublicIpAddress/IpAddress/0").textValue()).startsWith("198.1");
        assertThat(texts(instance.at("/Tags/Tag"), "TagKey")).containsExactly("owner", "stage");
        assertThat(texts(instance.at("/Tags/Tag"), "TagValue")).containsExactly("me", "test");
        assertThat(instance.at("/SecurityGroupIds/SecurityGroupId")).hasSize(2);
        assertThat(instance.at("/NetworkInterfaces/NetworkInterface/0/NetworkInterfaceId")
                        .textValue())
                .isEqualTo("eni-a");
        assertThat(instance.at("/NetworkInterfaces/NetworkInterface/0/MacAddress")
                        .textValue())
                .matches("00:16:3e(:[0-9a-f]{2}){3}");
        assertThat(instance.get("SpotStrategy").textValue()).isEqualTo("NoSpot");
        assertThat(instance.get("StoppedMode").textValue()).isEqualTo("Not-applicable");
    }

    @Test
    void ofATypeThatNobodyKnowsNothingIsSaid() {
        var instance = body("DescribeInstances", "InstanceIds", "[\"i-b\"]").at("/Instances/Instance/0");
        assertThat(instance.has("Cpu")).isFalse();
        assertThat(instance.has("Memory")).isFalse();
        assertThat(instance.get("InstanceTypeFamily").textValue()).isEqualTo("ecs.unheard");
    }

    @Test
    void anInstanceThatWasGivenNoAddressHasOneAllTheSame() {
        var asked = body("DescribeInstances", "InstanceIds", "[\"i-b\"]");
        var address = asked.at("/Instances/Instance/0/VpcAttributes/PrivateIpAddress/IpAddress/0")
                .textValue();
        assertThat(address).matches("10(\\.[0-9]+){3}");
        assertThat(ids("PrivateIpAddresses", "[\"" + address + "\"]")).containsExactly("i-b");
    }

    @Test
    void pagesByNumberAndByToken() {
        for (int n = 0; n < 25; n++) put("i-" + n, InstanceStatus.RUNNING, spec -> spec.withName("many"));
        var first = body("DescribeInstances", "InstanceName", "many", "MaxResults", "10");
        assertThat(first.at("/Instances/Instance")).hasSize(10);
        var next = body(
                "DescribeInstances",
                "InstanceName",
                "many",
                "MaxResults",
                "100",
                "NextToken",
                first.get("NextToken").textValue());
        assertThat(next.at("/Instances/Instance")).hasSize(15);
        assertThat(next.get("NextToken").textValue()).isEmpty();
        var third = body("DescribeInstances", "InstanceName", "many", "PageNumber", "3", "PageSize", "10");
        assertThat(third.at("/Instances/Instance")).hasSize(5);
        assertThat(third.get("TotalCount").intValue()).isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PageNumber   | 1             | i-a i-b
                    ZoneId       | cn-hangzhou-c | i-b
                    InstanceId.1 | i-b           | i-b
                    InstanceId.1 | i-c           |
                    """)
    void listsStatuses(String parameter, String value, String expected) {
        var statuses = body("DescribeInstanceStatus", parameter, value).at("/InstanceStatuses/InstanceStatus");
        assertThat(texts(statuses, "InstanceId")).isEqualTo(list(expected));
        if (value.equals("i-b")) assertThat(texts(statuses, "Status")).containsExactly("Stopped");
    }

    @Test
    void tellsOfOneInstanceWhatTheListTells() {
        var one = body("DescribeInstanceAttribute", "InstanceId", "i-a");
        var listed = body("DescribeInstances", "InstanceIds", "[\"i-a\"]").at("/Instances/Instance/0");
        one.properties().forEach(field -> {
            if (!List.of("IoOptimized", "EnableJumboFrame").contains(field.getKey()))
                assertThat(listed.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
        });
        assertThat(one.get("IoOptimized").textValue()).isEqualTo("optimized");
    }

    @Test
    void tellsUserDataAndRoles() {
        assertThat(body("DescribeUserData", "InstanceId", "i-a").get("UserData").textValue())
                .isEqualTo("ZWNobw==");
        assertThat(body("DescribeUserData", "InstanceId", "i-b").get("UserData").textValue())
                .isEmpty();
        var both = body("DescribeInstanceRamRole", "InstanceIds", "[\"i-a\",\"i-b\"]");
        assertThat(texts(both.at("/InstanceRamRoleSets/InstanceRamRoleSet"), "RamRoleName"))
                .containsExactly("role", "");
        var byRole = body("DescribeInstanceRamRole", "RamRoleName", "role");
        assertThat(texts(byRole.at("/InstanceRamRoleSets/InstanceRamRoleSet"), "InstanceId"))
                .containsExactly("i-a");
        var none = body("DescribeInstanceRamRole", "InstanceIds", "[]");
        assertThat(none.at("/InstanceRamRoleSets/InstanceRamRoleSet")).isEmpty();
    }

    @Test
    void tellsWhatIsTheSameForAll() {
        var maintenance = body("DescribeInstanceMaintenanceAttributes", "InstanceId.1", "i-a");
        assertThat(maintenance
                        .at("/MaintenanceAttributes/MaintenanceAttribute/0/ActionOnMaintenance/Value")
                        .textValue())
                .isEqualTo("AutoRecover");
        assertThat(body("DescribeInstanceMaintenanceAttributes")
                        .get("TotalCount")
                        .intValue())
                .isEqualTo(2);
        var pools = body("DescribeInstanceAttachmentAttributes", "InstanceIds", "[\"i-b\",\"i-a\"]");
        assertThat(texts(pools.at("/Instances/Instance"), "InstanceId")).containsExactly("i-a", "i-b");
        assertThat(body("DescribeInstanceHistoryEvents").get("TotalCount").intValue())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "InstanceId, i-a, 1",
        "InstanceId, i-zzz, 0",
        "ResourceId.1, i-b, 1",
        "EventId.1, e-0, 0",
        "ResourceType, instance, 2",
        "ResourceType, ddh, 0",
        "EventCycleStatus, Executed, 2",
        "EventCycleStatus, Scheduled, 0",
        "InstanceEventCycleStatus.1, Executed, 2",
        "InstanceEventCycleStatus.1, Failed, 0",
        "EventType, InstanceFailure.Reboot, 2",
        "InstanceEventType.1, SystemFailure.Reboot, 0",
        "EventPublishTime.Start, 2026-01-02T00:00:00Z, 2",
        "EventPublishTime.Start, 2026-01-02T00:00:01Z, 0",
        "NotBefore.End, 2026-01-01T00:00:00Z, 0",
    })
    void tellsWhatHappenedToThoseThatAreAskedFor(String parameter, String value, int expected) {
        var happening =
                new Lens.Happening("ecs_alarm_center.vm.guest_os_oom:critical", Instant.parse("2026-01-02T00:00:00Z"));
        var lens = new Lens(disk -> true, instance -> true, null, null, null, happening);
        var verb = (Query) Examples.verb("DescribeInstanceHistoryEvents", "RegionId", "cn-hangzhou", parameter, value);
        var answer = (Outcome.Success) verb.answer(world.of(Examples.ACCOUNT).through(lens), Examples.NOW);
        assertThat(answer.body().get("TotalCount").intValue()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"InstanceId, i-b, i-b", "RenewalStatus, Normal, i-b", "RenewalStatus, AutoRenewal,"})
    void tellsHowSubscriptionsGoOn(String parameter, String value, String expected) {
        var attributes = body("DescribeInstanceAutoRenewAttribute", parameter, value)
                .at("/InstanceRenewAttributes/InstanceRenewAttribute");
        assertThat(texts(attributes, "InstanceId")).isEqualTo(list(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PageNumber           | 1          | i-a i-b
                    NetworkInterfaceId.1 | eni-b      | i-b
                    NetworkInterfaceId.1 | d-b        |
                    InstanceId           | i-a        | i-a
                    InstanceId           | i-zzz      |
                    VSwitchId            | vsw-1      | i-a
                    VpcId                | vpc-other  |
                    PrimaryIpAddress     | 172.16.0.1 | i-a
                    PrivateIpAddress.1   | 172.16.0.1 | i-a
                    Ipv6Address.1        | fe80::1    |
                    SecurityGroupId      | sg-2       | i-a
                    NetworkInterfaceName | mine       |
                    ResourceGroupId      | rg-1       | i-a
                    ServiceManaged       | true       |
                    Type                 | Secondary  |
                    Type                 | Primary    | i-a i-b
                    Status               | InUse      | i-a i-b
                    Status               | Available  |
                    Tag.1.Key            | stage      | i-a
                    """)
    void listsNetworkInterfaces(String parameter, String value, String expected) {
        var interfaces =
                body("DescribeNetworkInterfaces", parameter, value).at("/NetworkInterfaceSets/NetworkInterfaceSet");
        assertThat(texts(interfaces, "InstanceId")).isEqualTo(list(expected));
    }

    @Test
    void anInterfaceIsTheOneThatItsInstanceNames() {
        var instance = body("DescribeInstances", "InstanceIds", "[\"i-a\"]").at("/Instances/Instance/0");
        var brief = instance.at("/NetworkInterfaces/NetworkInterface/0");
        var whole = body(
                        "DescribeNetworkInterfaces",
                        "NetworkInterfaceId.1",
                        brief.get("NetworkInterfaceId").textValue())
                .at("/NetworkInterfaceSets/NetworkInterfaceSet/0");
        assertThat(whole.get("MacAddress")).isEqualTo(brief.get("MacAddress"));
        assertThat(whole.get("PrivateIpAddress")).isEqualTo(brief.get("PrimaryIpAddress"));
        assertThat(whole.get("VpcId")).isEqualTo(instance.at("/VpcAttributes/VpcId"));
        assertThat(whole.at("/PrivateIpSets/PrivateIpSet/0/Primary").booleanValue())
                .isTrue();
        assertThat(whole.at("/SecurityGroupIds")).isEqualTo(instance.at("/SecurityGroupIds"));
    }

    @Test
    void aReleasedInstanceIsNotThere() {
        world.apply(offset++, new InstanceId("i-a"), new InstanceEvent.Released(STORY));
        assertThat(ids()).containsExactly("i-b");
        assertThat(ask("DescribeInstanceAttribute", "InstanceId", "i-a")).isInstanceOf(Rejection.class);
        assertThat(body("DescribeNetworkInterfaces", "NetworkInterfaceId.1", "eni-a")
                        .at("/NetworkInterfaceSets/NetworkInterfaceSet"))
                .isEmpty();
    }

    @Test
    void instancesOfOthersAreNotThere() {
        Instance other = Examples.instance(InstanceStatus.RUNNING, List.of());
        var spec = other.spec().withAccount("other");
        var id = new InstanceId("i-other");
        world.apply(
                offset++,
                id,
                new InstanceEvent.Provisioned(STORY, other.withId(id).withSpec(spec)));
        assertThat(ids()).containsExactly("i-a", "i-b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DescribeInstanceStatus                | InstanceId.1
                    DescribeInstanceAttachmentAttributes  | InstanceIds
                    DescribeInstanceAutoRenewAttribute    | InstanceId
                    DescribeInstanceMaintenanceAttributes | InstanceId.1
                    DescribeInstanceRamRole               | InstanceIds
                    """)
    void listsThatHaveNoTokensTakeNone(String action, String ids) {
        var instance = Examples.instance(InstanceStatus.RUNNING);
        var paid = instance.withSpec(instance.spec().withChargeType(ChargeType.PRE_PAID));
        String id = paid.id().value();
        var query = (Query) Examples.verb(
                action,
                "RegionId",
                "cn-hangzhou",
                ids,
                ids.equals("InstanceIds") ? "[\"" + id + "\"]" : id,
                "MaxResults",
                "20",
                "NextToken",
                "none of ours");
        var view = Examples.world(Examples.disk(DiskStatus.IN_USE), paid).of(Examples.ACCOUNT);
        var body = ((Outcome.Success) query.answer(view, Examples.NOW)).body();
        assertThat(body.get("TotalCount").intValue()).isEqualTo(1);
        assertThat(body.get("PageSize").intValue()).isEqualTo(10);
    }
}
