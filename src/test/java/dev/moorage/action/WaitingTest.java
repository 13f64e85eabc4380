package dev.moorage.action;

import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.SNAPSHOT;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.spec;
import static dev.moorage.action.Examples.verb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.SnapshotId;
import dev.moorage.view.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to be the calls that something takes are those that the verbs let through. */
class WaitingTest {
    private static final Conditions CONDITIONS = conditions(Compatibility.Y2018);
    private static final Set<DiskStatus> AT_REST = Set.of(DiskStatus.AVAILABLE, DiskStatus.IN_USE);

    private static List<String> calls(Waiting waiting) {
        return waiting instanceof Waiting.ForCall call ? call.actions() : List.of();
    }

    static Stream<Arguments> disks() {
        var all = new ArrayList<Arguments>();
        for (var status : DiskStatus.values()) {
            for (var spec : List.of(
                    spec(DiskType.DATA, true),
                    spec(DiskType.DATA, false),
                    spec(DiskType.DATA, true).withSourceSnapshotId(SNAPSHOT.value()),
                    spec(DiskType.DATA, false).withCategory("local_ssd_pro"),
                    spec(DiskType.SYSTEM, false))) {
                for (var on : InstanceStatus.values()) {
                    all.add(Arguments.of(disk(status, spec, INSTANCE), instance(on)));
                    all.add(Arguments.of(disk(status, spec, INSTANCE), instance(on, LockReason.SECURITY)));
                    all.add(Arguments.of(disk(status, spec, INSTANCE), instance(on, LockReason.FINANCIAL)));
                    var snapped = Examples.withSnapshot(disk(status, spec, INSTANCE), SNAPSHOT);
                    all.add(Arguments.of(snapped, instance(on)));
                    all.add(Arguments.of(
                            Examples.withSnapshotUnderWay(snapped, new SnapshotId("s-another")), instance(on)));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("disks")
    void aDiskTakesTheCallsThatAreNamed(Disk disk, Instance instance) {
        var named = calls(Waiting.of(Examples.world(disk, instance), disk));

        var taken = Stream.of("AttachDisk", "DetachDisk", "ReInitDisk", "ResetDisk", "DeleteDisk")
                .filter(action -> takes(action, disk, instance))
                .toList();
        assertThat(named).filteredOn(action -> !action.equals("DeleteInstance")).isEqualTo(taken);
    }

    @Test
    void aSharedDiskIsNotReInited() {
        var shared = disk(DiskStatus.IN_USE, spec(DiskType.DATA, true).withMultiAttach(true), INSTANCE);
        var stopped = instance(InstanceStatus.STOPPED);
        assertThat(calls(Waiting.of(Examples.world(shared, stopped), shared))).doesNotContain("ReInitDisk");
        assertThat(takes("ReInitDisk", shared, stopped)).isFalse();
    }

    private static boolean takes(String action, Disk disk, Instance instance) {
        if (!AT_REST.contains(disk.status())) return false;
        var verb = verb(
                action, "InstanceId", INSTANCE.value(), "DiskId", disk.id().value(), "SnapshotId", SNAPSHOT.value());
        if (verb instanceof GatedDiskChange gated)
            return Verdict.of(gated, disk, instance).code() == null;
        if (action.equals("AttachDisk")) {
            // Onto an instance that has room for it: of this one the devices are all free.
            var roomy = instance(InstanceStatus.RUNNING, List.of());
            return isTaken(((InstanceChange) verb).admit(roomy, CONDITIONS), disk);
        }
        return verb instanceof InstanceChange passing
                ? isTaken(passing.admit(instance, CONDITIONS), disk)
                : ((DiskChange) verb).decide(disk, CONDITIONS) instanceof Decision.Accepted;
    }

    private static boolean isTaken(Admission admission, Disk disk) {
        return admission instanceof Admission.PassedOn on
                && on.to().decide(disk, CONDITIONS) instanceof Decision.Accepted;
    }

    static Stream<Instance> instances() {
        return Stream.of(InstanceStatus.values())
                .flatMap(status -> Stream.of(
                        instance(status),
                        prePaid(instance(status)),
                        prePaid(instance(status, LockReason.FINANCIAL)),
                        instance(status, List.of()),
                        instance(status, LockReason.SECURITY),
                        instance(status, LockReason.FINANCIAL)));
    }

    private static Instance prePaid(Instance instance) {
        return instance.withSpec(instance.spec().withChargeType(ChargeType.PRE_PAID));
    }

    @ParameterizedTest
    @MethodSource("instances")
    void anInstanceTakesTheCallsThatAreNamed(Instance instance) {
        var disk = disk(instance.slots().isEmpty() ? DiskStatus.AVAILABLE : DiskStatus.IN_USE);

        var taken = Stream.of(
                        "StopInstance", "RebootInstance", "StartInstance", "AttachDisk", "DetachDisk", "DeleteInstance")
                .filter(action -> !instance.isReleased() && admits(action, instance, disk))
                .toList();
        assertThat(calls(Waiting.of(instance))).isEqualTo(taken);
    }

    private static boolean admits(String action, Instance instance, Disk disk) {
        if (action.equals("DetachDisk") && instance.slots().isEmpty()) return false;
        var verb = verb(
                action,
                "InstanceId",
                INSTANCE.value(),
                "DiskId",
                disk.id().value(),
                "Force",
                "true",
                "TerminateSubscription",
                "true");
        return !(((InstanceChange) verb).admit(instance, CONDITIONS) instanceof Admission.Rejected);
    }
}
