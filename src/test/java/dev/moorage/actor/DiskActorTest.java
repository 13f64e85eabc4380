package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import dev.moorage.SteppedClock;
import dev.moorage.action.Admission;
import dev.moorage.action.Compatibility;
import dev.moorage.action.Conditions;
import dev.moorage.action.DiskOrders;
import dev.moorage.action.ForDisk;
import dev.moorage.action.InstanceChange;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
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
import dev.moorage.domain.Rule;
import dev.moorage.domain.RuleEffect;
import dev.moorage.domain.RuleLimits;
import dev.moorage.domain.RuleMatch;
import dev.moorage.domain.Slot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Stamp;
import dev.moorage.domain.Story;
import dev.moorage.domain.Tags;
import dev.moorage.domain.Transition;
import dev.moorage.view.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DiskActorTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(EventSourcedBehaviorTestKit.config());

    private static final SnapshotId SNAPSHOT = new SnapshotId("s-1");
    private static final InstanceId INSTANCE = new InstanceId("i-1");
    private static final String RESERVATION = "the attach before";
    private static final Attachment ATTACHMENT = new Attachment(INSTANCE, "/dev/xvdb", RESERVATION);
    private static final DiskSpec SPEC = new DiskSpec(
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
    private static final InstanceSpec INSTANCE_SPEC = new InstanceSpec(
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

    // Histories outlive a test: each has a disk of its own.
    private final DiskId id = new DiskId("d-" + COUNT.incrementAndGet());
    private final SteppedClock clock = new SteppedClock();
    private final World world = new World();
    private final TestProbe<Alarm.Command> alarm = AKKA.createTestProbe(Alarm.Command.class);
    private final TestProbe<Entities.Command> entities = AKKA.createTestProbe(Entities.Command.class);
    private final TestProbe<Outcome> caller = AKKA.createTestProbe(Outcome.class);
    private final EventSourcedBehaviorTestKit<DiskActor.Command, DiskEvent, Optional<Disk>> actor =
            EventSourcedBehaviorTestKit.create(
                    AKKA.system(),
                    DiskActor.create(id, Cloud.environment(world, clock), alarm.ref(), entities.ref()),
                    EventSourcedBehaviorTestKit.disabledSerializationSettings());

    @AfterAll
    static void stop() {
        AKKA.shutdownTestKit();
    }

    private Story story(String requestId, String cause) {
        return new Story(requestId, "testid", cause, clock.instant());
    }

    private Disk disk(DiskStatus status, @Nullable Attachment attachment, @Nullable Transition transition) {
        return new Disk(id, SPEC, status, false, attachment, transition, clock.instant(), null, null);
    }

    private Disk available() {
        return disk(DiskStatus.AVAILABLE, null, null);
    }

    private Disk inUse() {
        return disk(DiskStatus.IN_USE, ATTACHMENT, null);
    }

    private Transition detach(Duration rest) {
        return new Transition(clock.instant().plus(rest), story("detach", "DetachDisk"), "disk.detaching");
    }

    private Disk detaching() {
        return disk(DiskStatus.DETACHING, ATTACHMENT, detach(Duration.ofSeconds(60)));
    }

    /** The actor remembers this disk, and was just woken. */
    private void given(Disk disk) {
        actor.initialize(new DiskEvent.Provisioned(story("fleet", "fleet"), disk));
        if (disk.transition() != null) expectAlarm(disk.transition().due());
    }

    private void expectAlarm(Instant due) {
        Cloud.expectArm(alarm, new Alarm.Arm(id, due));
    }

    private List<DiskEvent> told(DiskActor.Command command) {
        return actor.runCommand(command).events();
    }

    private void expectReport(Optional<String> ended, String requestId) {
        var report = entities.expectMessageClass(Entities.Reported.class).report();
        assertThat(report.to()).isEqualTo(INSTANCE);
        assertThat(report.diskId()).isEqualTo(id);
        assertThat(report.ended()).isEqualTo(ended);
        assertThat(report.story().requestId()).isEqualTo(requestId);
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

    private Instance instance(InstanceStatus status, Slot... slots) {
        return new Instance(INSTANCE, INSTANCE_SPEC, status, List.of(), List.of(slots), null, clock.instant(), null);
    }

    /** What the instance passes on to the disk for a call. */
    private DiskActor.Execute passedOn(String requestId, String action) {
        var verb = (InstanceChange) Cloud.verb(requestId, action, "InstanceId", INSTANCE.value(), "DiskId", id.value());
        var story = story(requestId, action);
        var conditions = new Conditions(story, Cloud.DURATIONS, Compatibility.Y2018, true);
        var passed = (Admission.PassedOn) verb.admit(instance(InstanceStatus.RUNNING), conditions);
        return new DiskActor.Execute(passed.to(), story, caller.ref(), INSTANCE);
    }

    /** What the instance orders its disk when it is released. */
    private DiskActor.Execute letGo() {
        var released = instance(InstanceStatus.RELEASED, new Slot(id, ATTACHMENT.device(), RESERVATION, null));
        var order = DiskOrders.of(released).get(0);
        return new DiskActor.Execute(order, story("release", "DeleteInstance"), caller.ref(), INSTANCE);
    }

    private DiskActor.Execute execute(String requestId, String action, String... arguments) {
        var change = (ForDisk) Cloud.verb(requestId, action, arguments);
        return new DiskActor.Execute(change, story(requestId, action), caller.ref(), null);
    }

    private DiskActor.Execute createDisk(String requestId) {
        return execute(requestId, "CreateDisk", "RegionId", Cloud.REGION, "ZoneId", Cloud.ZONE, "Size", "100");
    }

    @Test
    void isCreatedAndReadyWhenItIsDue() {
        var creating = told(createDisk("create"));

        var due = clock.instant().plusSeconds(1);
        assertThat(creating).singleElement().isInstanceOfSatisfying(DiskEvent.Creating.class, event -> {
            assertThat(event.due()).isEqualTo(due);
            assertThat(event.story()).isEqualTo(story("create", "CreateDisk"));
        });
        expectCode("OK");
        expectAlarm(due);
        clock.advance(Duration.ofSeconds(1));
        assertThat(told(DiskActor.Due.DUE)).containsExactly(new DiskEvent.Created(story("create", "disk.creating")));
        assertThat(actor.getState().orElseThrow().status()).isEqualTo(DiskStatus.AVAILABLE);
        expectNothingMore();
    }

    @Test
    void isCreatedOnceWhenItIsToldSoTwice() {
        var command = createDisk("create");
        assertThat(told(command)).hasSize(1);
        assertThat(told(command)).isEmpty();

        expectCode("OK");
        expectCode("OK");
    }

    @Test
    void isAttachedWhenItIsDue() {
        given(available());

        var attaching = told(passedOn("attach", "AttachDisk"));

        var due = clock.instant().plusSeconds(2);
        var attachment = new Attachment(INSTANCE, "/dev/xvdb", "attach");
        assertThat(attaching)
                .containsExactly(new DiskEvent.Attaching(story("attach", "AttachDisk"), attachment, false, due));
        expectCode("OK");
        expectReport(Optional.empty(), "attach");
        expectAlarm(due);
        clock.advance(Duration.ofSeconds(2));
        assertThat(told(DiskActor.Due.DUE)).containsExactly(new DiskEvent.Attached(story("attach", "disk.attaching")));
        assertThat(actor.getState().orElseThrow().status()).isEqualTo(DiskStatus.IN_USE);
        assertThat(actor.getState().orElseThrow().attachment()).isEqualTo(attachment);
        expectNothingMore();
    }

    @Test
    void isDetachedWhenItIsDueAndSaysSoToItsInstance() {
        given(inUse());

        var detaching = told(passedOn("detach", "DetachDisk"));

        var due = clock.instant().plusSeconds(60);
        assertThat(detaching).containsExactly(new DiskEvent.Detaching(story("detach", "DetachDisk"), false, due));
        expectCode("OK");
        expectReport(Optional.empty(), "detach");
        expectAlarm(due);
        clock.advance(Duration.ofSeconds(60));
        assertThat(told(DiskActor.Due.DUE))
                .containsExactly(new DiskEvent.Detached(story("detach", "disk.detaching"), false));
        expectReport(Optional.of(RESERVATION), "detach");
        assertThat(actor.getState().orElseThrow().status()).isEqualTo(DiskStatus.AVAILABLE);
        assertThat(actor.getState().orElseThrow().attachment()).isNull();
        expectNothingMore();
    }

    @Test
    void saysToTheAlarmThatItHasEndedBeforeItsInstanceHears() {
        given(detaching());
        clock.advance(Duration.ofSeconds(60));

        told(DiskActor.Due.DUE);

        assertThat(alarm.receiveSeveralMessages(1)).containsExactly(new Alarm.Ended(id, Set.of(INSTANCE)));
    }

    @Test
    void isInUseAgainWhenItsDetachFailsLate() {
        given(inUse());
        var rule = new Rule(
                "r-1",
                "",
                RuleMatch.ofCalls(List.of("DetachDisk"), List.of(), List.of()),
                RuleEffect.ofError(""),
                RuleLimits.NONE);
        world.apply(0, ControlsId.CONTROLS, new ControlsEvent.RuleAdded(story("rule", "rules"), rule));
        var stamp = new Stamp("r-1", "", "", true);
        var change = passedOn("fails", "DetachDisk");
        told(new DiskActor.Execute(change.change(), change.story().stamped(stamp), change.replyTo(), change.via()));
        clock.advance(Duration.ofSeconds(60));

        assertThat(told(DiskActor.Due.DUE))
                .containsExactly(new DiskEvent.DetachFailed(
                        story("fails", "disk.detaching").stamped(stamp)));
        var disk = actor.getState().orElseThrow();
        assertThat(disk.status()).isEqualTo(DiskStatus.IN_USE);
        assertThat(disk.isAttachedTo(INSTANCE)).isTrue();
        assertThat(disk.transition()).isNull();
    }

    @Test
    void goesOnWaitingWhenItIsWokenTooEarly() {
        given(detaching());
        var due = clock.instant().plusSeconds(60);
        clock.advance(Duration.ofSeconds(60).minusNanos(1));

        assertThat(told(DiskActor.Due.DUE)).isEmpty();
        expectAlarm(due);
        expectNothingMore();
    }

    @Test
    void endsOnceWhenItIsWokenTwice() {
        given(detaching());
        clock.advance(Duration.ofSeconds(60));

        assertThat(told(DiskActor.Due.DUE)).hasSize(1);
        expectReport(Optional.of(RESERVATION), "detach");
        assertThat(told(DiskActor.Due.DUE)).isEmpty();
        expectNothingMore();
    }

    @Test
    void endsLateWhenItIsWokenLate() {
        given(detaching());
        clock.advance(Duration.ofDays(3));

        assertThat(told(DiskActor.Due.DUE))
                .containsExactly(new DiskEvent.Detached(story("detach", "disk.detaching"), false));
    }

    @Test
    void leavesNoFactWhenItSaysNo() {
        given(available());
        assertThat(told(passedOn("detach", "DetachDisk"))).isEmpty();
        expectCode("DependencyViolation");
        expectReport(Optional.of("detach"), "detach");

        given(inUse());
        assertThat(told(passedOn("attach", "AttachDisk"))).isEmpty();
        expectCode("IncorrectDiskStatus");
        expectReport(Optional.of("attach"), "attach");

        given(detaching());
        assertThat(told(passedOn("again", "DetachDisk"))).isEmpty();
        expectCode("IncorrectDiskStatus");
        expectReport(Optional.of("again"), "again");
        assertThat(actor.getState()).contains(detaching());
        expectNothingMore();
    }

    @Test
    void isDeletedWhileItIsOnNoInstance() {
        given(available());

        assertThat(told(execute("delete", "DeleteDisk", "DiskId", id.value())))
                .containsExactly(new DiskEvent.Released(story("delete", "DeleteDisk")));
        expectCode("OK");
        expectNothingMore();
    }

    @Test
    void isNoMoreOnceItIsReleased() {
        var released = disk(DiskStatus.RELEASED, null, null);
        world.apply(
                0, INSTANCE, new InstanceEvent.Provisioned(story("fleet", "fleet"), instance(InstanceStatus.RUNNING)));
        world.apply(1, id, new DiskEvent.Provisioned(story("fleet", "fleet"), released));
        given(released);

        assertThat(told(passedOn("detach", "DetachDisk"))).isEmpty();
        expectCode("InvalidDiskId.Released");
        expectReport(Optional.of("detach"), "detach");
        assertThat(told(passedOn("attach", "AttachDisk"))).isEmpty();
        expectCode("InvalidDiskId.NotFound");
        expectReport(Optional.of("attach"), "attach");
        assertThat(told(execute("delete", "DeleteDisk", "DiskId", id.value()))).isEmpty();
        expectCode("OK");
        assertThat(told(DiskActor.Due.DUE)).isEmpty();
        expectNothingMore();
    }

    @Test
    void leavesNoTraceOfADiskThatNeverWas() {
        actor.clear();

        assertThat(told(passedOn("detach", "DetachDisk"))).isEmpty();
        assertThat(caller.receiveMessage()).isInstanceOf(Rejection.class);
        expectReport(Optional.of("detach"), "detach");
        assertThat(told(execute("delete", "DeleteDisk", "DiskId", id.value()))).isEmpty();
        expectCode("OK");
        assertThat(told(DiskActor.Due.DUE)).isEmpty();
        assertThat(told(new DiskActor.Confirm(INSTANCE, "attach", story("attach", "Recovered"))))
                .isEmpty();
        expectReport(Optional.of("attach"), "attach");
        assertThat(actor.getState()).isEmpty();
        expectNothingMore();
    }

    @Test
    void setsItsAlarmAgainWhenItIsWoken() {
        given(detaching());
        var due = clock.instant().plusSeconds(60);
        clock.advance(Duration.ofSeconds(30));

        assertThat(actor.restart().state())
                .map(Disk::transition)
                .map(Transition::due)
                .contains(due);
        expectAlarm(due);
        expectNothingMore();
    }

    @Test
    void setsNoAlarmWhenItIsWokenAndNothingIsUnderWay() {
        given(inUse());

        assertThat(actor.restart().state()).contains(inUse());
        expectNothingMore();
    }

    @Test
    void confirmsWhatItHoldsAndNothingElse() {
        given(inUse());

        assertThat(told(new DiskActor.Confirm(INSTANCE, RESERVATION, story("ask", "AttachDisk"))))
                .isEmpty();
        expectReport(Optional.empty(), "ask");
        assertThat(told(new DiskActor.Confirm(INSTANCE, "another", story("ask", "AttachDisk"))))
                .isEmpty();
        expectReport(Optional.of("another"), "ask");
        expectNothingMore();
    }

    @Test
    void holdsItsDeviceUntilItIsDetached() {
        given(detaching());
        var ask = new DiskActor.Confirm(INSTANCE, RESERVATION, story("ask", "AttachDisk"));
        assertThat(told(ask)).isEmpty();
        expectReport(Optional.empty(), "ask");
        clock.advance(Duration.ofSeconds(60));
        assertThat(told(DiskActor.Due.DUE)).hasSize(1);
        expectReport(Optional.of(RESERVATION), "detach");

        assertThat(told(ask)).isEmpty();
        expectReport(Optional.of(RESERVATION), "ask");
    }

    @Test
    void goesWithItsInstanceOrStaysAsItsFlagSays() {
        given(inUse());
        assertThat(told(letGo())).containsExactly(new DiskEvent.Outlived(story("release", "DeleteInstance")));
        expectReport(Optional.of(RESERVATION), "release");

        var flagged =
                new Disk(id, SPEC, DiskStatus.IN_USE, true, ATTACHMENT, null, clock.instant(), clock.instant(), null);
        given(flagged);
        assertThat(told(letGo())).containsExactly(new DiskEvent.Released(story("release", "DeleteInstance")));
        expectReport(Optional.of(RESERVATION), "release");
    }

    @Test
    void letsGoOfItsInstanceOnce() {
        given(inUse());
        assertThat(told(letGo())).hasSize(1);
        expectReport(Optional.of(RESERVATION), "release");

        assertThat(told(letGo())).isEmpty();
        expectReport(Optional.empty(), "release");
    }

    @Test
    void finishesItsDetachWhenItsInstanceIsReleasedMeanwhile() {
        given(detaching());

        assertThat(told(letGo())).isEmpty();
        expectReport(Optional.empty(), "release");
        clock.advance(Duration.ofSeconds(60));
        assertThat(told(DiskActor.Due.DUE)).hasSize(1);
        expectReport(Optional.of(RESERVATION), "detach");
    }

    @Test
    void leavesMemoryWhenItIsToldTo() {
        var other = AKKA.createTestProbe(Entities.Command.class);
        var there = AKKA.spawn(
                DiskActor.create(new DiskId("d-there"), Cloud.environment(world, clock), alarm.ref(), other.ref()));

        there.tell(DiskActor.Stop.STOP);

        other.expectTerminated(there);
    }

    private DiskEvent.SnapshotCreating snapshotCreating(Instant due) {
        return new DiskEvent.SnapshotCreating(
                story("snapshot", "CreateSnapshot"),
                SNAPSHOT,
                "",
                "",
                null,
                "standard",
                false,
                "",
                Tags.NONE,
                due,
                null);
    }

    @Test
    void takesItsSnapshotOnAfterItWasWoken() {
        given(available().withDetachedAt(clock.instant()));
        var takes = Duration.ofSeconds(9);
        var due = clock.instant().plus(takes);

        var creating = told(execute("snapshot", "CreateSnapshot", "DiskId", id.value()));

        assertThat(creating).singleElement().isInstanceOf(DiskEvent.SnapshotCreating.class);
        expectCode("OK");
        expectAlarm(due);
        clock.advance(takes.dividedBy(2));
        var snapshot =
                actor.restart().state().orElseThrow().snapshotInProgress().orElseThrow();
        assertThat(snapshot.progressPercent(clock.instant())).isEqualTo(50);
        expectAlarm(due);
        clock.advance(takes.minus(takes.dividedBy(2)));
        assertThat(told(DiskActor.Due.DUE))
                .containsExactly(
                        new DiskEvent.SnapshotCreated(story("snapshot", "disk.snapshot-creating"), snapshot.id()));
        assertThat(actor.getState()
                        .orElseThrow()
                        .snapshot(snapshot.id())
                        .orElseThrow()
                        .isAccomplished())
                .isTrue();
        expectNothingMore();
    }

    @Test
    void finishesItsSnapshotAndLosesItAlsoAfterItIsReleased() {
        var due = clock.instant().plusSeconds(9);
        actor.initialize(
                new DiskEvent.Provisioned(story("fleet", "fleet"), inUse().withDeleteWithInstance(true)),
                snapshotCreating(due));
        expectAlarm(due);

        assertThat(told(letGo())).containsExactly(new DiskEvent.Released(story("release", "DeleteInstance")));
        expectCode("OK");
        expectReport(Optional.of(RESERVATION), "release");
        expectAlarm(due);
        clock.advance(Duration.ofSeconds(9));
        assertThat(told(DiskActor.Due.DUE))
                .containsExactly(new DiskEvent.SnapshotCreated(story("snapshot", "disk.snapshot-creating"), SNAPSHOT));
        world.apply(
                0,
                id,
                new DiskEvent.Provisioned(
                        story("fleet", "fleet"), actor.getState().orElseThrow()));
        var delete = Cloud.verb("delete", "DeleteSnapshot", "SnapshotId", SNAPSHOT.value())
                .routed(world.of("default"));
        assertThat(told(new DiskActor.Execute((ForDisk) delete, story("delete", "DeleteSnapshot"), caller.ref(), null)))
                .containsExactly(new DiskEvent.SnapshotDeleted(story("delete", "DeleteSnapshot"), SNAPSHOT));
        expectCode("OK");
        assertThat(actor.getState().orElseThrow().isReleased()).isTrue();
        assertThat(actor.getState().orElseThrow().snapshots()).isEmpty();
        expectNothingMore();
    }
}
