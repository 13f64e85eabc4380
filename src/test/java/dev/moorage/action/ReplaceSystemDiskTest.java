package dev.moorage.action;

import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Device;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Slot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Tags;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplaceSystemDiskTest {
    private static final Conditions CONDITIONS = conditions(Compatibility.Y2018);
    private static final Slot OLD = new Slot(Examples.DISK, Device.SYSTEM, "RESERVATION", null);
    private static final Slot DATA = new Slot(new DiskId("d-data"), "/dev/xvdb", "EARLIER", null);
    private static final Instance STOPPED = instance(InstanceStatus.STOPPED, List.of(OLD, DATA));

    private static Disk systemDisk(DiskStatus status) {
        var spec = Examples.spec(DiskType.SYSTEM, false)
                .withName("old")
                .withTags(Tags.of(Map.of("a", "b")))
                .withImageId("m-0");
        return Examples.disk(status, spec, INSTANCE);
    }

    private static AccountView view(Disk disk) {
        return Examples.world(disk, STOPPED).of(Examples.ACCOUNT);
    }

    private static ReplaceSystemDisk replace(String... more) {
        var base = Stream.of("InstanceId", INSTANCE.value(), "ImageId", "m-1");
        return (ReplaceSystemDisk) Examples.verb(
                "ReplaceSystemDisk", Stream.concat(base, Stream.of(more)).toArray(String[]::new));
    }

    private static Admission admit(ReplaceSystemDisk verb, Disk disk, Instance instance) {
        return ((InstanceChange) verb.routed(view(disk))).admit(instance, CONDITIONS);
    }

    private static InstanceEvent replaced(ReplaceSystemDisk verb) {
        var admission = (Admission.Decided) admit(verb, systemDisk(DiskStatus.IN_USE), STOPPED);
        return admission.events().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "SystemDisk.Size, 19, INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE",
        "SystemDisk.Size, 20,",
        "SystemDisk.Size, 500,",
        "SystemDisk.Size, 501, INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE",
        "Password, weak, INVALID_PASSWORD_MALFORMED",
        "Password, Passw0rd,",
        "InstanceId, i-unknown, INVALID_INSTANCE_ID_NOT_FOUND"
    })
    void takesWhatIsWellFormed(String parameter, String value, @Nullable ErrorCode expected) {
        var answer = replace(parameter, value).check(view(systemDisk(DiskStatus.IN_USE)));
        assertThat(answer.map(no -> ((Rejection) no).code()).orElse(null)).isEqualTo(expected);
    }

    @Test
    void doesNotTakeAPasswordAndInheritOneToo() {
        assertThat(replace("Password", "Passw0rd", "PasswordInherit", "true")
                        .check(view(systemDisk(DiskStatus.IN_USE))))
                .contains(Rejection.of(ErrorCode.INVALID_PASSWORD_PARAM_MISMATCH));
    }

    @ParameterizedTest
    @CsvSource({"39, INVALID_SYSTEM_DISK_SIZE_LESS_THAN_IMAGE_SIZE", "40,"})
    void isAtLeastAsLargeAsItsImage(String size, @Nullable ErrorCode expected) {
        String windows = "win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd";
        var answer = replace("ImageId", windows, "SystemDisk.Size", size).check(view(systemDisk(DiskStatus.IN_USE)));
        assertThat(answer.map(no -> ((Rejection) no).code()).orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"IN_USE,", "RE_INITING, INCORRECT_DISK_STATUS"})
    void replacesADiskThatIsAtRest(DiskStatus status, @Nullable ErrorCode expected) {
        var admission = admit(replace(), systemDisk(status), STOPPED);
        assertThat(admission instanceof Admission.Rejected no ? no.rejection().code() : null)
                .isEqualTo(expected);
    }

    @Test
    void replacesTheDiskThatIsThere() {
        var none = instance(InstanceStatus.STOPPED, List.of(DATA));
        assertThat(admit(replace(), systemDisk(DiskStatus.IN_USE), none))
                .isEqualTo(Admission.reject(ErrorCode.INVALID_INSTANCE_NOT_FOUND_SYSTEM_DISK));
        var another = instance(
                InstanceStatus.STOPPED, List.of(new Slot(new DiskId("d-newer"), Device.SYSTEM, "NEWER", null)));
        assertThat(admit(replace(), systemDisk(DiskStatus.IN_USE), another))
                .isEqualTo(Admission.reject(ErrorCode.INCORRECT_DISK_STATUS));
    }

    @Test
    void waitsForASnapshotOfTheOldOne() {
        var snapshot = new DiskEvent.SnapshotCreating(
                STORY, new SnapshotId("s-1"), "", "", 0, "standard", false, "", Tags.NONE, NOW.plusSeconds(9), null);
        assertThat(admit(replace(), snapshot.applyTo(systemDisk(DiskStatus.IN_USE)), STOPPED))
                .isEqualTo(Admission.reject(ErrorCode.DISK_CREATING_SNAPSHOT));
    }

    @Test
    void putsANewDiskOfTheSameKindInThePlaceOfTheOldOne() {
        var verb = replace("SystemDisk.Size", "60", "Encrypted", "true", "KMSKeyId", "key-1");

        var after = replaced(verb).applyTo(STOPPED);

        assertThat(after.spec().imageId()).isEqualTo("m-1");
        assertThat(after.leaving()).containsExactly(OLD);
        assertThat(after.slots()).extracting(Slot::diskId).containsExactly(verb.newDisk(), DATA.diskId());
        var plan = after.slots().get(0).plan();
        assertThat(plan.deleteWithInstance()).isTrue();
        assertThat(plan.spec())
                .isEqualTo(Examples.spec(DiskType.SYSTEM, false)
                        .withSizeGiB(60)
                        .withImageId("m-1")
                        .withEncrypted(true)
                        .withKmsKeyId("key-1"));
        assertThat(verb.success().body().path("DiskId").asText())
                .isEqualTo(verb.newDisk().value());
    }

    @Test
    void theOldDiskGoesAndTheNewOneIsMade() {
        var verb = replace();
        var orders = DiskOrders.of(replaced(verb).applyTo(STOPPED));

        assertThat(orders).extracting(order -> order.diskId()).containsExactly(OLD.diskId(), verb.newDisk());
        var kept = systemDisk(DiskStatus.IN_USE).withDeleteWithInstance(false);
        assertThat(((DiskChange) orders.get(0)).decide(kept, CONDITIONS))
                .isEqualTo(Decision.accept(new DiskEvent.Released(STORY)));
        var made = ((DiskCreation) orders.get(1)).create(CONDITIONS).applyTo(null);
        assertThat(made.isAttachedTo(INSTANCE)).isTrue();
        assertThat(made.spec().sizeGiB()).isEqualTo(40);
        assertThat(made.deadline()).isEqualTo(NOW.plusSeconds(12));
    }

    @Test
    void theOldDiskGoesWithItsInstanceTooIfThatIsReleasedMeanwhile() {
        var released =
                new InstanceEvent.Released(STORY).applyTo(replaced(replace()).applyTo(STOPPED));
        var order = (DiskChange) DiskOrders.of(released).get(0);
        var kept = systemDisk(DiskStatus.IN_USE).withDeleteWithInstance(false);
        assertThat(order.decide(kept, CONDITIONS)).isEqualTo(Decision.accept(new DiskEvent.Released(STORY)));
    }

    @Test
    void isDoneOnceByOneToken() {
        var once = replace("ClientToken", "once");
        var after = replaced(once).applyTo(STOPPED);

        var again = replace("ClientToken", "once");
        assertThat(again.check(view(systemDisk(DiskStatus.IN_USE)))).isEmpty();
        assertThat(admit(again, systemDisk(DiskStatus.IN_USE), after)).isEqualTo(Admission.decide());
        assertThat(again.success()).isEqualTo(once.success());
        assertThat(admit(replace("ClientToken", "once", "SystemDisk.Size", "80"), systemDisk(DiskStatus.IN_USE), after))
                .isEqualTo(Admission.reject(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH));
        assertThat(replace("ClientToken", "t".repeat(65)).check(view(systemDisk(DiskStatus.IN_USE))))
                .contains((Outcome) Rejection.of(ErrorCode.INVALID_CLIENT_TOKEN_VALUE_NOT_SUPPORTED));
    }

    @Test
    void theNewDisksIdTellsTheRegionWhereThatIsKnown() {
        var made = new InstanceId("i-2ze0123456789abcdefg");
        var verb = (ReplaceSystemDisk) Examples.verb("ReplaceSystemDisk", "InstanceId", made.value(), "ImageId", "m-1");
        assertThat(verb.newDisk().value()).startsWith("d-2ze").hasSize(22);
        assertThat(replace().newDisk().value()).startsWith("d-000").hasSize(22);
    }
}
