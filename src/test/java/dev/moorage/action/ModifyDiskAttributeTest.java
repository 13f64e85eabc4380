package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModifyDiskAttributeTest {
    private static ModifyDiskAttribute verb(String... arguments) {
        return (ModifyDiskAttribute) Examples.verb("ModifyDiskAttribute", arguments);
    }

    private static Verdict verdict(Disk disk, String... attributes) {
        var arguments = new ArrayList<>(List.of("DiskId", DISK.value()));
        arguments.addAll(List.of(attributes));
        return Verdict.of(verb(arguments.toArray(String[]::new)), disk, instance(InstanceStatus.RUNNING));
    }

    @ParameterizedTest
    @CsvSource({
        "DiskName, data-1",
        "Description, what it is for",
        "DeleteWithInstance, false",
        "DeleteAutoSnapshot, false",
        "EnableAutoSnapshot, true",
        "BurstingEnabled, true"
    })
    void changesWhatIsAskedForAndOnlyThat(String parameter, String value) {
        var disk = disk(DiskStatus.IN_USE, spec(DiskType.DATA, true).withCategory("cloud_auto"), INSTANCE);
        var event = verdict(disk, parameter, value).events().get(0);
        assertThat(event)
                .isEqualTo(new DiskEvent.AttributesModified(
                        STORY,
                        parameter.equals("DiskName") ? value : null,
                        parameter.equals("Description") ? value : null,
                        parameter.equals("DeleteWithInstance") ? Boolean.valueOf(value) : null,
                        parameter.equals("DeleteAutoSnapshot") ? Boolean.valueOf(value) : null,
                        parameter.equals("EnableAutoSnapshot") ? Boolean.valueOf(value) : null,
                        parameter.equals("BurstingEnabled") ? Boolean.valueOf(value) : null));
        // Asked for again, it is no news.
        assertThat(verdict(event.applyTo(disk), parameter, value)).isEqualTo(new Verdict(null, List.of()));
    }

    @Test
    void whatIsAsItWasIsNoNews() {
        var verdict = verdict(disk(DiskStatus.IN_USE), "DeleteWithInstance", "true", "DiskName", "data-1");
        assertThat(verdict.events())
                .containsExactly(new DiskEvent.AttributesModified(STORY, "data-1", null, null, null, null, null));
    }

    @ParameterizedTest
    @EnumSource(DiskStatus.class)
    void onlyADiskThatIsBeingMadeStaysAsItIs(DiskStatus status) {
        var expected = switch (status) {
            case CREATING -> ErrorCode.INCORRECT_DISK_STATUS;
            case RELEASED -> ErrorCode.INVALID_DISK_ID_NOT_FOUND;
            default -> null;
        };
        assertThat(verdict(disk(status), "DiskName", "data-1").code()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(value = InstanceStatus.class, names = "RELEASED", mode = EnumSource.Mode.EXCLUDE)
    void noInstanceAndNoLockIsInTheWay(InstanceStatus status) {
        var verb = verb("DiskId", DISK.value(), "DiskName", "data-1");
        for (var lock : LockReason.values()) {
            assertThat(Verdict.of(verb, disk(DiskStatus.IN_USE), instance(status, lock))
                            .code())
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DATA,   cloud,         true,  false, false,",
        "DATA,   cloud,         false, false, false, DISK_NOT_PORTABLE",
        "DATA,   cloud,         false, false, true,",
        "SYSTEM, cloud,         false, false, false, DISK_NOT_PORTABLE",
        "SYSTEM, cloud_ssd,     false, false, false,",
        "DATA,   cloud_ssd,     false, false, false,",
        "DATA,   local_ssd_pro, false, false, false, DISK_NOT_PORTABLE",
        "DATA,   ephemeral_ssd, false, false, false, DISK_NOT_PORTABLE",
        "DATA,   local_hdd_pro, false, false, true,",
        "DATA,   cloud_essd,    true,  true,  true,  DELETE_WITH_INSTANCE_CONFLICT",
        "DATA,   cloud_essd,    true,  true,  false,"
    })
    void someDisksGoWithTheirInstanceAndSomeNeverDo(
            DiskType type,
            String category,
            boolean portable,
            boolean shared,
            String deleteWithInstance,
            @Nullable ErrorCode expected) {
        var disk = disk(
                DiskStatus.IN_USE, spec(type, portable).withCategory(category).withMultiAttach(shared), INSTANCE);
        assertThat(verdict(disk, "DeleteWithInstance", deleteWithInstance).code())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "cloud_auto, 4, false, true,",
        "cloud_auto, 3, false, true, INVALID_BURSTING_ENABLED_DISK_SIZE_TOO_SMALL",
        "cloud_auto, 3, false, false,",
        "cloud_auto, 4, true,  true, BURSTING_ENABLED_FOR_MULTI_ATTACH_DISK_UNSUPPORTED",
        "cloud_ssd,  4, false, true, BURSTING_ENABLED_FOR_DISK_CATEGORY_UNSUPPORTED",
        "cloud_ssd,  4, false, false, BURSTING_ENABLED_FOR_DISK_CATEGORY_UNSUPPORTED"
    })
    void onlySomeDisksCanBurst(
            String category, int size, boolean shared, String enabled, @Nullable ErrorCode expected) {
        var spec = spec(DiskType.DATA, true)
                .withCategory(category)
                .withSizeGiB(size)
                .withMultiAttach(shared);
        assertThat(verdict(disk(DiskStatus.IN_USE, spec, INSTANCE), "BurstingEnabled", enabled)
                        .code())
                .isEqualTo(expected);
    }

    @Test
    void burstsWaitForATask() {
        assertThat(verdict(Examples.changingDisk(), "BurstingEnabled", "true").code())
                .isEqualTo(ErrorCode.BURSTING_ENABLED_FOR_MODIFYING_DISK_UNSUPPORTED);
        assertThat(verdict(Examples.changingDisk(), "DiskName", "data-1").code())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'',                    DiskName, data-1,    MISSING_PARAMETER_DISK_ID_OR_DISK_IDS",
        "DiskId d-1 DiskIds.1 d-2, DiskName, data-1, PARAMETER_CONFLICT_DISK_ID_AND_DISK_IDS",
        "DiskId d-1,            DiskName, '',        NO_ATTRIBUTE_TO_MODIFY",
        "DiskId d-1,            DiskName, 1,         INVALID_DISK_NAME_MALFORMED",
        "DiskId d-1,            Description, http://, INVALID_DESCRIPTION_MALFORMED",
        "DiskId d-1,            DiskName, data-1,    INVALID_DISK_ID_NOT_FOUND"
    })
    void rejectsWhatCannotBe(String ids, String parameter, String value, ErrorCode expected) {
        var arguments = new ArrayList<String>();
        if (!ids.isEmpty()) arguments.addAll(List.of(ids.split(" ")));
        arguments.addAll(List.of(parameter, value));
        assertThat(Verdict.of(
                                verb(arguments.toArray(String[]::new)),
                                disk(DiskStatus.IN_USE),
                                instance(InstanceStatus.RUNNING))
                        .code())
                .isEqualTo(expected);
    }

    @Test
    void ofSeveralDisksNoneIsChangedIfOneCannotBe() {
        var world = Examples.world(disk(DiskStatus.IN_USE), instance(InstanceStatus.RUNNING));
        var making = disk(DiskStatus.CREATING).withId(new DiskId("d-making"));
        world.apply(2, making.id(), new DiskEvent.Provisioned(STORY, making));
        var view = world.of(Examples.ACCOUNT);
        assertThat(verb("DiskIds.1", DISK.value(), "DiskIds.2", "d-making", "DiskName", "data-1")
                        .check(view))
                .contains(Rejection.of(ErrorCode.INCORRECT_DISK_STATUS));
        assertThat(verb("DiskIds.1", DISK.value(), "DiskIds.2", "d-nowhere", "DiskName", "data-1")
                        .check(view))
                .contains(Rejection.of(ErrorCode.INVALID_DISK_ID_NOT_FOUND));
        var twice = verb("DiskIds.1", DISK.value(), "DiskIds.7", DISK.value(), "DiskName", "data-1");
        assertThat(twice.check(view)).isEmpty();
        assertThat(twice.parts()).hasSize(1);
    }

    @Test
    void aHundredDisksAreTheLimit() {
        var arguments = new ArrayList<>(List.of("DiskName", "data-1"));
        for (int n = 1; n <= 101; n++) arguments.addAll(List.of("DiskIds." + n, "d-" + n));
        var view = Examples.world(disk(DiskStatus.IN_USE), instance(InstanceStatus.RUNNING))
                .of(Examples.ACCOUNT);
        assertThat(verb(arguments.toArray(String[]::new)).check(view))
                .contains(Rejection.of(ErrorCode.INVALID_PARAMETER, "DiskIds.N"));
    }
}
