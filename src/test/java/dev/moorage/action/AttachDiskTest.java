package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
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
import dev.moorage.domain.Slot;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachDiskTest {
    private static final Conditions CONDITIONS = conditions(Compatibility.Y2018);
    private static final Disk FREE = disk(DiskStatus.AVAILABLE);

    private static AttachDisk verb(String... more) {
        var arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"InstanceId", INSTANCE.value(), "DiskId", DISK.value()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return (AttachDisk) Examples.verb("AttachDisk", arguments);
    }

    private static Slot slot(int n) {
        return new Slot(new DiskId("d-" + n), "/dev/xvd" + (char) ('a' + n), "EARLIER", null);
    }

    private static Decision decide(Disk disk, String... more) {
        var admission = (Admission.PassedOn) verb(more).admit(instance(InstanceStatus.RUNNING, List.of()), CONDITIONS);
        return admission.to().decide(disk, CONDITIONS);
    }

    @Test
    void reservesTheFirstFreeDevice() {
        var admission = verb().admit(instance(InstanceStatus.RUNNING, List.of(slot(1), slot(3))), CONDITIONS);
        assertThat(((Admission.PassedOn) admission).events())
                .containsExactly(new InstanceEvent.SlotReserved(STORY, DISK, "/dev/xvdc"));
    }

    @Test
    void attachesForAsLongAsItTakes() {
        assertThat(decide(FREE, "Device", "/dev/vdd", "DeleteWithInstance", "true"))
                .isEqualTo(Decision.accept(new DiskEvent.Attaching(
                        STORY, new Attachment(INSTANCE, "/dev/xvdd", "REQUEST-1"), true, NOW.plusSeconds(2))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/xvda", "/dev/sdb", "xvdb", "/dev/xvdB", "/dev/xvdbb", "/dev/xvd"})
    void knowsADeviceWhenItSeesOne(String device) {
        var world = Examples.world(FREE, instance(InstanceStatus.RUNNING, List.of()));
        assertThat(verb("Device", device).check(world.of(Examples.ACCOUNT)))
                .contains(Rejection.of(ErrorCode.INVALID_DEVICE_MALFORMED));
    }

    @Test
    void refusesADeviceThatIsTaken() {
        var admission =
                verb("Device", "/dev/vdb").admit(instance(InstanceStatus.RUNNING, List.of(slot(1))), CONDITIONS);
        assertThat(admission).isEqualTo(Admission.reject(ErrorCode.INVALID_DEVICE_IN_USE));
    }

    @Test
    void sixteenDataDisksAreTheLimit() {
        var system = new Slot(new DiskId("d-sys"), "/dev/xvda", "EARLIER", null);
        var fifteen =
                IntStream.rangeClosed(1, 15).mapToObj(AttachDiskTest::slot).toList();
        var withSystem = Stream.concat(Stream.of(system), fifteen.stream()).toList();
        assertThat(verb().admit(instance(InstanceStatus.STOPPED, withSystem), CONDITIONS))
                .isInstanceOf(Admission.PassedOn.class);
        var sixteen =
                IntStream.rangeClosed(1, 16).mapToObj(AttachDiskTest::slot).toList();
        assertThat(verb().admit(instance(InstanceStatus.STOPPED, sixteen), CONDITIONS))
                .isEqualTo(Admission.reject(ErrorCode.INSTANCE_DISK_LIMIT_EXCEEDED));
    }

    @Test
    void aSecondReservationForADiskLeavesTheFirstAlone() {
        var own = new Slot(DISK, "/dev/xvdb", "EARLIER", null);
        var there = instance(InstanceStatus.RUNNING, List.of(own));
        var reserved = ((Admission.PassedOn) verb().admit(there, CONDITIONS))
                .events()
                .get(0)
                .applyTo(there);
        assertThat(reserved.slots()).contains(own).hasSize(2);
        // The disk refuses, since it is attached; only the second is freed.
        var freed = new InstanceEvent.SlotFreed(STORY, DISK, STORY.requestId()).applyTo(reserved);
        assertThat(freed.slots()).containsExactly(own);
    }

    @ParameterizedTest
    @EnumSource(InstanceStatus.class)
    void asksForAnInstanceThatIsRunningOrStopped(InstanceStatus status) {
        if (status == InstanceStatus.RELEASED) return;
        boolean admitted = status == InstanceStatus.RUNNING || status == InstanceStatus.STOPPED;
        assertThat(verb().admit(instance(status, List.of()), CONDITIONS))
                .isInstanceOf(admitted ? Admission.PassedOn.class : Admission.Rejected.class);
    }

    @Test
    void aSecurityLockGoesBeforeTheStatus() {
        assertThat(verb().admit(instance(InstanceStatus.STARTING, LockReason.SECURITY), CONDITIONS))
                .isEqualTo(Admission.reject(ErrorCode.INSTANCE_LOCKED_FOR_SECURITY));
    }

    @ParameterizedTest
    @EnumSource(DiskStatus.class)
    void asksForADiskThatIsAvailable(DiskStatus status) {
        if (status == DiskStatus.AVAILABLE || status == DiskStatus.RELEASED) return;
        assertThat(decide(disk(status))).isEqualTo(Decision.reject(ErrorCode.INCORRECT_DISK_STATUS));
    }

    @Test
    void refusesDisksThatCannotMove() {
        assertThat(decide(disk(DiskStatus.AVAILABLE, Examples.spec(DiskType.SYSTEM, false), INSTANCE)))
                .isEqualTo(Decision.reject(ErrorCode.DISK_ID_VALUE_NOT_SUPPORTED));
        assertThat(decide(disk(DiskStatus.AVAILABLE, Examples.spec(DiskType.DATA, false), INSTANCE)))
                .isEqualTo(Decision.reject(ErrorCode.DISK_NOT_PORTABLE));
        var elsewhere = new DiskSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-c",
                DiskType.DATA,
                "cloud",
                5,
                "",
                "",
                ChargeType.POST_PAID,
                true,
                true);
        assertThat(decide(disk(DiskStatus.AVAILABLE, elsewhere, INSTANCE)))
                .isEqualTo(Decision.reject(ErrorCode.RESOURCES_NOT_IN_SAME_ZONE));
    }

    private static DiskSpecBuilder spec() {
        return DiskSpecBuilder.builder(Examples.spec(DiskType.DATA, true));
    }

    private static Disk shared(DiskStatus status, int otherInstances) {
        var spec = spec().category("cloud_essd").multiAttach(true).build();
        var others = IntStream.range(0, otherInstances - 1)
                .mapToObj(n -> new Mount(new Attachment(new InstanceId("i-" + n), "/dev/xvdb", "R-" + n), NOW))
                .toList();
        return disk(status, spec, new InstanceId("i-first")).withOthers(others);
    }

    @Test
    void aSharedDiskComesToSixteenInstances() {
        assertThat(decide(shared(DiskStatus.IN_USE, 15))).isInstanceOf(Decision.Accepted.class);
        assertThat(decide(shared(DiskStatus.IN_USE, 16)))
                .isEqualTo(Decision.reject(ErrorCode.DISK_ATTACHED_NUMBER_EXCEEDED));
    }

    @Test
    void aSharedDiskDoesOneThingAtATimeAndIsOnAnInstanceOnce() {
        for (var status : List.of(DiskStatus.ATTACHING, DiskStatus.DETACHING, DiskStatus.RE_INITING)) {
            assertThat(decide(shared(status, 1))).isEqualTo(Decision.reject(ErrorCode.INCORRECT_DISK_STATUS));
        }
        var here = disk(DiskStatus.IN_USE, shared(DiskStatus.IN_USE, 1).spec(), INSTANCE);
        assertThat(decide(here)).isEqualTo(Decision.reject(ErrorCode.INCORRECT_DISK_STATUS));
    }

    static Stream<Arguments> kinds() {
        var plain = Examples.spec(DiskType.DATA, true);
        var shared = spec().category("cloud_essd").multiAttach(true).build();
        var regional = spec().category("cloud_regional_disk_auto").zoneId("").build();
        var ephemeral = spec().category("elastic_ephemeral_disk_standard").build();
        var system = Examples.spec(DiskType.SYSTEM, false);
        return Stream.of(
                Arguments.of(shared, "DeleteWithInstance", "true", ErrorCode.DELETE_WITH_INSTANCE_CONFLICT),
                Arguments.of(shared, "DeleteWithInstance", "false", null),
                Arguments.of(ephemeral, "DeleteWithInstance", "true", null),
                Arguments.of(
                        ephemeral, "DeleteWithInstance", "false", ErrorCode.INVALID_PARAMETER_DELETE_WITH_INSTANCE),
                Arguments.of(plain, "Force", "true", ErrorCode.INVALID_PARAMETER_FORCE_DISK_CATEGORY_NOT_SUPPORTED),
                Arguments.of(regional, "Force", "true", null),
                Arguments.of(
                        regional.withMultiAttach(true),
                        "Force",
                        "true",
                        ErrorCode.INVALID_PARAMETER_FORCE_MULTI_ATTACH_DISK_NOT_SUPPORTED),
                Arguments.of(
                        regional.withChargeType(ChargeType.PRE_PAID),
                        "Force",
                        "true",
                        ErrorCode.INVALID_PARAMETER_FORCE_PREPAID_DISK_NOT_SUPPORTED),
                Arguments.of(
                        spec().category("local_ssd_pro").build(),
                        "Force",
                        "false",
                        ErrorCode.DISK_CATEGORY_OPERATION_NOT_SUPPORTED),
                Arguments.of(system, "Bootable", "true", null),
                Arguments.of(plain, "Bootable", "true", ErrorCode.INVALID_DISK_DISK_NOT_BOOTABLE),
                Arguments.of(
                        shared,
                        "Bootable",
                        "true",
                        ErrorCode.INVALID_OPERATION_CAN_NOT_ATTACH_MULTI_ATTACH_DISK_AS_SYSTEM_DISK));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void asksWhatKindOfDiskItIs(DiskSpec spec, String parameter, String value, @Nullable ErrorCode expected) {
        var call = verb(parameter, value, "Password", "EcsV587!");
        var to = (Admission.PassedOn) call.admit(instance(InstanceStatus.STOPPED, List.of()), CONDITIONS);
        var decision = to.to().decide(disk(DiskStatus.AVAILABLE, spec, INSTANCE), CONDITIONS);
        if (expected == null) {
            assertThat(decision).isInstanceOf(Decision.Accepted.class);
        } else {
            assertThat(decision).isEqualTo(Decision.reject(expected));
        }
    }

    @Test
    void whatBelongsToAnInstanceComesBackThereOnly() {
        var elsewhere = disk(
                        DiskStatus.AVAILABLE,
                        spec().category("elastic_ephemeral_disk_premium").build(),
                        INSTANCE)
                .withOrigin(new InstanceId("i-other"));
        assertThat(decide(elsewhere, "DeleteWithInstance", "true"))
                .isEqualTo(Decision.reject(ErrorCode.INVALID_OPERATION_OTHER_INSTANCE_UNSUPPORTED));
        assertThat(decide(elsewhere.withOrigin(INSTANCE), "DeleteWithInstance", "true"))
                .isInstanceOf(Decision.Accepted.class);
        var system = disk(DiskStatus.AVAILABLE, Examples.spec(DiskType.SYSTEM, false), INSTANCE)
                .withOrigin(new InstanceId("i-other"));
        var call = verb("Bootable", "true", "KeyPairName", "pair");
        var to = (Admission.PassedOn) call.admit(instance(InstanceStatus.STOPPED, List.of()), CONDITIONS);
        assertThat(to.to().decide(system, CONDITIONS))
                .isEqualTo(Decision.reject(ErrorCode.INVALID_INSTANCE_NOT_ORIGIN_INSTANCE));
    }

    @Test
    void aSystemDiskNeedsAStoppedInstanceWithoutOneAndCredentials() {
        var call = verb("Bootable", "true", "Password", "EcsV587!");
        assertThat(call.admit(instance(InstanceStatus.RUNNING, List.of()), CONDITIONS))
                .isEqualTo(Admission.reject(ErrorCode.INCORRECT_INSTANCE_STATUS));
        var has = new Slot(new DiskId("d-sys"), "/dev/xvda", "EARLIER", null);
        assertThat(call.admit(instance(InstanceStatus.STOPPED, List.of(has)), CONDITIONS))
                .isEqualTo(Admission.reject(ErrorCode.INVALID_DEVICE_IN_USE));
        var world = Examples.world(FREE, instance(InstanceStatus.STOPPED, List.of()));
        assertThat(verb("Bootable", "true").check(world.of(Examples.ACCOUNT)))
                .contains(Rejection.of(ErrorCode.INVALID_PARAMETER_ALL_EMPTY));
    }
}
