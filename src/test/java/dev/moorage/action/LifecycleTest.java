package dev.moorage.action;

import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Device;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Slot;
import dev.moorage.view.AccountView;
import dev.moorage.view.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The verbs around attaching and detaching. */
class LifecycleTest {
    private static final Conditions CONDITIONS = conditions(Compatibility.Y2018);
    private static final AccountView NOBODY = new World().of("default");

    private static ErrorCode rejection(Admission admission) {
        return admission instanceof Admission.Rejected no ? no.rejection().code() : null;
    }

    private static Admission admit(String action, InstanceStatus status, String... more) {
        return admit(action, instance(status), more);
    }

    private static Admission admit(String action, Instance instance, String... more) {
        var arguments = new String[2 + more.length];
        arguments[0] = "InstanceId";
        arguments[1] = INSTANCE.value();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return ((InstanceChange) Examples.verb(action, arguments)).admit(instance, CONDITIONS);
    }

    @ParameterizedTest
    @EnumSource(value = InstanceStatus.class, names = "RELEASED", mode = EnumSource.Mode.EXCLUDE)
    void onlyAStoppedInstanceStartsAndOnlyARunningOneStops(InstanceStatus status) {
        assertThat(rejection(admit("StartInstance", status)))
                .isEqualTo(status == InstanceStatus.STOPPED ? null : ErrorCode.INCORRECT_INSTANCE_STATUS);
        assertThat(rejection(admit("StopInstance", status)))
                .isEqualTo(status == InstanceStatus.RUNNING ? null : ErrorCode.INCORRECT_INSTANCE_STATUS);
    }

    @Test
    void startingTakesItsTimeAndEndsRunning() {
        var admission = (Admission.Decided) admit("StartInstance", InstanceStatus.STOPPED);
        assertThat(admission.events()).containsExactly(new InstanceEvent.Starting(STORY, NOW.plusSeconds(4)));
        var starting = admission.events().get(0).applyTo(instance(InstanceStatus.STOPPED));
        var later = new Conditions(STORY.at(NOW.plusSeconds(4)), CONDITIONS.durations(), Compatibility.Y2018, true);
        assertThat(Completion.of(starting, CONDITIONS)).isEmpty();
        assertThat(Completion.of(starting, later)
                        .orElseThrow()
                        .applyTo(starting)
                        .status())
                .isEqualTo(InstanceStatus.RUNNING);
    }

    @Test
    void aSecurityLockKeepsAnInstanceFromStartingAndStopping() {
        for (var action : List.of("StartInstance", "StopInstance")) {
            assertThat(rejection(admit(action, instance(InstanceStatus.RUNNING, LockReason.SECURITY))))
                    .isEqualTo(ErrorCode.INSTANCE_LOCKED_FOR_SECURITY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, false, INCORRECT_INSTANCE_STATUS_INITIALIZING",
        "PENDING, true, INCORRECT_INSTANCE_STATUS_INITIALIZING",
        "STARTING, true, INCORRECT_INSTANCE_STATUS",
        "RUNNING, false, INCORRECT_INSTANCE_STATUS",
        "RUNNING, true,",
        "STOPPING, true, INCORRECT_INSTANCE_STATUS",
        "STOPPED, false,",
        "STOPPED, true,"
    })
    void aRunningInstanceIsReleasedByForceOnly(InstanceStatus status, String force, ErrorCode expected) {
        assertThat(rejection(admit("DeleteInstance", status, "Force", force))).isEqualTo(expected);
    }

    @Test
    void aDryRunChangesNothing() {
        assertThat(rejection(admit("DeleteInstance", InstanceStatus.STOPPED, "DryRun", "true")))
                .isEqualTo(ErrorCode.DRY_RUN_OPERATION);
        assertThat(rejection(admit("StartInstance", InstanceStatus.STOPPED, "DryRun", "true")))
                .isEqualTo(ErrorCode.DRY_RUN_OPERATION);
    }

    @ParameterizedTest
    @CsvSource({"true, false, Released", "false, false, Outlived", "false, true, Released", "true, true, Released"})
    void aDiskGoesWithItsInstanceOrStays(boolean flag, boolean locked, String event) {
        var attached = new Disk(
                Examples.DISK,
                spec(DiskType.DATA, true),
                DiskStatus.IN_USE,
                flag,
                disk(DiskStatus.IN_USE).attachment(),
                null,
                NOW,
                NOW,
                null);
        var owner = locked ? instance(InstanceStatus.RELEASED, LockReason.SECURITY) : instance(InstanceStatus.RELEASED);
        var order = (DiskChange) DiskOrders.of(owner).get(0);
        var decision = (Decision.Accepted) order.decide(attached, CONDITIONS);
        assertThat(decision.events())
                .singleElement()
                .extracting(e -> e.getClass().getSimpleName())
                .isEqualTo(event);
    }

    @Test
    void aDetachThatHasBegunOutlastsItsInstance() {
        var order =
                (DiskChange) DiskOrders.of(instance(InstanceStatus.RELEASED)).get(0);
        assertThat(order.decide(disk(DiskStatus.DETACHING), CONDITIONS)).isEqualTo(Decision.accept());
    }

    @ParameterizedTest
    @EnumSource(value = DiskStatus.class, names = "RELEASED", mode = EnumSource.Mode.EXCLUDE)
    void onlyAnAvailableDiskIsDeleted(DiskStatus status) {
        var verb = (DiskChange) Examples.verb("DeleteDisk", "DiskId", Examples.DISK.value());
        var expected = switch (status) {
            case AVAILABLE -> Decision.accept(new DiskEvent.Released(STORY));
            case CREATING -> Decision.reject(ErrorCode.INCORRECT_DISK_STATUS_INITIALIZING);
            default -> Decision.reject(ErrorCode.INCORRECT_DISK_STATUS);
        };
        assertThat(verb.decide(disk(status), CONDITIONS)).isEqualTo(expected);
    }

    @Test
    void deletingWhatIsNotThereIsNoError() {
        var verb = (Change) Examples.verb("DeleteDisk", "DiskId", "d-unknown");
        assertThat(verb.check(NOBODY)).containsInstanceOf(Outcome.Success.class);
    }

    @ParameterizedTest
    @CsvSource({
        "cloud, 4, false", "cloud, 5, true", "cloud, 2000, true", "cloud, 2001, false",
        "cloud_efficiency, 19, false", "cloud_efficiency, 20, true", "cloud_ssd, 32768, true", "cloud_ssd, 32769, false"
    })
    void disksComeInTheSizesOfTheirCategory(String category, String size, boolean made) {
        var verb = (Change) Examples.verb(
                "CreateDisk",
                "RegionId",
                "cn-hangzhou",
                "ZoneId",
                "cn-hangzhou-b",
                "DiskCategory",
                category,
                "Size",
                size);
        assertThat(verb.check(NOBODY).isEmpty()).isEqualTo(made);
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId, mars-1, INVALID_REGION_ID_NOT_FOUND",
        "ZoneId, cn-beijing-b, INVALID_ZONE_ID_NOT_FOUND",
        "ZoneId, '', MISSING_PARAMETER",
        "DiskName, 1disk, INVALID_DISK_NAME_MALFORMED",
        "DiskName, https://x, INVALID_DISK_NAME_MALFORMED",
        "Description, http://x, INVALID_DESCRIPTION_MALFORMED",
        "DiskCategory, tape, INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED",
        "SnapshotId, s-1, INVALID_SNAPSHOT_ID_NOT_FOUND",
        "Size, '', MISSING_PARAMETER",
        "Size, -1, INVALID_DISK_SIZE_NOT_SUPPORTED"
    })
    void aDiskThatCannotBeIsNotMade(String parameter, String value, ErrorCode expected) {
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("RegionId", "cn-hangzhou");
        arguments.put("ZoneId", "cn-hangzhou-b");
        arguments.put("Size", "100");
        arguments.put(parameter, value);
        var flat = arguments.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
        var answer = ((Change) Examples.verb("CreateDisk", flat)).check(NOBODY).orElseThrow();
        assertThat(((Rejection) answer).code()).isEqualTo(expected);
    }

    private static RunInstances run(String... more) {
        var base = new String[] {"RegionId", "cn-hangzhou", "ImageId", "image", "InstanceType", "ecs.g5.large"};
        var arguments = new String[base.length + more.length];
        System.arraycopy(base, 0, arguments, 0, base.length);
        System.arraycopy(more, 0, arguments, base.length, more.length);
        return (RunInstances) Examples.verb("RunInstances", arguments);
    }

    @Test
    void instancesComeWithTheirDisks() {
        var run = run(
                "Amount",
                "3",
                "DataDisk.1.Size",
                "100",
                "DataDisk.1.DeleteWithInstance",
                "false",
                "DataDisk.2.Size",
                "200",
                "DataDisk.2.Device",
                "/dev/xvdb");
        assertThat(run.check(NOBODY)).isEmpty();
        assertThat(run.parts()).hasSize(3);
        var created = ((InstanceCreation) run.parts().get(0)).create(CONDITIONS).applyTo(null);
        assertThat(created.status()).isEqualTo(InstanceStatus.PENDING);
        assertThat(created.slots()).extracting(Slot::device).containsExactly(Device.SYSTEM, "/dev/xvdc", "/dev/xvdb");
        var disks = DiskOrders.of(created).stream()
                .map(order -> ((DiskCreation) order).create(CONDITIONS).applyTo(null))
                .toList();
        assertThat(disks).extracting(disk -> disk.spec().sizeGiB()).containsExactly(40, 100, 200);
        assertThat(disks).extracting(Disk::deleteWithInstance).containsExactly(true, false, true);
        assertThat(disks).extracting(Disk::isSystemDisk).containsExactly(true, false, false);
    }

    @ParameterizedTest
    @CsvSource({
        "ZoneId, mars-1a, INVALID_ZONE_ID_NOT_FOUND",
        "Amount, 0, INVALID_PARAMETER",
        "Amount, 101, INVALID_PARAMETER",
        "InstanceName, 1, INVALID_INSTANCE_NAME_MALFORMED",
        "SystemDisk.Category, tape, INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED",
        "SystemDisk.Size, 19, INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE",
        "SystemDisk.Size, 501, INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE",
        "SystemDisk.DiskName, 1, INVALID_DISK_NAME_MALFORMED",
        "DataDisk.1.Category, tape, INVALID_DATA_DISK_CATEGORY_VALUE_NOT_SUPPORTED",
        "DataDisk.1.Size, 1, INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED",
        "DataDisk.1.SnapshotId, s-1, INVALID_DATA_DISK_SNAPSHOT_ID_NOT_FOUND",
        "DataDisk.1.Device, /dev/xvdb, INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED",
        "DryRun, true, DRY_RUN_OPERATION"
    })
    void instancesThatCannotBeAreNotMade(String parameter, String value, ErrorCode expected) {
        var answer = run(parameter, value).check(NOBODY);
        assertThat(((Rejection) answer.orElseThrow()).code()).isEqualTo(expected);
    }

    @Test
    void sixteenDataDisksAreTheLimitOfANewInstance() {
        var seventeen = new String[34];
        for (int i = 0; i < 17; i++) {
            seventeen[2 * i] = "DataDisk." + (i + 1) + ".Size";
            seventeen[2 * i + 1] = "100";
        }
        assertThat(run(seventeen).check(NOBODY)).contains(Rejection.of(ErrorCode.INSTANCE_DISK_NUM_LIMIT_EXCEED));
    }
}
