package dev.moorage.action;

import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.conditions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Tags;
import dev.moorage.view.AccountView;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RunInstances and CreateInstance make, and what they do not. */
class NewInstancesTest {
    private static final Conditions CONDITIONS = conditions(Compatibility.Y2018);
    private static final String WINDOWS = "win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd";

    private final World world = new World();
    private long offset;

    @BeforeEach
    void snapshots() {
        snapshot("s-whole", DiskType.DATA, true, "cn-hangzhou");
        snapshot("s-progressing", DiskType.DATA, false, "cn-hangzhou");
        snapshot("s-system", DiskType.SYSTEM, true, "cn-hangzhou");
        snapshot("s-elsewhere", DiskType.DATA, true, "cn-beijing");
    }

    private void snapshot(String name, DiskType type, boolean whole, String region) {
        var id = new SnapshotId(name);
        var like = Examples.spec(type, true);
        DiskSpec spec = like.withRegionId(region)
                .withZoneId(region + "-b")
                .withSizeGiB(200)
                .withEncrypted(true);
        var disk = Examples.disk(DiskStatus.AVAILABLE, spec, Examples.INSTANCE).withId(new DiskId("d-of-" + name));
        world.apply(offset++, disk.id(), new DiskEvent.Provisioned(STORY, disk));
        world.apply(
                offset++,
                disk.id(),
                new DiskEvent.SnapshotCreating(STORY, id, "", "", null, "standard", false, "", Tags.NONE, NOW, null));
        if (whole) world.apply(offset++, disk.id(), new DiskEvent.SnapshotCreated(STORY, id));
    }

    private AccountView view() {
        return world.of(Examples.ACCOUNT);
    }

    private static Change verb(String action, String... more) {
        Map<String, String> arguments = new LinkedHashMap<>(
                Map.of("RegionId", "cn-hangzhou", "ImageId", "image", "InstanceType", "ecs.g5.large"));
        for (int i = 0; i < more.length; i += 2) arguments.put(more[i], more[i + 1]);
        var flat = new ArrayList<String>();
        arguments.forEach((name, value) -> flat.addAll(List.of(name, value)));
        return (Change) Examples.verb(action, flat.toArray(String[]::new));
    }

    /** As they are when they are made, each with its disks. */
    private List<Instance> made(String action, String... more) {
        var change = verb(action, more);
        assertThat(change.check(view())).isEmpty();
        var routed = change.routed(view());
        var parts = routed instanceof Batch batch ? batch.parts() : List.of(routed);
        return parts.stream()
                .map(part -> ((InstanceCreation) part).create(CONDITIONS).applyTo(null))
                .toList();
    }

    private Instance one(String... more) {
        var all = made("RunInstances", more);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static DiskSpec diskOf(Instance instance, int slot) {
        return instance.slots().get(slot).plan().spec();
    }

    private void rejects(String action, String arguments, ErrorCode expected) {
        var flat = Stream.of(arguments.split(";"))
                .flatMap(argument -> Stream.of(argument.trim().split("=", 2)))
                .toArray(String[]::new);
        var answer = verb(action, flat).check(view());
        assertThat(((Rejection) answer.orElseThrow()).code())
                .as(action + " " + arguments)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', maxCharsPerColumn = 20_000, textBlock = """
                    RegionId=mars-1 | INVALID_REGION_ID_NOT_FOUND
                    ZoneId=cn-beijing-a | INVALID_ZONE_ID_NOT_FOUND
                    InstanceName=1 | INVALID_INSTANCE_NAME_MALFORMED
                    HostName=- | INVALID_HOST_NAME_MALFORMED
                    HostName=a..b | INVALID_HOST_NAME_MALFORMED
                    Description=http://x | INVALID_DESCRIPTION_MALFORMED
                    InstanceType=large | INVALID_INSTANCE_TYPE_VALUE_NOT_SUPPORTED
                    InstanceType=ecs.g8y.large; ImageId=centos_7_9_x64_20G_alibase_20240628.vhd | INVALID_PARAMETER_CONFLICT
                    InstanceChargeType=Free | INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND
                    SpotStrategy=Always | INVALID_SPOT_STRATEGY
                    InstanceChargeType=PrePaid; Period=1; SpotStrategy=SpotAsPriceGo | INVALID_SPOT_PREPAID
                    InstanceChargeType=PrePaid | MISSING_PARAMTER
                    InstanceChargeType=PrePaid; Period=10 | INVALID_PERIOD
                    InstanceChargeType=PrePaid; Period=6; PeriodUnit=Week | INVALID_PERIOD
                    InstanceChargeType=PrePaid; Period=1; DeletionProtection=true | INVALID_CHARGE_TYPE_VALUE_NOT_SUPPORTED
                    CreditSpecification=Free | INVALID_PARAMETER_CREDIT_SPECIFICATION
                    SecurityGroupId=sg-1; SecurityGroupIds.1=sg-2 | INVALID_PARAMETER_CONFLICT
                    PrivateIpAddress=10.0.0.256 | INVALID_PRIVATE_IP_ADDRESS_MALFORMED
                    PrivateIpAddress=10.0.0 | INVALID_PRIVATE_IP_ADDRESS_MALFORMED
                    InternetChargeType=Free | INVALID_INTERNET_CHARGE_TYPE_VALUE_NOT_SUPPORTED
                    InternetMaxBandwidthOut=101 | INVALID_PARAMETER
                    InternetMaxBandwidthIn=0 | INVALID_PARAMETER
                    Password=weak | INVALID_PASSWORD_MALFORMED
                    Password=weakweakweak | INVALID_PASSWORD_MALFORMED
                    Password=Str0ng!word; PasswordInherit=true | INVALID_PASSWORD_PARAM_MISMATCH
                    UserData=not base64! | INVALID_USER_DATA_BASE64_FORMAT_INVALID
                    Tag.1.Key=acs:mine | INVALID_TAG_KEY_MALFORMED
                    Tag.1.Value=mine | INVALID_TAG_KEY_MALFORMED
                    Tag.1.Key=a; Tag.1.Value=http://x | INVALID_TAG_VALUE_MALFORMED
                    Tag.1.Key=a; Tag.2.Key=a | DUPLICATE_TAG_KEY
                    SystemDisk.Category=tape | INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED
                    SystemDisk.Size=19 | INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE
                    SystemDisk.Size=501 | INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE
                    SystemDisk.Size=30; ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd | INVALID_SYSTEM_DISK_SIZE_LESS_THAN_IMAGE_SIZE
                    SystemDisk.Category=cloud | INVALID_DISK_CATEGORY_NOT_SUPPORTED
                    SystemDisk.Category=cloud_essd; SystemDisk.PerformanceLevel=PL9 | INVALID_PARAMETER
                    SystemDisk.DiskName=1 | INVALID_DISK_NAME_MALFORMED
                    SystemDisk.Description=1 | INVALID_DISK_DESCRIPTION_MALFORMED
                    SystemDisk.KMSKeyId=key | INVALID_PARAMETER_ENCRYPTED_ILLEGAL
                    SystemDisk.Category=elastic_ephemeral_disk_standard; SystemDisk.Size=100 | INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED
                    SystemDisk.Category=cloud_regional_disk_auto | INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED
                    InstanceType=ecs.g7.large; SystemDisk.Category=cloud_essd; SystemDisk.PerformanceLevel=PL2; SystemDisk.Size=460 | INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE
                    SystemDisk.Category=cloud_ssd; SystemDisk.ProvisionedIops=10 | PROVISIONED_IOPS_FOR_DISK_CATEGORY_UNSUPPORTED
                    SystemDisk.Category=cloud_ssd; SystemDisk.BurstingEnabled=true | BURSTING_ENABLED_FOR_DISK_CATEGORY_UNSUPPORTED
                    InstanceType=ecs.unknown.large; SystemDisk.Category=cloud_auto; SystemDisk.ProvisionedIops=50001 | INVALID_PROVISIONED_IOPS_LIMIT_EXCEED
                    DataDisk.1.Category=cloud_ssd; DataDisk.1.Size=40; DataDisk.1.ProvisionedIops=10 | PROVISIONED_IOPS_FOR_DISK_CATEGORY_UNSUPPORTED
                    DataDisk.1.Category=cloud_ssd; DataDisk.1.Size=40; DataDisk.1.BurstingEnabled=true | BURSTING_ENABLED_FOR_DISK_CATEGORY_UNSUPPORTED
                    InstanceType=ecs.unknown.large; DataDisk.1.Category=cloud_auto; DataDisk.1.Size=40; DataDisk.1.ProvisionedIops=-1 | INVALID_PROVISIONED_IOPS_LIMIT_EXCEED
                    InstanceType=ecs.unknown.large; DataDisk.1.Category=cloud_auto; DataDisk.1.Size=3; DataDisk.1.BurstingEnabled=true | INVALID_BURSTING_ENABLED_DISK_SIZE_TOO_SMALL
                    DataDisk.1.Category=tape | INVALID_DATA_DISK_CATEGORY_VALUE_NOT_SUPPORTED
                    DataDisk.1.Category=cloud_auto; DataDisk.1.Size=40 | INVALID_DISK_CATEGORY_NOT_SUPPORTED
                    DataDisk.1.Category=cloud_ssd | INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED
                    DataDisk.1.Category=cloud_ssd; DataDisk.1.Size=19 | INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED
                    DataDisk.1.Category=cloud_essd; DataDisk.1.Size=400; DataDisk.1.PerformanceLevel=PL2 | INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED
                    DataDisk.1.SnapshotId=s-unknown | INVALID_DATA_DISK_SNAPSHOT_ID_NOT_FOUND
                    DataDisk.1.SnapshotId=s-elsewhere | INVALID_DATA_DISK_SNAPSHOT_ID_NOT_FOUND
                    DataDisk.1.SnapshotId=s-system | INVALID_SNAPSHOT_ID_NOT_DATA_DISK_SNAPSHOT
                    DataDisk.1.SnapshotId=s-progressing | INVALID_SNAPSHOT_ID_NOT_READY
                    DataDisk.1.SnapshotId=s-whole; DataDisk.1.Size=199 | INVALID_DISK_SIZE_TOO_SMALL
                    DataDisk.1.Size=100; DataDisk.1.Device=/dev/sda | INVALID_DATA_DEVICE_MALFORMED
                    DataDisk.1.Size=100; DataDisk.1.Device=/dev/xvdb; DataDisk.2.Size=100; DataDisk.2.Device=/dev/vdb | INVALID_DEVICE_IN_USE
                    InstanceChargeType=PrePaid; Period=1; DataDisk.1.Size=100; DataDisk.1.DeleteWithInstance=false | DELETE_WITH_INSTANCE_CONFLICT
                    DataDisk.1.Size=100; DataDisk.1.DiskName=1 | INVALID_DISK_NAME_MALFORMED
                    DataDisk.1.Size=100; DataDisk.1.Description=1 | INVALID_DISK_DESCRIPTION_MALFORMED
                    DataDisk.1.Size=100; DataDisk.1.KMSKeyId=key; DataDisk.1.Encrypted=false | INVALID_PARAMETER_ENCRYPTED_ILLEGAL
                    ClientToken=é | INVALID_CLIENT_TOKEN_VALUE_NOT_SUPPORTED
                    DryRun=true | DRY_RUN_OPERATION
                    """)
    void whatCannotBeIsMadeByNeither(String arguments, ErrorCode expected) {
        rejects("RunInstances", arguments, expected);
        rejects("CreateInstance", arguments, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RunInstances | Amount=0 | INVALID_PARAMETER
                    RunInstances | Amount=101 | INVALID_PARAMETER
                    RunInstances | MinAmount=0 | INVALID_MIN_AMOUNT_MALFORMED
                    RunInstances | Amount=2; MinAmount=3 | INVALID_MIN_AMOUNT_MALFORMED
                    RunInstances | Amount=2; PrivateIpAddress=10.0.0.1 | INVALID_PARAM_AMOUNT
                    RunInstances | HostName=web; HostNames.1=web | INVALID_PARAMETER_CONFLICT
                    RunInstances | Amount=2; HostNames.1=web | INVALID_PARAMETER
                    RunInstances | InstanceName=[0,4] | INVALID_INSTANCE_NAME_MALFORMED
                    RunInstances | InstanceName=web[0, 4] | INVALID_INSTANCE_NAME_MALFORMED
                    CreateInstance | InstanceName=web[0,4] | INVALID_INSTANCE_NAME_MALFORMED
                    RunInstances | InstanceChargeType=PrePaid; Period=1; PeriodUnit=Day | INVALID_PERIOD_TYPE_VALUE_NOT_SUPPORTED
                    CreateInstance | InstanceChargeType=PrePaid; Period=1; PeriodUnit=Day | INVALID_PERIOD_UNIT_VALUE_NOT_SUPPORTED
                    """)
    void someThingsOnlyOneOfThemRefusesOrEachInItsWay(String action, String arguments, ErrorCode expected) {
        rejects(action, arguments, expected);
    }

    @Test
    void namesThatAreTooLongForASuffixAreRefused() {
        var name = "a".repeat(126);
        rejects(
                "RunInstances",
                "Amount=2; UniqueSuffix=true; InstanceName=" + name,
                ErrorCode.INVALID_PARAMS_INSTANCE_NAME_EXCEED);
        var hostName = "a".repeat(62);
        rejects(
                "RunInstances",
                "Amount=2; UniqueSuffix=true; HostName=" + hostName,
                ErrorCode.INVALID_PARAMS_HOSTNAME_EXCEED);
        assertThat(one("UniqueSuffix", "true", "InstanceName", name).spec().name())
                .isEqualTo(name);
    }

    @Test
    void twentyTagsAreTheLimit() {
        var tags = IntStream.rangeClosed(1, 21)
                .mapToObj(n -> "Tag." + n + ".Key=key" + n)
                .toList();
        rejects("RunInstances", String.join(";", tags), ErrorCode.INVALID_TAG_COUNT);
        assertThat(verb("RunInstances", flat(tags.subList(0, 20))).check(view()))
                .isEmpty();
    }

    @Test
    void thirtyTwoKiBAreTheLimitOfUserData() {
        var most = Base64.getEncoder().encodeToString(new byte[32 * 1024]);
        assertThat(one("UserData", most).spec().userData()).isEqualTo(most);
        var tooMuch = Base64.getEncoder().encodeToString(new byte[32 * 1024 + 1]);
        assertThat(verb("RunInstances", "UserData", tooMuch).check(view()))
                .contains(Rejection.of(ErrorCode.INVALID_USER_DATA_SIZE_EXCEEDED));
    }

    @Test
    void seventeenDataDisksAreTooMany() {
        var disks = IntStream.rangeClosed(1, 17)
                .mapToObj(n -> "DataDisk." + n + ".Size=100")
                .toList();
        rejects("CreateInstance", String.join(";", disks), ErrorCode.INSTANCE_DISK_NUM_LIMIT_EXCEED);
        assertThat(verb("CreateInstance", flat(disks.subList(0, 16))).check(view()))
                .isEmpty();
    }

    private static String[] flat(List<String> arguments) {
        return arguments.stream()
                .flatMap(argument -> Stream.of(argument.split("=")))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    k8s-node-[]-ecshost       | false | k8s-node-000000-ecshost    | k8s-node-000001-ecshost    | k8s-node-000002-ecshost
                    k8s-node-[,]-ecshost      | false | k8s-node-000000-ecshost    | k8s-node-000001-ecshost    | k8s-node-000002-ecshost
                    k8s-node-[99]-ecshost     | false | k8s-node-000099-ecshost    | k8s-node-000100-ecshost    | k8s-node-000101-ecshost
                    k8s-node-[99,]-ecshost    | false | k8s-node-000099-ecshost    | k8s-node-000100-ecshost    | k8s-node-000101-ecshost
                    k8s-node-[99,1]-ecshost   | false | k8s-node-000099-ecshost    | k8s-node-000100-ecshost    | k8s-node-000101-ecshost
                    k8s-node-[999998]-ecshost | false | k8s-node-999998-ecshost    | k8s-node-999999-ecshost    | k8s-node-999999-ecshost
                    k8s-node-[0,4]            | false | k8s-node-0000              | k8s-node-0001              | k8s-node-0002
                    ecs                       | true  | ecs001                     | ecs002                     | ecs003
                    ecs                       | false | ecs                        | ecs                        | ecs
                    k8s-node-[]-ecshost       | true  | k8s-node-000000-ecshost001 | k8s-node-000001-ecshost002 | k8s-node-000002-ecshost003
                    k8s-node-[0,4]            | true  | k8s-node-0000              | k8s-node-0001              | k8s-node-0002
                    """)
    void namesFollowOneAnother(String name, String suffix, String first, String second, String third) {
        var instances =
                made("RunInstances", "Amount", "3", "InstanceName", name, "HostName", name, "UniqueSuffix", suffix);
        assertThat(instances).extracting(instance -> instance.spec().name()).containsExactly(first, second, third);
        assertThat(instances).extracting(instance -> instance.spec().hostName()).containsExactly(first, second, third);
    }

    @Test
    void whatHasNoNameIsCalledByItsId() {
        var instance = one();
        String characters = instance.id().value().substring(2);
        assertThat(instance.spec().name()).isEqualTo(instance.id().value());
        assertThat(instance.spec().hostName()).isEqualTo("iZ" + characters + "Z");
        assertThat(one("ImageId", WINDOWS).spec().hostName()).hasSize(15);
    }

    @Test
    void hostNamesCanBeListedAndCanHoldTheId() {
        assertThat(made("RunInstances", "Amount", "2", "HostNames.1", "a1", "HostNames.2", "b2"))
                .extracting(instance -> instance.spec().hostName())
                .containsExactly("a1", "b2");
        var instance = one("HostName", "web-${instance_id}");
        assertThat(instance.spec().hostName()).isEqualTo("web-" + instance.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-host-that-is-too-long", "12345", "a.b", "a"})
    void windowsIsStricterWithHostNames(String name) {
        rejects("CreateInstance", "ImageId=" + WINDOWS + "; HostName=" + name, ErrorCode.INVALID_HOST_NAME_MALFORMED);
    }

    @Test
    void whatIsAskedForIsKept() {
        var instance = one(
                "VSwitchId", "vsw-1",
                "SecurityGroupIds.1", "sg-1",
                "SecurityGroupIds.2", "sg-2",
                "PrivateIpAddress", "192.168.0.7",
                "KeyPairName", "key",
                "RamRoleName", "role",
                "ResourceGroupId", "rg-1",
                "InternetChargeType", "PayByBandwidth",
                "InternetMaxBandwidthOut", "20",
                "CreditSpecification", "Unlimited",
                "SpotStrategy", "SpotAsPriceGo",
                "DeletionProtection", "true",
                "Tag.1.Key", "owner",
                "Tag.1.Value", "me",
                "SystemDisk.Category", "cloud_essd",
                "SystemDisk.PerformanceLevel", "PL0",
                "SystemDisk.Size", "60",
                "DataDisk.1.Size", "100",
                "DataDisk.1.Encrypted", "true",
                "DataDisk.1.KMSKeyId", "key-1");
        var spec = instance.spec();
        assertThat(spec.vSwitchId()).isEqualTo("vsw-1");
        assertThat(spec.securityGroupId()).isEqualTo("sg-1");
        assertThat(spec.moreSecurityGroupIds()).containsExactly("sg-2");
        assertThat(spec.privateIpAddress()).isEqualTo("192.168.0.7");
        assertThat(spec.keyPairName()).isEqualTo("key");
        assertThat(spec.ramRoleName()).isEqualTo("role");
        assertThat(spec.resourceGroupId()).isEqualTo("rg-1");
        assertThat(spec.internetChargeType()).isEqualTo("PayByBandwidth");
        assertThat(spec.maxBandwidthOutMbps()).isEqualTo(20);
        assertThat(spec.maxBandwidthInMbps()).isEqualTo(20);
        assertThat(spec.creditSpecification()).isEqualTo("Unlimited");
        assertThat(spec.spotStrategy()).isEqualTo("SpotAsPriceGo");
        assertThat(spec.deletionProtection()).isTrue();
        assertThat(spec.tags()).containsExactly(Map.entry("owner", "me"));
        var system = diskOf(instance, 0);
        assertThat(system.performanceLevel()).isEqualTo("PL0");
        assertThat(system.sizeGiB()).isEqualTo(60);
        assertThat(system.imageId()).isEqualTo("image");
        assertThat(system.portable()).isFalse();
        assertThat(system.tags()).isEqualTo(spec.tags());
        var data = diskOf(instance, 1);
        assertThat(data.encrypted()).isTrue();
        assertThat(data.kmsKeyId()).isEqualTo("key-1");
        assertThat(data.portable()).isTrue();
        assertThat(data.resourceGroupId()).isEqualTo("rg-1");
    }

    @Test
    void theFirstInterfaceCanBeDescribedByItself() {
        var spec = one(
                        "NetworkInterface.1.InstanceType", "Secondary",
                        "NetworkInterface.1.VSwitchId", "vsw-other",
                        "NetworkInterface.2.InstanceType", "Primary",
                        "NetworkInterface.2.VSwitchId", "vsw-1",
                        "NetworkInterface.2.PrimaryIpAddress", "192.168.0.8",
                        "NetworkInterface.2.SecurityGroupIds.1", "sg-1",
                        "NetworkInterface.2.SecurityGroupIds.2", "sg-2")
                .spec();
        assertThat(spec.vSwitchId()).isEqualTo("vsw-1");
        assertThat(spec.privateIpAddress()).isEqualTo("192.168.0.8");
        assertThat(spec.securityGroupId()).isEqualTo("sg-1");
        assertThat(spec.moreSecurityGroupIds()).containsExactly("sg-2");
    }

    @Test
    void aDiskFromASnapshotHasItsSizeUnlessALargerOneIsAskedFor() {
        var instance = one(
                "DataDisk.1.SnapshotId", "s-whole",
                "DataDisk.2.SnapshotId", "s-whole",
                "DataDisk.2.Size", "300");
        assertThat(diskOf(instance, 1).sizeGiB()).isEqualTo(200);
        assertThat(diskOf(instance, 2).sizeGiB()).isEqualTo(300);
        assertThat(diskOf(instance, 1).sourceSnapshotId()).isEqualTo("s-whole");
        assertThat(diskOf(instance, 1).encrypted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ecs.unknown.large, cloud_efficiency, cloud",
        "ecs.g5.large, cloud_efficiency, cloud_efficiency",
        "ecs.n4.large, cloud_efficiency, cloud",
        "ecs.g7.large, cloud_essd, cloud_essd"
    })
    void disksWithoutACategoryGetOneThatTheTypeTakes(String type, String system, String data) {
        var instance = one("InstanceType", type, "DataDisk.1.Size", "100");
        assertThat(diskOf(instance, 0).category()).isEqualTo(system);
        assertThat(diskOf(instance, 1).category()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void automaticSnapshotsOfItsDisksGoWithThemWhereThatIsSo(boolean usual) {
        var conditions = new Conditions(STORY, CONDITIONS.durations(), CONDITIONS.compatibility(), usual);
        var change = (InstanceCreation)
                verb("CreateInstance", "DataDisk.1.Size", "100").routed(view());
        assertThat(change.create(conditions).applyTo(null).slots())
                .extracting(slot -> slot.plan().spec().deleteAutoSnapshot())
                .containsExactly(usual, usual);
    }

    @Test
    void theSystemDiskIsAsLargeAsItsImageNeeds() {
        assertThat(diskOf(one(), 0).sizeGiB()).isEqualTo(40);
        assertThat(diskOf(one("ImageId", WINDOWS), 0).sizeGiB()).isEqualTo(40);
    }

    @Test
    void aSubscriptionHasItsDisksForGood() {
        var instance = one("InstanceChargeType", "PrePaid", "Period", "1", "DataDisk.1.Size", "100");
        assertThat(instance.spec().chargeType()).isEqualTo(ChargeType.PRE_PAID);
        assertThat(diskOf(instance, 1).portable()).isFalse();
        assertThat(diskOf(instance, 1).chargeType()).isEqualTo(ChargeType.PRE_PAID);
        assertThat(instance.slots().get(1).plan().deleteWithInstance()).isTrue();
    }

    @Test
    void createInstanceMakesOneThatStaysStopped() {
        var instance = made("CreateInstance", "DataDisk.1.Size", "100").get(0);
        assertThat(instance.status()).isEqualTo(InstanceStatus.PENDING);
        assertThat(instance.transition().due()).isEqualTo(NOW.plusSeconds(10));
        var later = new Conditions(STORY.at(NOW.plusSeconds(10)), CONDITIONS.durations(), Compatibility.Y2018, true);
        var created = Completion.of(instance, later).orElseThrow().applyTo(instance);
        assertThat(created.status()).isEqualTo(InstanceStatus.STOPPED);
        var body = ((CreateInstance) verb("CreateInstance")).success().body();
        assertThat(body.get("InstanceId").textValue()).startsWith("i-bp1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RunInstances", "CreateInstance"})
    void theSameCallAgainAnswersTheSame(String action) {
        var first = verb(action, "ClientToken", "token");
        var part =
                (InstanceCreation) (first instanceof Batch batch ? batch.parts().get(0) : first);
        world.apply(offset++, part.instanceId(), part.create(CONDITIONS));
        assertThat(verb(action, "ClientToken", "token").check(view())).contains(first.success());
        assertThat(verb(action, "ClientToken", "token", "ZoneId", "cn-hangzhou-c")
                        .check(view()))
                .contains(Rejection.of(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH));
    }

    @Test
    void noTwoInstancesOfANetworkHaveTheSameAddress() {
        var instances = IntStream.range(0, 30)
                .boxed()
                .flatMap(call -> {
                    var batch = (Batch) verb("RunInstances", "Amount", "100", "ClientToken", "token" + call)
                            .routed(view());
                    batch.parts().forEach(part -> apply((InstanceCreation) part));
                    return batch.parts().stream();
                })
                .map(part -> view().instance(((InstanceCreation) part).instanceId()))
                .map(instance -> new PrimaryInterface(instance).address())
                .toList();
        assertThat(instances).hasSize(3_000).doesNotHaveDuplicates().allMatch(address -> address.startsWith("172."));
    }

    private void apply(InstanceCreation part) {
        world.apply(offset++, part.instanceId(), part.create(CONDITIONS));
    }

    @Test
    void anAddressIsTakenUntilItsInstanceIsReleased() {
        var first = (InstanceCreation)
                verb("CreateInstance", "VSwitchId", "vsw-1", "PrivateIpAddress", "10.0.0.9", "ClientToken", "first")
                        .routed(view());
        apply(first);
        var taken = "VSwitchId=vsw-1; PrivateIpAddress=10.0.0.9";
        rejects("RunInstances", taken, ErrorCode.INVALID_PRIVATE_IP_ADDRESS_DUPLICATED);
        assertThat(verb("RunInstances", "VSwitchId", "vsw-2", "PrivateIpAddress", "10.0.0.9")
                        .check(view()))
                .isEmpty();
        world.apply(offset++, first.instanceId(), new InstanceEvent.Released(STORY));
        assertThat(verb("RunInstances", flat(List.of(taken.split("; ")))).check(view()))
                .isEmpty();
    }

    @Test
    void onlyOneThatRunsByItselfIsSeenFromTheInternet() {
        var running = one("InternetMaxBandwidthOut", "5");
        assertThat(new PrimaryInterface(running).internetAddress()).isPresent();
        var stopped = made("CreateInstance", "InternetMaxBandwidthOut", "5").get(0);
        assertThat(new PrimaryInterface(stopped).internetAddress()).isEmpty();
        assertThat(new PrimaryInterface(one()).internetAddress()).isEmpty();
    }

    @Test
    void anInterfaceIsFoundByItsId() {
        var id = new InstanceId("i-bp1abc");
        var instance = one();
        assertThat(PrimaryInterface.owner("eni-bp1abc")).contains(id);
        assertThat(PrimaryInterface.owner(new PrimaryInterface(instance).id())).contains(instance.id());
        assertThat(PrimaryInterface.owner("d-bp1abc")).isEmpty();
    }

    @Test
    void everyPartOfABatchAnswersForItself() {
        var outcome = ((Batch) verb("RunInstances", "Amount", "2")).success();
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        assertThat(outcome.body().at("/InstanceIdSets/InstanceIdSet")).hasSize(2);
    }
}
