package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.SNAPSHOT;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModifyDiskSpecTest {
    private static final Instance RUNNING = instance(InstanceStatus.RUNNING);

    private static Change verb(
            @Nullable String category, @Nullable String level, @Nullable String iops, String... more) {
        var arguments = new String[8 + more.length];
        arguments[0] = "DiskId";
        arguments[1] = DISK.value();
        arguments[2] = "DiskCategory";
        arguments[3] = category == null ? "" : category;
        arguments[4] = "PerformanceLevel";
        arguments[5] = level == null ? "" : level;
        arguments[6] = "ProvisionedIops";
        arguments[7] = iops == null ? "" : iops;
        System.arraycopy(more, 0, arguments, 8, more.length);
        return (Change) Examples.verb("ModifyDiskSpec", arguments);
    }

    private static Change toEssd() {
        return verb("cloud_essd", null, null);
    }

    private static @Nullable ErrorCode answer(Disk disk, Instance instance) {
        return Verdict.of(toEssd(), disk, instance).code();
    }

    private static Disk dataDisk(String category, String level, int sizeGiB, long iops, ChargeType chargeType) {
        return Examples.disk(
                DiskStatus.IN_USE,
                spec(DiskType.DATA, true)
                        .withCategory(category)
                        .withPerformanceLevel(level)
                        .withSizeGiB(sizeGiB)
                        .withProvisionedIops(iops)
                        .withChargeType(chargeType),
                INSTANCE);
    }

    @Test
    void becomesATaskThatEndsByItself() {
        var disk = disk(DiskStatus.IN_USE);
        var changing = (DiskEvent.SpecChanging)
                Verdict.of(toEssd(), disk, RUNNING).events().get(0);
        assertThat(changing.category()).isEqualTo("cloud_essd");
        assertThat(changing.performanceLevel()).isEqualTo("PL1");
        assertThat(changing.due()).isEqualTo(NOW.plusSeconds(8));

        var underWay = changing.applyTo(disk);
        assertThat(underWay.status()).isEqualTo(DiskStatus.IN_USE);
        assertThat(underWay.spec().category()).isEqualTo("cloud_ssd");
        var base = Examples.conditions(Compatibility.Y2018);
        var later = new Conditions(STORY.at(NOW.plusSeconds(8)), base.durations(), base.compatibility(), true);
        var done = Completion.of(underWay, later).orElseThrow().applyTo(underWay);
        assertThat(done.spec().category()).isEqualTo("cloud_essd");
        assertThat(done.spec().performanceLevel()).isEqualTo("PL1");
        assertThat(done.taskUnderWay()).isEmpty();
    }

    @Test
    void alwaysAnswersATaskAndAnOrderOnlyForASubscription() {
        var verb = (ForDisk) toEssd();
        var body = verb.success(disk(DiskStatus.IN_USE)).body();
        assertThat(body.get("TaskId").textValue()).matches("t-[0-9a-z]{20}");
        assertThat(body.has("OrderId")).isFalse();
        assertThat(verb.success(Examples.subscriptionDisk())
                        .body()
                        .get("OrderId")
                        .textValue())
                .matches("2[0-9]{14}");
    }

    @ParameterizedTest
    @EnumSource(DiskStatus.class)
    void asksForADiskThatIsAvailableOrInUse(DiskStatus status) {
        var expected = switch (status) {
            case AVAILABLE, IN_USE -> null;
            case CREATING, ATTACHING, DETACHING, RE_INITING -> ErrorCode.INCORRECT_DISK_STATUS;
            case RELEASED -> ErrorCode.INVALID_DISK_ID_NOT_FOUND;
        };
        assertThat(answer(disk(status), RUNNING)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(value = InstanceStatus.class, names = "RELEASED", mode = EnumSource.Mode.EXCLUDE)
    void asksForAnInstanceThatIsRunningOrStopped(InstanceStatus status) {
        var expected = switch (status) {
            case RUNNING, STOPPED -> null;
            default -> ErrorCode.INVALID_OPERATION_INSTANCE_STATUS_UNSUPPORTED;
        };
        assertThat(answer(disk(DiskStatus.IN_USE), instance(status))).isEqualTo(expected);
        assertThat(answer(disk(DiskStatus.AVAILABLE), instance(status))).isNull();
    }

    @ParameterizedTest
    @EnumSource(LockReason.class)
    void onlyALockForPaymentBlocks(LockReason lock) {
        var expected = lock == LockReason.FINANCIAL ? ErrorCode.INSTANCE_EXPIRED_OR_IN_ARREARS : null;
        assertThat(answer(disk(DiskStatus.IN_USE), instance(InstanceStatus.STOPPED, lock)))
                .isEqualTo(expected);
    }

    @Test
    void waitsForASnapshotAndForAnotherTask() {
        assertThat(answer(Examples.withSnapshotUnderWay(disk(DiskStatus.IN_USE), SNAPSHOT), RUNNING))
                .isEqualTo(ErrorCode.DISK_CREATING_SNAPSHOT);
        // Whatever it asks for, and also if it asks only whether it could.
        for (var verb : new Change[] {toEssd(), verb("cloud_ssd", null, null, "DryRun", "true")}) {
            assertThat(Verdict.of(verb, Examples.changingDisk(), RUNNING).code())
                    .isEqualTo(ErrorCode.INVALID_STATUS_DISK_NOT_READY);
        }
    }

    @Test
    void aSharedDiskStaysWhatItIs() {
        var shared = Examples.disk(DiskStatus.IN_USE, spec(DiskType.DATA, true).withMultiAttach(true), INSTANCE);
        assertThat(answer(shared, RUNNING)).isEqualTo(ErrorCode.INVALID_OPERATION_MULTI_ATTACH_DISK);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // category, level, size, IOPS now; asked for; answered
                "cloud_ssd,        '',  100,  0,    -,                -,   -,     NO_CHANGE_IN_DISK_CATEGORY_AND_PERFORMANCE_LEVEL",
                "cloud_ssd,        '',  100,  0,    cloud_ssd,        -,   -,     NO_CHANGE_IN_DISK_CATEGORY_AND_PERFORMANCE_LEVEL",
                "cloud_ssd,        '',  100,  0,    cloud_essd,       -,   -,     -",
                "cloud_ssd,        '',  100,  0,    cloud_essd,       PL0, -,     -",
                "cloud_ssd,        '',  100,  0,    cloud_essd,       PL2, -,     OPERATION_DENIED_PERFORMANCE_LEVEL_NOT_MATCH",
                "cloud_ssd,        '',  461,  0,    cloud_essd,       PL2, -,     -",
                "cloud_ssd,        '',  1260, 0,    cloud_essd,       PL3, -,     OPERATION_DENIED_PERFORMANCE_LEVEL_NOT_MATCH",
                "cloud_ssd,        '',  1261, 0,    cloud_essd,       PL3, -,     -",
                "cloud_ssd,        '',  100,  0,    cloud_essd,       PL4, -,     INVALID_PERFORMANCE_LEVEL_MALFORMED",
                "cloud_ssd,        '',  100,  0,    cloud_auto,       -,   -,     -",
                "cloud_ssd,        '',  100,  0,    cloud_auto,       PL1, -,     INVALID_PERFORMANCE_LEVEL_PARAM_MISMATCH",
                "cloud_ssd,        '',  100,  0,    -,                PL1, -,     INVALID_PERFORMANCE_LEVEL_PARAM_MISMATCH",
                "cloud_ssd,        '',  100,  0,    cloud_auto,       -,   40000, -",
                "cloud_ssd,        '',  100,  0,    cloud_auto,       -,   50001, INVALID_PROVISIONED_IOPS_LIMIT_EXCEED",
                "cloud_ssd,        '',  100,  0,    cloud_auto,       -,   -1,    INVALID_PROVISIONED_IOPS_LIMIT_EXCEED",
                "cloud_ssd,        '',  100,  0,    -,                -,   100,   PROVISIONED_IOPS_FOR_DISK_CATEGORY_UNSUPPORTED",
                "cloud_ssd,        '',  100,  0,    cloud_essd,       -,   100,   PROVISIONED_IOPS_FOR_DISK_CATEGORY_UNSUPPORTED",
                "cloud_ssd,        '',  100,  0,    cloud_efficiency, -,   -,     -",
                "cloud_ssd,        '',  100,  0,    cloud,            -,   -,     INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED",
                "cloud_ssd,        '',  100,  0,    tape,             -,   -,     INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED",
                "cloud,            '',  100,  0,    cloud_essd,       -,   -,     INVALID_DISK_CATEGORY_NOT_SUPPORTED",
                "local_ssd_pro,    '',  100,  0,    cloud_essd,       -,   -,     INVALID_DISK_CATEGORY_NOT_SUPPORTED",
                "cloud_auto,       '',  10,   0,    cloud_ssd,        -,   -,     INVALID_DISK_CATEGORY_NOT_SUPPORTED",
                "cloud_auto,       '',  100,  1000, -,                -,   1000,  NO_CHANGE_IN_DISK_CATEGORY_AND_PERFORMANCE_LEVEL",
                "cloud_auto,       '',  100,  1000, cloud_auto,       -,   -,     NO_CHANGE_IN_DISK_CATEGORY_AND_PERFORMANCE_LEVEL",
                "cloud_auto,       '',  100,  1000, -,                -,   2000,  -",
                "cloud_auto,       '',  100,  1000, -,                -,   0,     -",
                "cloud_auto,       '',  100,  1000, cloud_essd,       -,   -,     -",
                "cloud_essd,       PL1, 500,  0,    -,                PL1, -,     NO_CHANGE_IN_DISK_CATEGORY_AND_PERFORMANCE_LEVEL",
                "cloud_essd,       '',  500,  0,    -,                PL1, -,     NO_CHANGE_IN_DISK_CATEGORY_AND_PERFORMANCE_LEVEL",
                "cloud_essd,       PL1, 500,  0,    -,                PL2, -,     -",
                "cloud_essd,       PL2, 500,  0,    -,                PL1, -,     -",
                "cloud_essd,       PL2, 500,  0,    cloud_essd,       -,   -,     NO_CHANGE_IN_DISK_CATEGORY_AND_PERFORMANCE_LEVEL",
                "cloud_essd,       PL1, 500,  0,    -,                PL0, -,     INVALID_PERFORMANCE_LEVEL_TOO_LOW"
            })
    void becomesWhatItCanBe(
            String category,
            String level,
            int sizeGiB,
            long iops,
            @Nullable String newCategory,
            @Nullable String newLevel,
            @Nullable String newIops,
            @Nullable ErrorCode expected) {
        var disk = dataDisk(category, level, sizeGiB, iops, ChargeType.POST_PAID);
        assertThat(Verdict.of(verb(newCategory, newLevel, newIops), disk, RUNNING)
                        .code())
                .isEqualTo(expected);
        // A dry run says the same, and says so too if nothing is wrong.
        var rehearsed = expected == null ? ErrorCode.DRY_RUN_OPERATION : expected;
        assertThat(Verdict.of(verb(newCategory, newLevel, newIops, "DryRun", "true"), disk, RUNNING)
                        .code())
                .isEqualTo(rehearsed);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "cloud_essd, PL2, cloud_auto,       -,   DOWNGRADE_NOT_SUPPORTED",
                "cloud_ssd,  '',  cloud_efficiency, -,   DOWNGRADE_NOT_SUPPORTED",
                "cloud_ssd,  '',  cloud_auto,       -,   -",
                "cloud_essd, PL2, -,                PL1, INVALID_PERFORMANCE_LEVEL_TOO_LOW",
                "cloud_essd, PL1, -,                PL2, -"
            })
    void aSubscriptionOnlyRises(
            String category,
            String level,
            @Nullable String newCategory,
            @Nullable String newLevel,
            @Nullable ErrorCode expected) {
        var disk = dataDisk(category, level, 500, 0, ChargeType.PRE_PAID);
        assertThat(Verdict.of(verb(newCategory, newLevel, null), disk, RUNNING).code())
                .isEqualTo(expected);
    }

    @Test
    void theIdOfItsTaskTellsTheRegionOfTheDisk() {
        var verb = (ModifyDiskSpec) Examples.verb("ModifyDiskSpec", "DiskId", "d-2ze00000000000000000");
        assertThat(verb.taskId()).startsWith("t-2ze");
    }
}
