package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
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
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModifyDiskChargeTypeTest {
    private static Change verb(String... changed) {
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("RegionId", "cn-hangzhou");
        arguments.put("InstanceId", INSTANCE.value());
        arguments.put("DiskIds", "[\"" + DISK + "\"]");
        for (int i = 0; i < changed.length; i += 2) arguments.put(changed[i], changed[i + 1]);
        return (Change) Examples.verb(
                "ModifyDiskChargeType",
                arguments.entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                        .toArray(String[]::new));
    }

    private static Instance subscription(InstanceStatus status, LockReason... locks) {
        var instance = instance(status, locks);
        return instance.withSpec(instance.spec().withChargeType(ChargeType.PRE_PAID));
    }

    private static @Nullable ErrorCode answer(String to, Disk disk, Instance instance) {
        return Verdict.of(verb("DiskChargeType", to), disk, instance).code();
    }

    @Test
    void bindsADiskAndFreesItAgain() {
        var instance = subscription(InstanceStatus.RUNNING);
        var disk = disk(DiskStatus.IN_USE);
        var bound = Verdict.of(verb(), disk, instance).events();
        assertThat(bound)
                .containsExactly(new DiskEvent.ChargeTypeChanged(STORY, ChargeType.PRE_PAID, false, true, null));
        var after = bound.get(0).applyTo(disk);
        assertThat(after.spec().chargeType()).isEqualTo(ChargeType.PRE_PAID);
        assertThat(after.spec().portable()).isFalse();
        assertThat(Verdict.of(verb("DiskChargeType", "PostPaid"), after, instance)
                        .events())
                .containsExactly(new DiskEvent.ChargeTypeChanged(STORY, ChargeType.POST_PAID, true, true, null));
    }

    @Test
    void whatIsPaidForSoAlreadyStaysAsItIs() {
        assertThat(Verdict.of(verb(), Examples.subscriptionDisk(), instance(InstanceStatus.RUNNING)))
                .isEqualTo(new Verdict(null, List.of()));
    }

    @Test
    void answersAnOrder() {
        assertThat(verb().success().body().get("OrderId").textValue()).matches("2[0-9]{14}");
    }

    @ParameterizedTest
    @CsvSource({
        "PrePaid,  PRE_PAID,",
        "PrePaid,  POST_PAID,",
        "PostPaid, PRE_PAID,",
        "PostPaid, POST_PAID, CHARGE_TYPE_VIOLATION"
    })
    void asksHowTheInstanceIsPaidFor(String to, ChargeType instanceType, @Nullable ErrorCode expected) {
        var instance = instance(InstanceStatus.RUNNING);
        var paid = instance.withSpec(instance.spec().withChargeType(instanceType));
        assertThat(answer(to, Examples.subscriptionDisk(), paid)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(value = InstanceStatus.class, names = "RELEASED", mode = EnumSource.Mode.EXCLUDE)
    void asksForAnInstanceThatIsRunningOrStoppedForNoDebt(InstanceStatus status) {
        var expected = switch (status) {
            case RUNNING, STOPPED -> null;
            default -> ErrorCode.INVALID_INSTANCE_STATUS_NOT_SUPPORTED;
        };
        assertThat(answer("PrePaid", disk(DiskStatus.IN_USE), subscription(status)))
                .isEqualTo(expected);
        for (var lock : LockReason.values()) {
            boolean isInDebt = lock == LockReason.FINANCIAL && status == InstanceStatus.STOPPED;
            assertThat(answer("PrePaid", disk(DiskStatus.IN_USE), subscription(status, lock)))
                    .isEqualTo(isInDebt ? ErrorCode.INVALID_INSTANCE_STATUS_NOT_SUPPORTED : expected);
        }
    }

    @ParameterizedTest
    @EnumSource(DiskStatus.class)
    void asksForADiskInUse(DiskStatus status) {
        var expected = switch (status) {
            case IN_USE -> null;
            case ATTACHING, DETACHING, RE_INITING -> ErrorCode.INCORRECT_DISK_STATUS;
            case AVAILABLE, CREATING, RELEASED -> ErrorCode.INVALID_DISK_IDS_NOT_FOUND;
        };
        assertThat(answer("PrePaid", disk(status), subscription(InstanceStatus.RUNNING)))
                .isEqualTo(expected);
    }

    @Test
    void asksForADataDiskOfThisInstanceThatCanBeMoved() {
        var instance = subscription(InstanceStatus.RUNNING);
        var elsewhere = disk(DiskStatus.IN_USE, spec(DiskType.DATA, true), new InstanceId("i-other"));
        assertThat(answer("PrePaid", elsewhere, instance)).isEqualTo(ErrorCode.INVALID_DISK_IDS_NOT_FOUND);
        var system = disk(DiskStatus.IN_USE, spec(DiskType.SYSTEM, false), INSTANCE);
        assertThat(answer("PrePaid", system, instance)).isEqualTo(ErrorCode.INVALID_DISK_IDS_NOT_PORTABLE);
        var local = disk(DiskStatus.IN_USE, spec(DiskType.DATA, false).withCategory("local_ssd_pro"), INSTANCE);
        assertThat(answer("PrePaid", local, instance)).isEqualTo(ErrorCode.INVALID_DISK_IDS_NOT_PORTABLE);
        var shared = disk(DiskStatus.IN_USE, spec(DiskType.DATA, true).withMultiAttach(true), INSTANCE);
        assertThat(answer("PrePaid", shared, instance)).isEqualTo(ErrorCode.INVALID_OPERATION_MULTI_ATTACH_DISK);
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId,       mars-1,          INVALID_REGION_ID_NOT_FOUND",
        "DiskIds,        d-23jbf2v5m,     INVALID_PARAMETER",
        "DiskIds,        '[]',            INVALID_PARAMETER",
        "DiskIds,        '[\"d-other\"]', INVALID_DISK_IDS_NOT_FOUND",
        "DiskChargeType, Barter,          INVALID_PARAMETER",
        "InstanceId,     i-nowhere,       INVALID_INSTANCE_ID_NOT_FOUND"
    })
    void rejectsWhatCannotBe(String parameter, String value, ErrorCode expected) {
        assertThat(Verdict.of(verb(parameter, value), disk(DiskStatus.IN_USE), subscription(InstanceStatus.RUNNING))
                        .code())
                .isEqualTo(expected);
    }

    @Test
    void aReleasedInstanceIsSaidToBeReleased() {
        assertThat(answer("PrePaid", disk(DiskStatus.IN_USE), instance(InstanceStatus.RELEASED)))
                .isEqualTo(ErrorCode.INVALID_INSTANCE_ID_RELEASED);
    }

    @Test
    void sixteenDisksAreTheLimit() {
        String ids = IntStream.range(0, 17).mapToObj(n -> "\"d-" + n + "\"").collect(Collectors.joining(",", "[", "]"));
        assertThat(Verdict.of(verb("DiskIds", ids), disk(DiskStatus.IN_USE), instance(InstanceStatus.RUNNING))
                        .code())
                .isEqualTo(ErrorCode.INVALID_PARAMETER);
    }

    @Test
    void theSameCallIsDoneOnce() {
        var disk = disk(DiskStatus.IN_USE);
        var first = Verdict.of(verb("ClientToken", "token"), disk, subscription(InstanceStatus.RUNNING));
        var after = first.events().get(0).applyTo(disk);
        // Whatever the instance has become since.
        var stopping = subscription(InstanceStatus.STOPPING);
        assertThat(Verdict.of(verb("ClientToken", "token"), after, stopping)).isEqualTo(new Verdict(null, List.of()));
        assertThat(Verdict.of(verb("ClientToken", "token", "DiskChargeType", "PostPaid"), after, stopping)
                        .code())
                .isEqualTo(ErrorCode.IDEMPOTENCE_PARAM_NOT_MATCH);
        assertThat(Verdict.of(verb("ClientToken", "other"), after, stopping).code())
                .isEqualTo(ErrorCode.INVALID_INSTANCE_STATUS_NOT_SUPPORTED);
        assertThat(Verdict.of(verb("ClientToken", "\u00e9"), after, stopping).code())
                .isEqualTo(ErrorCode.INVALID_CLIENT_TOKEN_VALUE_NOT_SUPPORTED);
    }

    @Test
    void theSameCallIsDoneOnceAlsoAfterTheDiskHasLeft() {
        var disk = disk(DiskStatus.IN_USE);
        var first = Verdict.of(verb("ClientToken", "token"), disk, subscription(InstanceStatus.RUNNING));
        var left = first.events()
                .get(0)
                .applyTo(disk)
                .withStatus(DiskStatus.AVAILABLE)
                .withAttachment(null);
        assertThat(Verdict.of(verb("ClientToken", "token"), left, subscription(InstanceStatus.RUNNING)))
                .isEqualTo(new Verdict(null, List.of()));
    }

    @Test
    void whatChangesNothingRemembersItsTokenAllTheSame() {
        var paid = Examples.subscriptionDisk();
        var instance = subscription(InstanceStatus.RUNNING);
        assertThat(Verdict.of(verb(), paid, instance)).isEqualTo(new Verdict(null, List.of()));
        var said = Verdict.of(verb("ClientToken", "token"), paid, instance).events();
        var after = said.get(0).applyTo(paid);
        assertThat(after.withTokens(List.of())).isEqualTo(paid);
        assertThat(after.tokens()).hasSize(1);
    }
}
