package dev.moorage.action;

import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Slot;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which calls an instance takes, by its status and its locks. */
class PowerTest {
    private static final Conditions CONDITIONS = conditions(Compatibility.Y2018);
    private static final DiskSpec SYSTEM_SPEC = Examples.spec(DiskType.SYSTEM, false);

    private static final Slot SYSTEM_SLOT = new Slot(Examples.DISK, "/dev/xvda", "RESERVATION", null);

    private static AccountView around(Instance instance) {
        return Examples.world(disk(DiskStatus.IN_USE, SYSTEM_SPEC, INSTANCE), instance)
                .of(Examples.ACCOUNT);
    }

    private static @Nullable ErrorCode rejection(Instance instance, String action, String... more) {
        return rejection(around(instance), instance, verb(action, more)) instanceof Rejection no ? no.code() : null;
    }

    private static Action verb(String action, String... more) {
        var base = Stream.of(
                "RegionId",
                "cn-hangzhou",
                "InstanceId",
                INSTANCE.value(),
                "InstanceId.1",
                INSTANCE.value(),
                "ImageId",
                "m-1",
                "DiskId",
                Examples.DISK.value());
        return Examples.verb(action, Stream.concat(base, Stream.of(more)).toArray(String[]::new));
    }

    private static @Nullable Outcome rejection(AccountView view, Instance instance, Action verb) {
        var checked = ((Change) verb).check(view);
        if (checked.isPresent()) return checked.get();
        if (!(((Change) verb).routed(view) instanceof InstanceChange change)) return null;
        return change.admit(instance, CONDITIONS) instanceof Admission.Rejected no ? no.rejection() : null;
    }

    private static Instance in(InstanceStatus status, LockReason... locks) {
        return instance(status, List.of(SYSTEM_SLOT), locks);
    }

    private static Instance prePaid(Instance instance) {
        return instance.withSpec(instance.spec().withChargeType(ChargeType.PRE_PAID));
    }

    @ParameterizedTest
    @CsvSource({
        "StartInstance, Stopped",
        "StartInstances, Stopped",
        "StopInstance, Running",
        "StopInstances, Running",
        "RebootInstance, Running",
        "RebootInstances, Running",
        "DeleteInstance, Stopped",
        "DeleteInstances, Stopped",
        "ReplaceSystemDisk, Stopped",
        "AttachDisk, Running Stopped",
        "DetachDisk, Running Stopped",
        "ModifyInstanceAttribute, Pending Starting Running Stopping Stopped"
    })
    void takesACallInTheStatusesThatAllowIt(String action, String allowed) {
        for (var status : InstanceStatus.values()) {
            if (status == InstanceStatus.RELEASED) continue;
            boolean initializing = status == InstanceStatus.PENDING && action.startsWith("DeleteInstance");
            var expected = Set.of(allowed.split(" ")).contains(status.wire())
                    ? null
                    : initializing
                            ? ErrorCode.INCORRECT_INSTANCE_STATUS_INITIALIZING
                            : ErrorCode.INCORRECT_INSTANCE_STATUS;
            assertThat(rejection(in(status), action))
                    .as("%s when %s", action, status)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "StartInstance, STOPPED, true",
        "StartInstances, STOPPED, true",
        "StopInstance, RUNNING, true",
        "StopInstances, RUNNING, true",
        "RebootInstance, RUNNING, true",
        "RebootInstances, RUNNING, true",
        "ModifyInstanceAttribute, RUNNING, true",
        "ReplaceSystemDisk, STOPPED, true",
        "AttachDisk, STOPPED, true",
        "DetachDisk, STOPPED, true",
        "DeleteInstance, STOPPED, false",
        "DeleteInstances, STOPPED, false"
    })
    void aSecurityLockKeepsItFromAllButBeingReleased(String action, InstanceStatus status, boolean denied) {
        assertThat(rejection(in(status, LockReason.SECURITY), action))
                .isEqualTo(denied ? ErrorCode.INSTANCE_LOCKED_FOR_SECURITY : null);
    }

    @ParameterizedTest
    @CsvSource({
        "StartInstance, STOPPED, INSTANCE_EXPIRED",
        "StartInstances, STOPPED, INSTANCE_EXPIRED",
        "ReplaceSystemDisk, STOPPED, INSTANCE_EXPIRED_OR_IN_ARREARS",
        "StopInstance, RUNNING,",
        "StopInstances, RUNNING,",
        "RebootInstance, RUNNING,",
        "RebootInstances, RUNNING,",
        "ModifyInstanceAttribute, STOPPED,",
        "AttachDisk, STOPPED,",
        "DetachDisk, STOPPED,",
        "DeleteInstance, STOPPED,",
        "DeleteInstances, STOPPED,"
    })
    void anOverdueInstanceIsNeitherStartedNorGivenAnotherSystemDisk(
            String action, InstanceStatus status, @Nullable ErrorCode expected) {
        assertThat(rejection(in(status, LockReason.FINANCIAL), action)).isEqualTo(expected);
    }

    static Stream<LockReason> otherLocks() {
        return Stream.of(LockReason.values())
                .filter(lock -> lock != LockReason.SECURITY && lock != LockReason.FINANCIAL);
    }

    @ParameterizedTest
    @MethodSource("otherLocks")
    void otherLocksKeepItFromNothing(LockReason lock) {
        assertThat(rejection(in(InstanceStatus.STOPPED, lock), "StartInstance")).isNull();
        assertThat(rejection(in(InstanceStatus.RUNNING, lock), "StopInstance")).isNull();
    }

    @Test
    void saysWhatKindOfInstanceHasExpired() {
        var overdue = in(InstanceStatus.STOPPED, LockReason.FINANCIAL);

        assertThat(textForStarting(overdue)).startsWith("The postPaid instance has been expired.");
        assertThat(textForStarting(prePaid(overdue))).isEqualTo("PrePaid instances has been expired.");
    }

    private static String textForStarting(Instance instance) {
        var no = (Rejection) rejection(around(instance), instance, verb("StartInstance"));
        return Actions.specs().get("StartInstance").failure(no).message();
    }

    @ParameterizedTest
    @CsvSource({
        "Force, true, RUNNING, false,",
        "Force, false, RUNNING, false, INCORRECT_INSTANCE_STATUS",
        "Force, true, STARTING, false, INCORRECT_INSTANCE_STATUS",
        "Force, true, STOPPED, true, CHARGE_TYPE_VIOLATION",
        "TerminateSubscription, true, STOPPED, true, CHARGE_TYPE_VIOLATION"
    })
    void isReleasedIfItsStatusAndItsSubscriptionAllowIt(
            String parameter, String value, InstanceStatus status, boolean prePaid, @Nullable ErrorCode expected) {
        var instance = prePaid ? prePaid(in(status)) : in(status);
        assertThat(rejection(instance, "DeleteInstance", parameter, value)).isEqualTo(expected);
        assertThat(rejection(instance, "DeleteInstances", parameter, value)).isEqualTo(expected);
    }

    @Test
    void anExpiredSubscriptionIsGivenUpWhenThatIsAskedFor() {
        var expired = prePaid(in(InstanceStatus.STOPPED, LockReason.FINANCIAL));
        assertThat(rejection(expired, "DeleteInstance")).isEqualTo(ErrorCode.CHARGE_TYPE_VIOLATION);
        assertThat(rejection(expired, "DeleteInstance", "TerminateSubscription", "true"))
                .isNull();
    }

    @Test
    void protectionGoesBeforeEverythingElse() {
        var instance = prePaid(in(InstanceStatus.PENDING));
        var protectedOne = instance.withSpec(instance.spec().withDeletionProtection(true));
        assertThat(rejection(protectedOne, "DeleteInstance", "Force", "true"))
                .isEqualTo(ErrorCode.INVALID_OPERATION_DELETION_PROTECTION);
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, POST_PAID, false, Released",
        "false, false, POST_PAID, false, Outlived",
        "false, false, PRE_PAID, true, Outlived",
        "false, true, POST_PAID, false, Released"
    })
    void itsDisksGoOrStay(boolean flag, boolean locked, ChargeType chargeType, boolean becomesPortable, String event) {
        var spec =
                Examples.spec(DiskType.DATA, chargeType == ChargeType.POST_PAID).withChargeType(chargeType);
        var attached = disk(DiskStatus.IN_USE, spec, INSTANCE).withDeleteWithInstance(flag);
        var locks = locked ? new LockReason[] {LockReason.SECURITY} : new LockReason[0];
        var order = (DiskChange)
                DiskOrders.of(instance(InstanceStatus.RELEASED, locks)).get(0);

        var events = ((Decision.Accepted) order.decide(attached, CONDITIONS)).events();

        assertThat(events)
                .singleElement()
                .extracting(e -> e.getClass().getSimpleName())
                .isEqualTo(event);
        Disk after = events.get(0).applyTo(attached);
        if (becomesPortable) {
            assertThat(after.spec().portable()).isTrue();
            assertThat(after.spec().chargeType()).isEqualTo(ChargeType.POST_PAID);
        }
        assertThat(after.attachment()).isNull();
    }

    @Test
    void rebootsThroughStarting() {
        var admission = ((InstanceChange) verb("RebootInstance")).admit(in(InstanceStatus.RUNNING), CONDITIONS);

        assertThat(admission).isEqualTo(Admission.decide(new InstanceEvent.Rebooting(STORY, NOW.plusSeconds(11))));
        var rebooting = ((Admission.Decided) admission).events().get(0).applyTo(in(InstanceStatus.RUNNING));
        assertThat(rebooting.status()).isEqualTo(InstanceStatus.STARTING);
        var later = new Conditions(STORY.at(NOW.plusSeconds(11)), CONDITIONS.durations(), Compatibility.Y2018, true);
        assertThat(Completion.of(rebooting, CONDITIONS)).isEmpty();
        assertThat(Completion.of(rebooting, later)
                        .orElseThrow()
                        .applyTo(rebooting)
                        .status())
                .isEqualTo(InstanceStatus.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"'', KeepCharging", "KeepCharging, KeepCharging", "StopCharging, StopCharging"})
    void remembersHowItWasStoppedUntilItStarts(String mode, String shown) {
        var stop = ((InstanceChange) verb("StopInstance", "StoppedMode", mode))
                .admit(in(InstanceStatus.RUNNING), CONDITIONS);
        var stopping = ((Admission.Decided) stop).events().get(0).applyTo(in(InstanceStatus.RUNNING));
        var stopped = new InstanceEvent.Stopped(STORY).applyTo(stopping);
        var starting = new InstanceEvent.Starting(STORY, NOW).applyTo(stopped);
        var stoppedAgain = new InstanceEvent.Stopped(STORY).applyTo(starting);

        assertThat(Power.stoppedMode(stopping)).isEqualTo("Not-applicable");
        assertThat(Power.stoppedMode(stopped)).isEqualTo(shown);
        assertThat(Power.stoppedMode(prePaid(stopped))).isEqualTo("Not-applicable");
        assertThat(Power.stoppedMode(stoppedAgain)).isEqualTo("KeepCharging");
    }

    @Test
    void knowsTwoStoppedModesAndOneForSubscriptions() {
        var running = in(InstanceStatus.RUNNING);
        for (var action : List.of("StopInstance", "StopInstances")) {
            assertThat(rejection(running, action, "StoppedMode", "Sleep")).isEqualTo(ErrorCode.INVALID_PARAMETER);
            assertThat(rejection(prePaid(running), action, "StoppedMode", "StopCharging"))
                    .isEqualTo(ErrorCode.INVALID_INSTANCE_ID_NOT_SUPPORT);
            assertThat(rejection(prePaid(running), action, "StoppedMode", "KeepCharging"))
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "StartInstance, STOPPED, DRY_RUN_OPERATION",
        "StartInstance, RUNNING, INCORRECT_INSTANCE_STATUS",
        "StopInstance, RUNNING, DRY_RUN_OPERATION",
        "RebootInstance, RUNNING, DRY_RUN_OPERATION",
        "DeleteInstance, STOPPED, DRY_RUN_OPERATION",
        "StartInstances, STOPPED, DRYRUN_SUCCESS",
        "StartInstances, RUNNING, INCORRECT_INSTANCE_STATUS",
        "StopInstances, RUNNING, DRYRUN_SUCCESS",
        "RebootInstances, RUNNING, DRYRUN_SUCCESS",
        "DeleteInstances, STOPPED, DRYRUN_SUCCESS"
    })
    void aDryRunSaysWhatWouldHappen(String action, InstanceStatus status, ErrorCode expected) {
        assertThat(rejection(in(status), action, "DryRun", "true")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "StartInstance",
        "StopInstance",
        "RebootInstance",
        "DeleteInstance",
        "ModifyInstanceAttribute",
        "ReplaceSystemDisk",
        "StartInstances",
        "StopInstances",
        "RebootInstances",
        "DeleteInstances"
    })
    void anInstanceThatIsGoneIsNotFound(String action) {
        assertThat(rejection(in(InstanceStatus.RELEASED), action)).isEqualTo(ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND);
    }
}
