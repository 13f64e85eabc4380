package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import dev.moorage.SteppedClock;
import dev.moorage.action.Batch;
import dev.moorage.action.DiskCreation;
import dev.moorage.action.ForInstance;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Story;
import dev.moorage.domain.Transition;
import dev.moorage.view.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class InstanceActorTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(EventSourcedBehaviorTestKit.config());

    private static final DiskId DISK = new DiskId("d-1");
    private static final DiskId OTHER = new DiskId("d-2");
    private static final DiskId THIRD = new DiskId("d-3");
    private static final DiskSpec DISK_SPEC = new DiskSpec(
            "default",
            Cloud.REGION,
            Cloud.ZONE,
            DiskType.DATA,
            "cloud_ssd",
            100,
            "",
            "",
            ChargeType.POST_PAID,
            true,
            true);
    private static final InstanceSpec SPEC = new InstanceSpec(
            "default",
            Cloud.REGION,
            Cloud.ZONE,
            "web",
            "",
            "",
            "ecs.g5.large",
            "",
            "",
            "",
            ChargeType.POST_PAID,
            false);

    private static final AtomicInteger COUNT = new AtomicInteger();

    // Histories outlive a test: each has an instance of its own.
    private final InstanceId id = new InstanceId("i-" + COUNT.incrementAndGet());
    private final SteppedClock clock = new SteppedClock();
    private final World world = new World();
    private final TestProbe<Alarm.Command> alarm = AKKA.createTestProbe(Alarm.Command.class);
    private final TestProbe<Entities.Command> entities = AKKA.createTestProbe(Entities.Command.class);
    private final TestProbe<Outcome> caller = AKKA.createTestProbe(Outcome.class);
    private final EventSourcedBehaviorTestKit<InstanceActor.Command, InstanceEvent, Optional<Instance>> actor = kit(id);

    private EventSourcedBehaviorTestKit<InstanceActor.Command, InstanceEvent, Optional<Instance>> kit(InstanceId of) {
        return EventSourcedBehaviorTestKit.create(
                AKKA.system(),
                InstanceActor.create(of, Cloud.environment(world, clock), alarm.ref(), entities.ref()),
                EventSourcedBehaviorTestKit.disabledSerializationSettings());
    }

    @AfterAll
    static void stop() {
        AKKA.shutdownTestKit();
    }

    private Story story(String requestId, String cause) {
        return new Story(requestId, "testid", cause, clock.instant());
    }

    private Instance instance(InstanceStatus status, @Nullable Transition transition, List<Slot> slots) {
        return new Instance(id, SPEC, status, List.of(), slots, transition, clock.instant(), null);
    }

    private Instance running(Slot... slots) {
        return instance(InstanceStatus.RUNNING, null, List.of(slots));
    }

    private Instance stopped(Slot... slots) {
        return instance(InstanceStatus.STOPPED, null, List.of(slots));
    }

    private static Slot slot(DiskId disk, String device, String reservation) {
        return new Slot(disk, device, reservation, null);
    }

    /** The world knows that this disk holds this slot. */
    private void held(Slot slot) {
        var attachment = new Attachment(id, slot.device(), slot.reservation());
        var disk = new Disk(
                slot.diskId(), DISK_SPEC, DiskStatus.IN_USE, false, attachment, null, clock.instant(), null, null);
        world.apply(world.offset() + 1, disk.id(), new DiskEvent.Provisioned(story("fleet", "fleet"), disk));
    }

    /** The world knows that this disk is off. */
    private void off(Slot slot) {
        world.apply(world.offset() + 1, slot.diskId(), new DiskEvent.Detached(story("detach", "Detaching"), false));
    }

    /** The actor remembers this instance, whose disks hold all its slots, and was just woken. */
    private void given(Instance instance) {
        instance.slots().forEach(this::held);
        actor.initialize(new InstanceEvent.Provisioned(story("fleet", "fleet"), instance));
        if (instance.transition() != null) expectAlarm(instance.transition().due());
    }

    private void expectAlarm(Instant due) {
        Cloud.expectArm(alarm, new Alarm.Arm(id, due));
    }

    private List<InstanceEvent> told(InstanceActor.Command command) {
        return actor.runCommand(command).events();
    }

    private InstanceActor.Execute execute(String requestId, String action, String... more) {
        var arguments = new ArrayList<>(List.of("InstanceId", id.value()));
        arguments.addAll(List.of(more));
        var change = (ForInstance) Cloud.verb(requestId, action, arguments.toArray(String[]::new));
        return new InstanceActor.Execute(change, story(requestId, action), caller.ref());
    }

    private InstanceActor.Execute attach(String requestId, DiskId disk, String device) {
        return execute(requestId, "AttachDisk", "DiskId", disk.value(), "Device", device);
    }

    private InstanceActor.Reported reported(DiskId disk, @Nullable String ended, String requestId) {
        return new InstanceActor.Reported(
                new DiskActor.Report(id, disk, Optional.ofNullable(ended), story(requestId, "what it was told"), null));
    }

    /** The disk is told to decide, and to answer the caller. */
    private DiskActor.Execute expectPassedOn(DiskId disk) {
        var message = entities.expectMessageClass(Entities.ToDisk.class);
        assertThat(message.id()).isEqualTo(disk);
        assertThat(message.command()).isInstanceOf(DiskActor.Execute.class);
        var execute = (DiskActor.Execute) message.command();
        assertThat(execute.change().diskId()).isEqualTo(disk);
        assertThat(execute.via()).isEqualTo(id);
        return execute;
    }

    private void expectQuestion(DiskId disk, String reservation) {
        var message = entities.expectMessageClass(Entities.ToDisk.class);
        assertThat(message.id()).isEqualTo(disk);
        assertThat(message.command()).isInstanceOfSatisfying(DiskActor.Confirm.class, confirm -> {
            assertThat(confirm.instanceId()).isEqualTo(id);
            assertThat(confirm.reservation()).isEqualTo(reservation);
        });
    }

    private void expectCode(String code) {
        assertThat(Cloud.code(caller.expectMessageClass(Outcome.class))).isEqualTo(code);
    }

    private void expectNothingMore() {
        // Whatever the actor tells others it tells them before it can be asked for its state.
        assertThat(actor.getState()).isNotNull();
        Cloud.expectNoArm(alarm);
        entities.expectNoMessage(Duration.ZERO);
        caller.expectNoMessage(Duration.ZERO);
    }

    private List<Slot> slots() {
        return actor.getState().orElseThrow().slots();
    }

    @Test
    void keepsADeviceBeforeItPassesAnAttachOn() {
        given(running());

        var reserved = told(attach("attach", DISK, "/dev/xvdc"));

        assertThat(reserved)
                .containsExactly(new InstanceEvent.SlotReserved(story("attach", "AttachDisk"), DISK, "/dev/xvdc"));
        var passed = expectPassedOn(DISK);
        assertThat(passed.story()).isEqualTo(story("attach", "AttachDisk"));
        assertThat(passed.replyTo()).isEqualTo(caller.ref());
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdc", "attach"));
        expectNothingMore();
    }

    @Test
    void keepsTheFirstFreeDeviceWhenNoneIsAskedFor() {
        given(running(slot(OTHER, "/dev/xvdb", "earlier"), slot(THIRD, "/dev/xvdd", "earlier")));

        assertThat(told(execute("attach", "AttachDisk", "DiskId", DISK.value())))
                .containsExactly(new InstanceEvent.SlotReserved(story("attach", "AttachDisk"), DISK, "/dev/xvdc"));
    }

    @Test
    void passesADetachOnWithoutAFactOfItsOwn() {
        given(running(slot(DISK, "/dev/xvdb", "earlier")));

        assertThat(told(execute("detach", "DetachDisk", "DiskId", DISK.value())))
                .isEmpty();
        assertThat(expectPassedOn(DISK).replyTo()).isEqualTo(caller.ref());
        expectNothingMore();
    }

    @Test
    void freesTheDeviceWhenTheDiskSaysNo() {
        given(running());
        assertThat(told(attach("attach", DISK, "/dev/xvdb"))).hasSize(1);

        assertThat(told(reported(DISK, "attach", "attach")))
                .singleElement()
                .isInstanceOfSatisfying(InstanceEvent.SlotFreed.class, event -> {
                    assertThat(event.diskId()).isEqualTo(DISK);
                    assertThat(event.reservation()).isEqualTo("attach");
                    assertThat(event.story().requestId()).isEqualTo("attach");
                });
        assertThat(slots()).isEmpty();
    }

    @Test
    void keepsTheDeviceWhenTheDiskSaysYes() {
        given(running());
        assertThat(told(attach("attach", DISK, "/dev/xvdb"))).hasSize(1);

        assertThat(told(reported(DISK, null, "attach"))).isEmpty();
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdb", "attach"));
    }

    @Test
    void freesADeviceOnce() {
        given(running(slot(DISK, "/dev/xvdb", "earlier")));

        assertThat(told(reported(DISK, "earlier", "detach"))).hasSize(1);
        assertThat(told(reported(DISK, "earlier", "detach"))).isEmpty();
    }

    @Test
    void keepsADeviceWhenAnOlderReservationOfTheSameDiskEnds() {
        given(running(slot(DISK, "/dev/xvdb", "newer")));

        assertThat(told(reported(DISK, "older", "detach"))).isEmpty();
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdb", "newer"));
    }

    @Test
    void keepsADeviceWhenTheReservationOfAnotherDiskEnds() {
        given(running(slot(DISK, "/dev/xvdb", "together"), slot(OTHER, "/dev/xvdc", "together")));

        assertThat(told(reported(OTHER, "together", "detach"))).hasSize(1);
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdb", "together"));
    }

    @Test
    void keepsBothDevicesOfADiskThatIsAttachedAgainUntilTheDiskSaysNo() {
        given(running(slot(DISK, "/dev/xvdb", "earlier")));

        assertThat(told(attach("attach", DISK, "/dev/xvdc"))).hasSize(1);
        expectPassedOn(DISK);
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdb", "earlier"), slot(DISK, "/dev/xvdc", "attach"));
        assertThat(told(reported(DISK, "attach", "attach"))).hasSize(1);
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdb", "earlier"));
    }

    @Test
    void saysNoToADeviceThatIsHeld() {
        given(running(slot(OTHER, "/dev/xvdb", "earlier")));

        assertThat(told(attach("attach", DISK, "/dev/xvdb"))).isEmpty();
        expectCode("InvalidDevice.InUse");
        expectNothingMore();
    }

    @Test
    void asksADiskThatHasNotAnsweredYetOnlyIfItIsInTheWay() {
        given(running());
        assertThat(told(attach("first", OTHER, "/dev/xvdb"))).hasSize(1);
        expectPassedOn(OTHER);
        assertThat(told(attach("second", THIRD, "/dev/xvdc"))).hasSize(1);
        expectPassedOn(THIRD);

        assertThat(told(attach("third", DISK, "/dev/xvdb"))).isEmpty();
        expectQuestion(OTHER, "first");
        expectQuestion(THIRD, "second");
        assertThat(told(reported(THIRD, null, "third"))).isEmpty();
        expectNothingMore();
        assertThat(told(reported(OTHER, null, "third"))).isEmpty();

        expectCode("InvalidDevice.InUse");
        assertThat(slots()).containsExactly(slot(OTHER, "/dev/xvdb", "first"), slot(THIRD, "/dev/xvdc", "second"));
        expectNothingMore();
    }

    @Test
    void takesADeviceThatADiskThatHadNotAnsweredYetDoesNotHold() {
        given(running());
        assertThat(told(attach("first", OTHER, "/dev/xvdb"))).hasSize(1);
        expectPassedOn(OTHER);

        assertThat(told(attach("second", DISK, "/dev/xvdb"))).isEmpty();
        expectQuestion(OTHER, "first");
        actor.runCommand(reported(OTHER, "first", "second"));

        expectPassedOn(DISK);
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdb", "second"));
        expectNothingMore();
    }

    @Test
    void asksADiskThatSeemsToBeOffAndAdmitsIfItIs() {
        var slot = slot(OTHER, "/dev/xvdb", "earlier");
        given(running(slot));
        off(slot);

        assertThat(told(attach("attach", DISK, "/dev/xvdb"))).isEmpty();
        expectQuestion(OTHER, "earlier");
        expectNothingMore();
        assertThat(told(reported(OTHER, "earlier", "attach"))).first().isInstanceOf(InstanceEvent.SlotFreed.class);

        expectPassedOn(DISK);
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdb", "attach"));
        expectNothingMore();
    }

    @Test
    void asksADiskThatSeemsToBeOffAndSaysNoIfItIsNot() {
        var slot = slot(OTHER, "/dev/xvdb", "earlier");
        given(running(slot));
        off(slot);

        assertThat(told(attach("attach", DISK, "/dev/xvdb"))).isEmpty();
        expectQuestion(OTHER, "earlier");
        assertThat(told(reported(OTHER, null, "attach"))).isEmpty();

        expectCode("InvalidDevice.InUse");
        assertThat(slots()).containsExactly(slot);
        expectNothingMore();
    }

    @Test
    void waitsForAllDisksThatSeemToBeOff() {
        var first = slot(OTHER, "/dev/xvdb", "earlier");
        var second = slot(THIRD, "/dev/xvdc", "earlier");
        given(running(first, second));
        off(first);
        off(second);

        assertThat(told(attach("attach", DISK, "/dev/xvdd"))).isEmpty();
        expectQuestion(OTHER, "earlier");
        expectQuestion(THIRD, "earlier");
        assertThat(told(reported(THIRD, "earlier", "attach"))).hasSize(1);
        expectNothingMore();
        actor.runCommand(reported(OTHER, "earlier", "attach"));

        expectPassedOn(DISK);
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdd", "attach"));
    }

    private static List<Slot> sixteenSlots() {
        var slots = new ArrayList<Slot>();
        for (int i = 0; i < 16; i++) slots.add(slot(new DiskId("d-full" + i), "/dev/xvd" + (char) ('b' + i), "full"));
        return slots;
    }

    @Test
    void hasRoomForSixteen() {
        given(running(sixteenSlots().toArray(Slot[]::new)));

        assertThat(told(attach("attach", DISK, "/dev/xvdz"))).isEmpty();
        expectCode("InstanceDiskLimitExceeded");
        expectNothingMore();
    }

    @Test
    void hasRoomAgainOnceOneOfSixteenIsOff() {
        var slots = sixteenSlots();
        given(running(slots.toArray(Slot[]::new)));
        off(slots.get(7));

        assertThat(told(attach("attach", DISK, "/dev/xvdz"))).isEmpty();
        expectQuestion(slots.get(7).diskId(), "full");
        actor.runCommand(reported(slots.get(7).diskId(), "full", "attach"));

        expectPassedOn(DISK);
        assertThat(slots()).hasSize(16).contains(slot(DISK, "/dev/xvdz", "attach"));
    }

    @Test
    void isReleasedAndAnswersOnceAllItsDisksHaveReported() {
        given(stopped(
                slot(DISK, "/dev/xvdb", "first"),
                slot(OTHER, "/dev/xvdc", "second"),
                slot(THIRD, "/dev/xvdd", "third")));

        assertThat(told(execute("release", "DeleteInstance")))
                .containsExactly(new InstanceEvent.Released(story("release", "DeleteInstance")));
        expectPassedOn(DISK);
        expectPassedOn(OTHER);
        expectPassedOn(THIRD);
        expectNothingMore();

        assertThat(told(reported(THIRD, "third", "release"))).hasSize(1);
        expectNothingMore();
        // Of another call, so it is not the answer that is waited for.
        assertThat(told(reported(DISK, null, "attach"))).isEmpty();
        expectNothingMore();
        // Still being detached: it frees its device later.
        assertThat(told(reported(OTHER, null, "release"))).isEmpty();
        expectNothingMore();
        assertThat(told(reported(DISK, "first", "release"))).hasSize(1);
        expectCode("OK");
        assertThat(slots()).containsExactly(slot(OTHER, "/dev/xvdc", "second"));
        assertThat(told(reported(OTHER, "second", "detach"))).hasSize(1);
        assertThat(slots()).isEmpty();
        expectNothingMore();
    }

    @Test
    void isReleasedAtOnceWhenItHasNoDisks() {
        given(stopped());

        assertThat(told(execute("release", "DeleteInstance"))).hasSize(1);
        expectCode("OK");
        expectNothingMore();
    }

    @Test
    void repeatsItsOrdersWhenItIsWokenAfterItWasReleased() {
        given(stopped(slot(DISK, "/dev/xvdb", "first"), slot(OTHER, "/dev/xvdc", "second")));
        assertThat(told(execute("release", "DeleteInstance"))).hasSize(1);
        expectPassedOn(DISK);
        expectPassedOn(OTHER);
        assertThat(told(reported(DISK, "first", "release"))).hasSize(1);

        actor.restart();

        assertThat(expectPassedOn(OTHER).story().requestId()).isEqualTo("release");
        expectNothingMore();
        assertThat(told(reported(OTHER, "second", "release"))).hasSize(1);
        actor.restart();
        expectNothingMore();
    }

    private InstanceActor.Execute replace(String requestId) {
        var execute = execute(requestId, "ReplaceSystemDisk", "ImageId", "m-2", "ClientToken", "once");
        var routed = (ForInstance) execute.change().routed(world.of("default"));
        return new InstanceActor.Execute(routed, execute.story(), execute.replyTo());
    }

    @Test
    void replacesItsSystemDiskAndAnswersOnceBothDisksHaveReported() {
        var system = slot(DISK, "/dev/xvda", "first");
        givenKnown(stopped(system, slot(OTHER, "/dev/xvdb", "second")));

        var events = told(replace("replace"));

        assertThat(events).singleElement().isInstanceOf(InstanceEvent.SystemDiskReplaced.class);
        var by = slots().get(0);
        assertThat(by.device()).isEqualTo("/dev/xvda");
        assertThat(actor.getState().orElseThrow().leaving()).containsExactly(system);
        expectPassedOn(DISK);
        expectPassedOn(by.diskId());
        assertThat(told(reported(by.diskId(), null, "replace"))).isEmpty();
        expectNothingMore();
        assertThat(told(reported(DISK, "first", "replace")))
                .singleElement()
                .isInstanceOf(InstanceEvent.SlotFreed.class);
        expectCode("OK");
        assertThat(actor.getState().orElseThrow().leaving()).isEmpty();
        expectNothingMore();
    }

    @Test
    void repeatsItsOrdersWhenItIsWokenWhileItsSystemDiskIsReplaced() {
        givenKnown(stopped(slot(DISK, "/dev/xvda", "first")));
        assertThat(told(replace("replace"))).hasSize(1);
        var by = slots().get(0).diskId();
        expectPassedOn(DISK);
        expectPassedOn(by);

        actor.restart();

        expectPassedOn(DISK);
        expectPassedOn(by);
        expectNothingMore();
        // The old one went before, and its report was lost.
        off(slot(DISK, "/dev/xvda", "first"));
        actor.restart();
        expectPassedOn(DISK);
        expectPassedOn(by);
        expectQuestion(DISK, "first");
        assertThat(told(reported(DISK, "first", "first"))).hasSize(1);
        assertThat(actor.getState().orElseThrow().leaving()).isEmpty();
    }

    /** As {@link #given}; and the world knows the instance too. */
    private void givenKnown(Instance instance) {
        given(instance);
        world.apply(world.offset() + 1, id, new InstanceEvent.Provisioned(story("fleet", "fleet"), instance));
    }

    @Test
    void asksForItsDevicesThatNobodySeemsToHoldWhenItIsWoken() {
        given(running(slot(DISK, "/dev/xvdb", "first")));
        assertThat(told(attach("attach", OTHER, "/dev/xvdc"))).hasSize(1);
        expectPassedOn(OTHER);

        actor.restart();

        expectQuestion(OTHER, "attach");
        expectNothingMore();
        assertThat(told(reported(OTHER, "attach", "attach"))).hasSize(1);
        assertThat(slots()).containsExactly(slot(DISK, "/dev/xvdb", "first"));
    }

    @Test
    void stopsWhenItIsDue() {
        given(running());

        var due = clock.instant().plusSeconds(5);
        assertThat(told(execute("stop", "StopInstance")))
                .containsExactly(new InstanceEvent.Stopping(story("stop", "StopInstance"), due));
        expectCode("OK");
        expectAlarm(due);
        clock.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(told(InstanceActor.Due.DUE)).isEmpty();
        expectAlarm(due);
        clock.advance(Duration.ofNanos(1));
        assertThat(told(InstanceActor.Due.DUE))
                .containsExactly(new InstanceEvent.Stopped(story("stop", "instance.stopping")));
        assertThat(told(InstanceActor.Due.DUE)).isEmpty();
        expectNothingMore();
    }

    @Test
    void startsWhenItIsDue() {
        given(stopped());

        var due = clock.instant().plusSeconds(4);
        assertThat(told(execute("start", "StartInstance")))
                .containsExactly(new InstanceEvent.Starting(story("start", "StartInstance"), due));
        expectCode("OK");
        expectAlarm(due);
        clock.advance(Duration.ofSeconds(4));
        assertThat(told(InstanceActor.Due.DUE))
                .containsExactly(new InstanceEvent.Started(story("start", "instance.starting")));
        assertThat(actor.getState().orElseThrow().startedAt()).isEqualTo(clock.instant());
        expectNothingMore();
    }

    @Test
    void setsItsAlarmAgainWhenItIsWoken() {
        var due = clock.instant().plusSeconds(5);
        given(instance(
                InstanceStatus.STOPPING,
                new Transition(due, story("stop", "StopInstance"), "instance.stopping"),
                List.of()));

        actor.restart();

        expectAlarm(due);
        expectNothingMore();
    }

    @Test
    void leavesNoFactWhenItSaysNo() {
        given(running());

        assertThat(told(execute("start", "StartInstance"))).isEmpty();
        expectCode("IncorrectInstanceStatus");
        assertThat(told(execute("release", "DeleteInstance"))).isEmpty();
        expectCode("IncorrectInstanceStatus");
        assertThat(told(execute("stop", "StopInstance", "DryRun", "true"))).isEmpty();
        expectCode("DryRunOperation");
        expectNothingMore();
    }

    @Test
    void leavesNoTraceOfAnInstanceThatNeverWas() {
        actor.clear();

        assertThat(told(execute("stop", "StopInstance"))).isEmpty();
        expectCode("InvalidInstanceId.NotFound");
        assertThat(told(attach("attach", DISK, "/dev/xvdb"))).isEmpty();
        expectCode("InvalidInstanceId.NotFound");
        assertThat(told(reported(DISK, "attach", "attach"))).isEmpty();
        assertThat(told(InstanceActor.Due.DUE)).isEmpty();
        assertThat(told(InstanceActor.Wake.WAKE)).isEmpty();
        assertThat(actor.getState()).isEmpty();
        expectNothingMore();
    }

    @Test
    void isMadeWithItsDisksAndAnswersOnceTheyAreThere() {
        var batch = (Batch) Cloud.verb(
                "run",
                "RunInstances",
                "RegionId",
                Cloud.REGION,
                "ImageId",
                "m-1",
                "InstanceType",
                "ecs.g5.large",
                "DataDisk.1.Size",
                "100");
        var one = (ForInstance) batch.parts().get(0);
        var made = kit(one.instanceId());
        made.clear();

        var created = made.runCommand(new InstanceActor.Execute(one, story("run", "RunInstances"), caller.ref()));

        var creating = created.eventOfType(InstanceEvent.Creating.class);
        assertThat(creating.due()).isEqualTo(clock.instant().plusSeconds(3));
        assertThat(creating.slots()).extracting(Slot::device).containsExactly("/dev/xvda", "/dev/xvdb");
        Cloud.expectArm(alarm, new Alarm.Arm(one.instanceId(), creating.due()));
        expectMade(creating, one.instanceId());
        caller.expectNoMessage(Duration.ZERO);

        // Cut short before the disks were heard of: they are told again.
        made.restart();
        Cloud.expectArm(alarm, new Alarm.Arm(one.instanceId(), creating.due()));
        expectMade(creating, one.instanceId());
        entities.expectNoMessage(Duration.ZERO);

        clock.advance(Duration.ofSeconds(3));
        assertThat(made.runCommand(InstanceActor.Due.DUE).events())
                .containsExactly(new InstanceEvent.Starting(
                        story("run", "instance.creating"), clock.instant().plusSeconds(4)));
        // Even now it still knows what it is to be made with, and forgets it when it runs.
        made.restart();
        expectMade(creating, one.instanceId());
        clock.advance(Duration.ofSeconds(4));
        // Due before its disks are there, which nobody but a crash brings about: it tells them again, and waits.
        assertThat(made.runCommand(InstanceActor.Due.DUE).hasNoEvents()).isTrue();
        expectMade(creating, one.instanceId());
        for (var slot : creating.slots()) {
            var spec = Objects.requireNonNull(slot.plan()).spec();
            world.apply(
                    world.offset() + 1,
                    slot.diskId(),
                    new DiskEvent.Creating(
                            story("run", "RunInstances"), slot.diskId(), spec, true, null, creating.due()));
            var report = new DiskActor.Report(
                    one.instanceId(), slot.diskId(), Optional.empty(), story("run", "Creating"), null);
            entities.expectNoMessage(Duration.ZERO);
            made.runCommand(new InstanceActor.Reported(report));
        }
        // By way of the one who wakes it, should it have been told to leave meanwhile.
        entities.expectMessage(new Entities.Due(one.instanceId()));
        assertThat(made.runCommand(InstanceActor.Due.DUE).events())
                .containsExactly(new InstanceEvent.Started(story("run", "instance.starting")));
        assertThat(made.getState().orElseThrow().slots()).extracting(Slot::plan).containsOnlyNulls();
    }

    private void expectMade(InstanceEvent.Creating creating, InstanceId instanceId) {
        for (var slot : creating.slots()) {
            var message = entities.expectMessageClass(Entities.ToDisk.class);
            assertThat(message.id()).isEqualTo(slot.diskId());
            assertThat(message.command()).isInstanceOfSatisfying(DiskActor.Execute.class, execute -> {
                assertThat(execute.via()).isEqualTo(instanceId);
                assertThat(execute.change()).isInstanceOf(DiskCreation.class);
            });
        }
    }

    @Test
    void answersAMakingOnceAllItsDisksHaveReported() {
        var batch = (Batch) Cloud.verb(
                "run",
                "RunInstances",
                "RegionId",
                Cloud.REGION,
                "ImageId",
                "m-1",
                "InstanceType",
                "t",
                "DataDisk.1.Size",
                "100");
        var one = (ForInstance) batch.parts().get(0);
        var made = kit(one.instanceId());
        made.clear();
        var slots = made.runCommand(new InstanceActor.Execute(one, story("run", "RunInstances"), caller.ref()))
                .eventOfType(InstanceEvent.Creating.class)
                .slots();
        for (var slot : slots) {
            caller.expectNoMessage(Duration.ZERO);
            var report = new DiskActor.Report(
                    one.instanceId(), slot.diskId(), Optional.empty(), story("run", "Creating"), null);
            assertThat(made.runCommand(new InstanceActor.Reported(report)).hasNoEvents())
                    .isTrue();
        }

        expectCode("OK");
        assertThat(made.getState().orElseThrow().slots()).isEqualTo(slots);
    }

    @Test
    void leavesMemoryWhenItIsToldTo() {
        var other = AKKA.createTestProbe(Entities.Command.class);
        var there = AKKA.spawn(InstanceActor.create(
                new InstanceId("i-there"), Cloud.environment(world, clock), alarm.ref(), other.ref()));

        there.tell(InstanceActor.Stop.STOP);

        other.expectTerminated(there);
    }
}
