package dev.moorage.action;

import static dev.moorage.action.Examples.ACCOUNT;
import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Slot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Tags;
import dev.moorage.view.AccountView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateDiskTest {
    private static final Conditions CONDITIONS = Examples.conditions(Compatibility.Y2018);
    private static final SnapshotId SNAPSHOT = new SnapshotId("s-1");

    private static CreateDisk verb(String... arguments) {
        var all = new ArrayList<>(List.of("RegionId", "cn-hangzhou"));
        all.addAll(List.of(arguments));
        return (CreateDisk) Examples.verb("CreateDisk", all.toArray(String[]::new));
    }

    /** {@code A=1;B=2} as arguments, beside those that every call here has. */
    private static CreateDisk asked(String more, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        if (!more.isBlank()) Stream.of(more.split("[;=]")).map(String::strip).forEach(all::add);
        return verb(all.toArray(String[]::new));
    }

    private static AccountView with(Disk disk) {
        return Examples.world(disk, instance(InstanceStatus.RUNNING)).of(ACCOUNT);
    }

    private static Disk withSnapshot(Disk disk, boolean whole) {
        var taking = new DiskEvent.SnapshotCreating(
                        STORY, SNAPSHOT, "", "", null, "standard", false, "", Tags.NONE, NOW.plusSeconds(9), null)
                .applyTo(disk);
        return whole ? new DiskEvent.SnapshotCreated(STORY, SNAPSHOT).applyTo(taking) : taking;
    }

    private static String said(CreateDisk verb, AccountView view) {
        return verb.check(view).map(no -> ((Rejection) no).code().wire()).orElse("OK");
    }

    private static DiskSpec made(CreateDisk verb, AccountView view) {
        var event = ((DiskCreation) verb.routed(view)).create(CONDITIONS);
        return ((DiskEvent.Creating) event).spec();
    }

    @ParameterizedTest
    @CsvSource({
        "cloud,                           '',      5,  2000",
        "cloud_efficiency,                '',     20, 32768",
        "cloud_ssd,                       '',     20, 32768",
        "cloud_essd,                      '',     20, 65536",
        "cloud_essd,                      PL0,     1, 65536",
        "cloud_essd,                      PL1,    20, 65536",
        "cloud_essd,                      PL2,   461, 65536",
        "cloud_essd,                      PL3,  1261, 65536",
        "cloud_auto,                      '',      1, 65536",
        "cloud_essd_entry,                '',     10, 32768",
        "cloud_regional_disk_auto,        '',     10, 65536",
        "elastic_ephemeral_disk_standard, '',     64,  8192",
        "elastic_ephemeral_disk_premium,  '',     64,  8192"
    })
    void eachKindComesInItsSizes(String category, String level, int min, int max) {
        for (int size : new int[] {min, max})
            assertThat(sized(category, level, size)).isEqualTo("OK");
        boolean anotherLevelWould = !level.isEmpty() && min > 1;
        assertThat(sized(category, level, min - 1))
                .isEqualTo(
                        anotherLevelWould
                                ? "OperationDenied.PerformanceLevelNotMatch"
                                : "InvalidDiskSize.NotSupported");
        assertThat(sized(category, level, max + 1)).isEqualTo("InvalidDiskSize.NotSupported");
    }

    private static String sized(String category, String level, int size) {
        String zone = category.equals(DiskCategories.REGIONAL) ? "" : "cn-hangzhou-b";
        var verb =
                verb("ZoneId", zone, "DiskCategory", category, "PerformanceLevel", level, "Size", String.valueOf(size));
        return said(verb, with(disk(DiskStatus.AVAILABLE)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                                            | OK
                    InstanceId=i-23jggx34b                                        | InvalidParam.ZoneIdAndInstanceId.Conflict
                    DiskCategory=cloud_regional_disk_auto                         | InvalidZoneId.DiskCategoryUnsupported
                    DiskName=1                                                    | InvalidDiskName.Malformed
                    Description=x                                                 | InvalidDescription.Malformed
                    DiskCategory=tape                                             | InvalidDiskCategory.ValueNotSupported
                    DiskCategory=local_ssd_pro                                    | InvalidDiskCategory.ValueNotSupported
                    DiskCategory=cloud_essd;PerformanceLevel=PL4                  | InvalidPerformanceLevel.Malformed
                    DiskCategory=cloud_essd;PerformanceLevel=PL2                  | OperationDenied.PerformanceLevelNotMatch
                    MultiAttach=maybe                                             | InvalidParameter.MultiAttach
                    MultiAttach=Enabled;DiskCategory=cloud_ssd                    | InvalidParameter.DiskCategoryAndMultiAttachNotMatch
                    MultiAttach=Enabled;DiskCategory=cloud_essd                   | OK
                    MultiAttach=Disabled;DiskCategory=cloud_ssd                   | OK
                    ProvisionedIops=10;DiskCategory=cloud_essd                    | ProvisionedIopsForDiskCategoryUnsupported
                    ProvisionedIops=0;DiskCategory=cloud_essd                     | OK
                    ProvisionedIops=10;DiskCategory=cloud_auto                    | OK
                    ProvisionedIops=50001;DiskCategory=cloud_auto                 | InvalidProvisionedIops.LimitExceed
                    ProvisionedIops=-1;DiskCategory=cloud_auto                    | InvalidProvisionedIops.LimitExceed
                    BurstingEnabled=true;DiskCategory=cloud_essd                  | BurstingEnabledForDiskCategoryUnsupported
                    BurstingEnabled=true;DiskCategory=cloud_auto                  | OK
                    BurstingEnabled=true;DiskCategory=cloud_auto;MultiAttach=Enabled | BurstingEnabledForMultiAttachDiskUnsupported
                    KMSKeyId=key-1                                                | InvalidParameter.EncryptedIllegal
                    KMSKeyId=key-1;Encrypted=true                                 | OK
                    Tag.1.Key=team;Tag.2.Key=team                                 | Duplicate.TagKey
                    Tag.1.Key=aliyun-team                                         | InvalidTagKey.Malformed
                    Tag.1.Key=team;Tag.1.Value=http://x                           | InvalidTagValue.Malformed
                    SnapshotId=s-unknown                                          | InvalidSnapshotId.NotFound
                    """)
    void whatCannotBeMadeIsRefused(String more, String expected) {
        var verb = asked(more, "ZoneId", "cn-hangzhou-b", "Size", "100");
        assertThat(said(verb, with(disk(DiskStatus.AVAILABLE)))).isEqualTo(expected);
    }

    @Test
    void asksForAPlaceAndASize() {
        var view = with(disk(DiskStatus.AVAILABLE));
        assertThat(verb("Size", "100").check(view)).contains(Rejection.of(ErrorCode.MISSING_PARAMETER, "ZoneId"));
        assertThat(verb("ZoneId", "cn-hangzhou-b").check(view))
                .contains(Rejection.of(ErrorCode.MISSING_PARAMETER, "Size"));
        assertThat(said(verb("ZoneId", "mars-b", "Size", "100"), view)).isEqualTo("InvalidZoneId.NotFound");
        assertThat(said(verb("InstanceId", "i-unknown", "Size", "100"), view)).isEqualTo("InvalidInstanceId.NotFound");
        var multi = asked("MultiAttach=Enabled;DiskCategory=cloud_essd", "InstanceId", INSTANCE.value(), "Size", "100");
        assertThat(said(multi, view)).isEqualTo("InvalidParameter.MultiAttachAndInstanceIdConflict");
        var small = asked("DiskCategory=cloud_auto;BurstingEnabled=true", "ZoneId", "cn-hangzhou-b", "Size", "3");
        assertThat(said(small, view)).isEqualTo("InvalidBurstingEnabled.DiskSizeTooSmall");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                                            | OK
                    Size=100                                                      | OK
                    Size=99                                                       | InvalidDiskSize.TooSmall
                    Encrypted=true                                                | EncryptedOption.Conflict
                    Encrypted=false                                               | OK
                    DiskCategory=elastic_ephemeral_disk_standard                  | InvalidOperation.CreateFromSnapshotUnsupported
                    """)
    void aSnapshotGoesBeforeTheSize(String more, String expected) {
        var verb = asked(more, "ZoneId", "cn-hangzhou-b", "SnapshotId", SNAPSHOT.value());
        assertThat(said(verb, with(withSnapshot(disk(DiskStatus.AVAILABLE), true))))
                .isEqualTo(expected);
    }

    @Test
    void asksForAWholeSnapshotOfADataDisk() {
        var verb = verb("ZoneId", "cn-hangzhou-b", "SnapshotId", SNAPSHOT.value());
        assertThat(said(verb, with(withSnapshot(disk(DiskStatus.AVAILABLE), false))))
                .isEqualTo("InvalidSnapshotId.NotReady");
        var system = disk(DiskStatus.IN_USE, Examples.spec(DiskType.SYSTEM, false), INSTANCE);
        assertThat(said(verb, with(withSnapshot(system, true)))).isEqualTo("InvalidSnapshotId.NotDataDiskSnapshot");
    }

    @Test
    void hasWhatItsSnapshotHas() {
        var source = disk(DiskStatus.AVAILABLE);
        var secret = source.withSpec(source.spec().withEncrypted(true).withKmsKeyId("key-1"));
        var made =
                made(verb("ZoneId", "cn-hangzhou-b", "SnapshotId", SNAPSHOT.value()), with(withSnapshot(secret, true)));
        assertThat(made.sizeGiB()).isEqualTo(100);
        assertThat(made.encrypted()).isTrue();
        assertThat(made.kmsKeyId()).isEqualTo("key-1");
        assertThat(made.sourceSnapshotId()).isEqualTo("s-1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsAutomaticSnapshotsGoWithItWhereThatIsSo(boolean usual) {
        var conditions = new Conditions(STORY, CONDITIONS.durations(), CONDITIONS.compatibility(), usual);
        var change =
                (DiskCreation) verb("ZoneId", "cn-hangzhou-b", "Size", "100").routed(with(disk(DiskStatus.AVAILABLE)));
        assertThat(((DiskEvent.Creating) change.create(conditions)).spec().deleteAutoSnapshot())
                .isEqualTo(usual);
    }

    @Test
    void hasWhatWasAskedFor() {
        var verb = asked(
                "DiskCategory=cloud_auto;ProvisionedIops=10;BurstingEnabled=true;Encrypted=true;KMSKeyId=key-1"
                        + ";ResourceGroupId=rg-1;Tag.1.Key=team;Tag.1.Value=storage;DiskName=mine;Description=of mine",
                "ZoneId",
                "cn-hangzhou-b",
                "Size",
                "100");
        var made = made(verb, with(disk(DiskStatus.AVAILABLE)));
        assertThat(made)
                .isEqualTo(Examples.spec(DiskType.DATA, true)
                        .withCategory("cloud_auto")
                        .withProvisionedIops(10)
                        .withBurstingEnabled(true)
                        .withEncrypted(true)
                        .withKmsKeyId("key-1")
                        .withResourceGroupId("rg-1")
                        .withTags(Tags.of(Map.of("team", "storage")))
                        .withName("mine")
                        .withDescription("of mine"));
        var essd = asked("DiskCategory=cloud_essd;MultiAttach=Enabled", "ZoneId", "cn-hangzhou-b", "Size", "100");
        assertThat(made(essd, with(disk(DiskStatus.AVAILABLE))).performanceLevel())
                .isEqualTo("PL1");
        assertThat(made(essd, with(disk(DiskStatus.AVAILABLE))).multiAttach()).isTrue();
    }

    private static Slot slot(int n) {
        return new Slot(new DiskId("d-" + n), "/dev/xvd" + (char) ('a' + n), "EARLIER", null);
    }

    private static Instance paid(InstanceStatus status, List<Slot> slots) {
        var instance = instance(status, slots);
        return instance.withSpec(instance.spec().withChargeType(ChargeType.PRE_PAID));
    }

    private static Admission admitted(Instance instance) {
        var verb = verb("InstanceId", INSTANCE.value(), "Size", "100", "Tag.1.Key", "team", "ResourceGroupId", "rg-1");
        return ((InstanceChange) verb.routed(with(disk(DiskStatus.AVAILABLE)))).admit(instance, CONDITIONS);
    }

    @Test
    void anInstanceThatIsPaidAheadKeepsADeviceForItsNewDisk() {
        var yes = (Admission.PassedOnToNewDisk) admitted(paid(InstanceStatus.RUNNING, List.of(slot(0), slot(1))));
        assertThat(yes.events()).hasSize(1);
        var creating = (DiskEvent.Creating) yes.to().create(CONDITIONS);
        assertThat(creating.attachment()).isNotNull();
        assertThat(creating.attachment().device()).isEqualTo("/dev/xvdc");
        assertThat(creating.spec().chargeType()).isEqualTo(ChargeType.PRE_PAID);
        assertThat(creating.spec().portable()).isFalse();
        assertThat(creating.spec().zoneId()).isEqualTo("cn-hangzhou-b");
        assertThat(creating.spec().tags()).isEmpty();
        assertThat(creating.spec().resourceGroupId()).isEmpty();
        assertThat(creating.diskId()).isNotEqualTo(DISK);
    }

    @Test
    void anInstanceSaysNoToADiskThatItCannotHave() {
        assertThat(admitted(paid(InstanceStatus.STARTING, List.of(slot(0)))))
                .isEqualTo(Admission.reject(ErrorCode.INCORRECT_INSTANCE_STATUS));
        assertThat(admitted(instance(InstanceStatus.RUNNING, List.of(slot(0)))))
                .isEqualTo(Admission.reject(ErrorCode.INVALID_INSTANCE_CHARGE_TYPE_VALUE_NOT_SUPPORTED));
        assertThat(admitted(paid(InstanceStatus.RUNNING, List.of())))
                .isEqualTo(Admission.reject(ErrorCode.INVALID_INSTANCE_NOT_FOUND_SYSTEM_DISK));
        var full = IntStream.rangeClosed(0, 16).mapToObj(CreateDiskTest::slot).toList();
        assertThat(admitted(paid(InstanceStatus.STOPPED, full)))
                .isEqualTo(Admission.reject(ErrorCode.INSTANCE_DISK_LIMIT_EXCEEDED));
    }
}
