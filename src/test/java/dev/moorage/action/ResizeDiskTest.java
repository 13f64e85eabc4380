package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.SNAPSHOT;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeDiskTest {
    private static final Instance RUNNING = instance(InstanceStatus.RUNNING);

    private static Change verb(int size, String type, String token) {
        return (Change) Examples.verb(
                "ResizeDisk",
                "DiskId",
                DISK.value(),
                "NewSize",
                String.valueOf(size),
                "Type",
                type,
                "ClientToken",
                token);
    }

    private static @Nullable ErrorCode answer(int size, String type, Disk disk, Instance instance) {
        return Verdict.of(verb(size, type, ""), disk, instance).code();
    }

    @Test
    void makesADiskLarger() {
        var verdict = Verdict.of(verb(200, "", ""), disk(DiskStatus.IN_USE), RUNNING);
        assertThat(verdict.events()).containsExactly(new DiskEvent.Resized(STORY, 200, null));
        assertThat(verdict.events()
                        .get(0)
                        .applyTo(disk(DiskStatus.IN_USE))
                        .spec()
                        .sizeGiB())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(DiskStatus.class)
    void asksForADiskThatIsAvailableOrInUse(DiskStatus status) {
        var expected = switch (status) {
            case AVAILABLE, IN_USE -> null;
            case CREATING, ATTACHING, DETACHING, RE_INITING -> ErrorCode.INCORRECT_DISK_STATUS;
            case RELEASED -> ErrorCode.INVALID_DISK_ID_NOT_FOUND;
        };
        assertThat(answer(200, "offline", disk(status), RUNNING)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "offline, PENDING,  INCORRECT_INSTANCE_STATUS",
        "offline, STARTING, INCORRECT_INSTANCE_STATUS",
        "offline, RUNNING,",
        "offline, STOPPING, INCORRECT_INSTANCE_STATUS",
        "offline, STOPPED,",
        "online,  PENDING,  INCORRECT_INSTANCE_STATUS",
        "online,  STARTING, INCORRECT_INSTANCE_STATUS",
        "online,  RUNNING,",
        "online,  STOPPING, INCORRECT_INSTANCE_STATUS",
        "online,  STOPPED,  INVALID_INSTANCE_STATUS_NOT_RUNNING"
    })
    void asksTheInstanceThatHoldsTheDisk(String type, InstanceStatus status, @Nullable ErrorCode expected) {
        assertThat(answer(200, type, disk(DiskStatus.IN_USE), instance(status))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(InstanceStatus.class)
    void asksNoInstanceIfTheDiskIsOnNone(InstanceStatus status) {
        assertThat(answer(200, "", disk(DiskStatus.AVAILABLE), instance(status, LockReason.SECURITY)))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(LockReason.class)
    void onlyASecurityLockBlocks(LockReason lock) {
        var expected = lock == LockReason.SECURITY ? ErrorCode.INSTANCE_LOCKED_FOR_SECURITY : null;
        assertThat(answer(200, "", disk(DiskStatus.IN_USE), instance(InstanceStatus.STOPPED, lock)))
                .isEqualTo(expected);
    }

    @Test
    void onlyADiskInUseGrowsOnline() {
        var rejection = Verdict.of(verb(200, "online", ""), disk(DiskStatus.AVAILABLE), RUNNING)
                .rejection();
        var text = Actions.specs().get("ResizeDisk").failure(Objects.requireNonNull(rejection));
        assertThat(text.message()).isEqualTo("The current status of the resource does not support resize online");
        assertThat(answer(200, "sideways", disk(DiskStatus.IN_USE), RUNNING)).isEqualTo(ErrorCode.INVALID_PARAM_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "DATA,   cloud,                           '',   101,   offline,",
        "DATA,   cloud,                           '',   101,   online, INVALID_DISK_CATEGORY_NOT_SUPPORTED",
        "DATA,   cloud,                           '',   2000,  offline,",
        "DATA,   cloud,                           '',   2001,  offline, INVALID_DISK_SIZE_TOO_LARGE",
        "DATA,   cloud_efficiency,                '',   32768, online,",
        "DATA,   cloud_efficiency,                '',   32769, online, INVALID_DISK_SIZE_TOO_LARGE",
        "DATA,   cloud_ssd,                       '',   32768, online,",
        "DATA,   cloud_ssd,                       '',   32769, online, INVALID_DISK_SIZE_TOO_LARGE",
        "DATA,   cloud_ssd,                       '',   100,   online, INVALID_DISK_SIZE",
        "DATA,   cloud_ssd,                       '',   99,    online, INVALID_DISK_SIZE_TOO_SMALL",
        "DATA,   cloud_essd,                      PL0,  65536, online,",
        "DATA,   cloud_essd,                      PL1,  65536, online,",
        "DATA,   cloud_essd,                      PL1,  65537, online, INVALID_DISK_SIZE_TOO_LARGE",
        "DATA,   cloud_essd,                      '',   65536, online,",
        "DATA,   cloud_auto,                      '',   65536, online,",
        "DATA,   cloud_auto,                      '',   65537, online, INVALID_DISK_SIZE_TOO_LARGE",
        "DATA,   cloud_essd_entry,                '',   32768, online,",
        "DATA,   cloud_essd_entry,                '',   32769, online, INVALID_DISK_SIZE_TOO_LARGE",
        "DATA,   elastic_ephemeral_disk_standard, '',   8192,  online,",
        "DATA,   elastic_ephemeral_disk_standard, '',   8193,  online, INVALID_DISK_SIZE_TOO_LARGE",
        "DATA,   local_ssd_pro,                   '',   200,   offline, INVALID_DISK_CATEGORY_NOT_SUPPORTED",
        "DATA,   ephemeral_ssd,                   '',   200,   offline, INVALID_DISK_CATEGORY_NOT_SUPPORTED",
        "SYSTEM, cloud_ssd,                       '',   500,   offline,"
    })
    void growsAsFarAsItsCategoryAllows(
            DiskType type, String category, String level, int size, String how, @Nullable ErrorCode expected) {
        var spec = spec(type, type == DiskType.DATA).withCategory(category).withPerformanceLevel(level);
        assertThat(answer(size, how, disk(DiskStatus.IN_USE, spec, INSTANCE), RUNNING))
                .isEqualTo(expected);
    }

    @Test
    void aSystemDiskHasALimitOfItsOwn() {
        var system = disk(DiskStatus.IN_USE, spec(DiskType.SYSTEM, false), INSTANCE);
        assertThat(answer(DiskCategories.MAX_SYSTEM_GIB + 1, "", system, RUNNING))
                .isEqualTo(ErrorCode.INVALID_DISK_SIZE_TOO_LARGE);
    }

    @Test
    void waitsForASnapshotAndForATask() {
        var snapped = Examples.withSnapshotUnderWay(disk(DiskStatus.IN_USE), SNAPSHOT);
        assertThat(answer(200, "", snapped, RUNNING)).isEqualTo(ErrorCode.DISK_CREATING_SNAPSHOT);
        assertThat(answer(200, "", Examples.changingDisk(), RUNNING)).isEqualTo(ErrorCode.OPERATION_CONFLICT);
    }

    @Test
    void theSameCallIsDoneOnce() {
        var before = disk(DiskStatus.IN_USE);
        var first = Verdict.of(verb(200, "online", "token"), before, RUNNING);
        var after = first.events().get(0).applyTo(before);

        // Whatever the instance has become since.
        var stopping = instance(InstanceStatus.STOPPING);
        assertThat(Verdict.of(verb(200, "online", "token"), after, stopping)).isEqualTo(new Verdict(null, List.of()));
        assertThat(Verdict.of(verb(300, "online", "token"), after, stopping).code())
                .isEqualTo(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH);
        assertThat(Verdict.of(verb(200, "online", "other"), after, RUNNING).code())
                .isEqualTo(ErrorCode.INVALID_DISK_SIZE);
        assertThat(Verdict.of(verb(300, "", "x".repeat(65)), after, RUNNING).code())
                .isEqualTo(ErrorCode.INVALID_CLIENT_TOKEN_VALUE_NOT_SUPPORTED);
    }

    @Test
    void onlyASubscriptionIsOrdered() {
        var verb = (ForDisk) verb(200, "", "");
        assertThat(verb.success(disk(DiskStatus.IN_USE)).body()).isEmpty();
        assertThat(verb.success(Examples.subscriptionDisk())
                        .body()
                        .get("OrderId")
                        .textValue())
                .matches("2[0-9]{14}");
    }
}
