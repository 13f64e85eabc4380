package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.view.World;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetachDiskTest {
    private static final InstanceId OTHER = new InstanceId("i-other");

    private static DetachDisk verb() {
        return (DetachDisk) Examples.verb("DetachDisk", "InstanceId", INSTANCE.value(), "DiskId", DISK.value());
    }

    private static @Nullable ErrorCode answer(
            World world, @Nullable Disk disk, Instance instance, Compatibility rules) {
        var known = verb().check(world.of(Examples.ACCOUNT));
        if (known.isPresent()) return ((Rejection) known.get()).code();
        var admission = verb().admit(instance, conditions(rules));
        if (admission instanceof Admission.Rejected no) return no.rejection().code();
        var decision = ((Admission.PassedOn) admission).to().decide(Objects.requireNonNull(disk), conditions(rules));
        return decision instanceof Decision.Rejected no ? no.rejection().code() : null;
    }

    private static @Nullable ErrorCode answer(Disk disk, Instance instance) {
        return answer(Examples.world(disk, instance), disk, instance, Compatibility.Y2018);
    }

    /**
     * Everything that can be wrong, in the order in which it is to be reported. Of any set of these the first is the
     * answer, whatever else is wrong too.
     */
    private enum Wrong {
        NO_INSTANCE(ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND),
        NO_DISK(ErrorCode.INVALID_DISK_ID_NOT_FOUND),
        RELEASED(ErrorCode.INVALID_DISK_ID_RELEASED),
        LOCKED(ErrorCode.INSTANCE_LOCKED_FOR_SECURITY),
        INSTANCE_STATUS(ErrorCode.INCORRECT_INSTANCE_STATUS),
        ELSEWHERE(ErrorCode.DEPENDENCY_VIOLATION),
        SYSTEM_DISK(ErrorCode.DISK_TYPE_VIOLATION),
        NOT_PORTABLE(ErrorCode.DISK_NOT_PORTABLE),
        DISK_STATUS(ErrorCode.INCORRECT_DISK_STATUS);

        final ErrorCode code;

        Wrong(ErrorCode code) {
            this.code = code;
        }
    }

    @Test
    void reportsTheFirstOfAllThatIsWrong() {
        var all = Wrong.values();
        for (int set = 0; set < 1 << all.length; set++) {
            var wrong = EnumSet.noneOf(Wrong.class);
            for (var one : all) if ((set >> one.ordinal() & 1) == 1) wrong.add(one);
            // A disk cannot be unknown and released at once, nor released and of a status.
            if (wrong.contains(Wrong.NO_DISK) && wrong.contains(Wrong.RELEASED)) continue;
            var expected = wrong.isEmpty() ? null : wrong.iterator().next().code;
            assertThat(answerWith(wrong)).as("wrong: %s", wrong).isEqualTo(expected);
        }
    }

    private static @Nullable ErrorCode answerWith(EnumSet<Wrong> wrong) {
        var status = wrong.contains(Wrong.DISK_STATUS) ? DiskStatus.DETACHING : DiskStatus.IN_USE;
        var type = wrong.contains(Wrong.SYSTEM_DISK) ? DiskType.SYSTEM : DiskType.DATA;
        var disk = disk(
                wrong.contains(Wrong.RELEASED) ? DiskStatus.RELEASED : status,
                spec(type, !wrong.contains(Wrong.NOT_PORTABLE)),
                wrong.contains(Wrong.ELSEWHERE) ? OTHER : INSTANCE);
        var instanceStatus = wrong.contains(Wrong.INSTANCE_STATUS) ? InstanceStatus.STARTING : InstanceStatus.RUNNING;
        var instance = wrong.contains(Wrong.LOCKED)
                ? instance(instanceStatus, LockReason.FINANCIAL, LockReason.SECURITY)
                : instance(instanceStatus, LockReason.FINANCIAL);
        var world = new World();
        if (!wrong.contains(Wrong.NO_INSTANCE)) {
            world.apply(0, INSTANCE, new InstanceEvent.Provisioned(STORY, instance));
        }
        if (!wrong.contains(Wrong.NO_DISK)) world.apply(1, DISK, new DiskEvent.Provisioned(STORY, disk));
        return answer(world, disk, instance, Compatibility.Y2018);
    }

    @ParameterizedTest
    @EnumSource(InstanceStatus.class)
    void asksForAnInstanceThatIsRunningOrStopped(InstanceStatus status) {
        var expected = switch (status) {
            case RUNNING, STOPPED -> null;
            case RELEASED -> ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
            case PENDING, STARTING, STOPPING -> ErrorCode.INCORRECT_INSTANCE_STATUS;
        };
        assertThat(answer(disk(DiskStatus.IN_USE), instance(status))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(LockReason.class)
    void onlyASecurityLockBlocks(LockReason lock) {
        var expected = lock == LockReason.SECURITY ? ErrorCode.INSTANCE_LOCKED_FOR_SECURITY : null;
        assertThat(answer(disk(DiskStatus.IN_USE), instance(InstanceStatus.RUNNING, lock)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(DiskStatus.class)
    void asksForADiskThatIsInUse(DiskStatus status) {
        var expected = switch (status) {
            case IN_USE -> null;
            case ATTACHING, DETACHING, RE_INITING -> ErrorCode.INCORRECT_DISK_STATUS;
            case AVAILABLE, CREATING -> ErrorCode.DEPENDENCY_VIOLATION;
            case RELEASED -> ErrorCode.INVALID_DISK_ID_RELEASED;
        };
        assertThat(answer(disk(status), instance(InstanceStatus.RUNNING))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(DiskType.class)
    void aDiskThatIsBeingMadeForTheInstanceIsNotOnItYet(DiskType type) {
        var disk = disk(DiskStatus.CREATING, spec(type, true), INSTANCE)
                .withAttachment(new Attachment(INSTANCE, "/dev/xvdb", "RESERVATION"));
        assertThat(answer(disk, instance(InstanceStatus.RUNNING))).isEqualTo(ErrorCode.DEPENDENCY_VIOLATION);
    }

    @Test
    void anotherAccountsDiskDoesNotExist() {
        var world = Examples.world(disk(DiskStatus.IN_USE), instance(InstanceStatus.RUNNING));
        var elsewhere = verb().check(world.of("somebody-else"));
        assertThat(elsewhere).contains(Rejection.of(ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND));
    }

    @Test
    void anUnknownDiskIsNotFoundAndNotReleased() {
        var world = Examples.world(disk(DiskStatus.IN_USE), instance(InstanceStatus.RUNNING));
        var verb = new DetachDisk(INSTANCE, new DiskId("no such disk"), Optional.empty());
        assertThat(verb.check(world.of(Examples.ACCOUNT))).contains(Rejection.of(ErrorCode.INVALID_DISK_ID_NOT_FOUND));
    }

    @Test
    void takesAMinuteAndLeavesTheFlagToTheEnd() {
        var disk = disk(DiskStatus.IN_USE);
        var decision = verb().decide(disk, conditions(Compatibility.Y2018));
        var detaching = new DiskEvent.Detaching(STORY, true, NOW.plusSeconds(60));
        assertThat(decision).isEqualTo(new Decision.Accepted(List.of(detaching)));

        var underWay = detaching.applyTo(disk);
        assertThat(underWay.status()).isEqualTo(DiskStatus.DETACHING);
        assertThat(underWay.isAttachedTo(INSTANCE)).isTrue();
        assertThat(underWay.deleteWithInstance()).isTrue();

        assertThat(Completion.of(underWay, at(59))).isEmpty();
        var detached = Completion.of(underWay, at(60)).orElseThrow().applyTo(underWay);
        assertThat(detached.status()).isEqualTo(DiskStatus.AVAILABLE);
        assertThat(detached.attachment()).isNull();
        assertThat(detached.deleteWithInstance()).isFalse();
        assertThat(detached.detachedAt()).isEqualTo(NOW.plusSeconds(60));
    }

    private static Conditions at(int seconds) {
        var base = conditions(Compatibility.Y2018);
        return new Conditions(STORY.at(NOW.plusSeconds(seconds)), base.durations(), base.compatibility(), true);
    }

    @Test
    void todaysRulesTellADetachedDiskFromOneThatWasNeverThere() {
        var instance = instance(InstanceStatus.RUNNING);
        assertThat(current(disk(DiskStatus.AVAILABLE), instance)).isEqualTo(ErrorCode.INVALID_DISK_ALREADY_DETACHED);
        assertThat(current(disk(DiskStatus.DETACHING), instance))
                .isEqualTo(ErrorCode.INVALID_OPERATION_DISK_DETACHING_FROM_THIS_ECS);
        assertThat(current(disk(DiskStatus.IN_USE, spec(DiskType.DATA, true), OTHER), instance))
                .isEqualTo(ErrorCode.DEPENDENCY_VIOLATION);
        assertThat(current(disk(DiskStatus.ATTACHING), instance)).isEqualTo(ErrorCode.INCORRECT_DISK_STATUS);
    }

    @Test
    void todaysRulesLetTheSystemDiskOfAStoppedInstanceGo() {
        var system = disk(DiskStatus.IN_USE, spec(DiskType.SYSTEM, false), INSTANCE);
        assertThat(current(system, instance(InstanceStatus.STOPPED))).isNull();
        assertThat(current(system, instance(InstanceStatus.RUNNING))).isEqualTo(ErrorCode.DISK_TYPE_VIOLATION);
        assertThat(answer(system, instance(InstanceStatus.STOPPED))).isEqualTo(ErrorCode.DISK_TYPE_VIOLATION);
    }

    private static @Nullable ErrorCode current(Disk disk, Instance instance) {
        return answer(Examples.world(disk, instance), disk, instance, Compatibility.CURRENT);
    }
}
