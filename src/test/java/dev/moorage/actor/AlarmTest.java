package dev.moorage.actor;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import dev.moorage.SteppedClock;
import dev.moorage.domain.ClockSetting;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmTest {
    private static final ActorTestKit AKKA =
            ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = OFF").withFallback(ConfigFactory.load()));
    private static final EntityId DISK = new DiskId("d-1");
    private static final DiskId OTHER = new DiskId("d-2");
    private static final EntityId INSTANCE = new InstanceId("i-1");

    private static final Entities.Command HELD = new Entities.ToDisk(OTHER, DiskActor.Due.DUE);

    private final SteppedClock clock = new SteppedClock();
    private final TestProbe<Entities.Command> entities = AKKA.createTestProbe(Entities.Command.class);
    private final ActorRef<Alarm.Command> alarm =
            AKKA.spawn(Alarm.create(new SimulatedClock(clock, ClockSetting.REAL), entities.ref()));

    @AfterAll
    static void stop() {
        AKKA.shutdownTestKit();
    }

    private void arm(EntityId id, Duration in) {
        alarm.tell(new Alarm.Arm(id, clock.instant().plus(in)));
    }

    private void look() {
        alarm.tell(Alarm.Look.LOOK);
    }

    @Test
    void wakesWhoIsDueInTheOrderOfTheirDeadlines() {
        arm(DISK, Duration.ofMinutes(3));
        arm(OTHER, Duration.ofMinutes(1));
        arm(INSTANCE, Duration.ofMinutes(2));
        look();
        entities.expectNoMessage(Duration.ofMillis(50));

        clock.advance(Duration.ofMinutes(2));
        look();
        entities.expectMessage(new Entities.Due(OTHER));
        entities.expectMessage(new Entities.Due(INSTANCE));
        entities.expectNoMessage(Duration.ofMillis(50));

        clock.advance(Duration.ofMinutes(1));
        look();
        entities.expectMessage(new Entities.Due(DISK));
    }

    @Test
    void wakesOnceForADeadlineThatIsSetTwice() {
        arm(DISK, Duration.ofMinutes(1));
        arm(DISK, Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));
        look();

        entities.expectMessage(new Entities.Due(DISK));
        entities.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void wakesAtOnceWhoIsOverdueAndWithoutBeingToldToLook() {
        arm(OTHER, Duration.ofMinutes(1));
        arm(DISK, Duration.ofMinutes(-1));

        entities.expectMessage(new Entities.Due(DISK));
        entities.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void looksByItselfWhenTimePasses() {
        var real = Clock.systemUTC();
        var ticking = AKKA.spawn(Alarm.create(new SimulatedClock(real, ClockSetting.REAL), entities.ref()));
        ticking.tell(new Alarm.Arm(OTHER, real.instant().plusSeconds(3_600)));
        ticking.tell(new Alarm.Arm(DISK, real.instant().plusMillis(20)));

        entities.expectMessage(new Entities.Due(DISK));
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 365 * 1_000, 100_000_000})
    void goesOnWhenADeadlineIsFarAway(long days) {
        arm(OTHER, Duration.ofDays(days));
        arm(DISK, Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));
        look();

        entities.expectMessage(new Entities.Due(DISK));
        clock.advance(Duration.ofDays(days));
        look();
        entities.expectMessage(new Entities.Due(OTHER));
    }

    @Test
    void timeThatWaitsBehindAStandstillGoesByTheDeadlinesThatAreSetAnewThen() {
        var arrived = AKKA.createTestProbe(Alarm.Advanced.class);
        arm(OTHER, Duration.ofMinutes(1));
        alarm.tell(new Alarm.Hold(HELD));
        entities.expectMessage(HELD);
        alarm.tell(new Alarm.Advance(Duration.ofHours(1), arrived.ref()));

        alarm.tell(Alarm.Forget.FORGET);
        arm(DISK, Duration.ofMinutes(2));
        alarm.tell(Alarm.Release.RELEASE);

        entities.expectMessage(new Entities.Due(DISK));
        arrived.expectNoMessage(Duration.ofMillis(50));
        alarm.tell(new Alarm.Ended(DISK, Set.of()));
        arrived.expectMessage(new Alarm.Advanced(1, 0));
    }

    @Test
    void whatComesDueWhileTimeIsOnItsWayWaitsForThoseWhoWereWoken() {
        var arrived = AKKA.createTestProbe(Alarm.Advanced.class);
        arm(DISK, Duration.ofMinutes(1));
        alarm.tell(new Alarm.Advance(Duration.ofMinutes(1), arrived.ref()));
        entities.expectMessage(new Entities.Due(DISK));

        arm(OTHER, Duration.ofSeconds(-1));
        look();
        entities.expectNoMessage(Duration.ofMillis(50));
        alarm.tell(new Alarm.Ended(DISK, Set.of()));
        entities.expectMessage(new Entities.Due(OTHER));
        alarm.tell(new Alarm.Ended(OTHER, Set.of()));
        arrived.expectMessage(new Alarm.Advanced(2, 0));
    }

    @Test
    void wakesNobodyWhileItIsHeld() {
        arm(DISK, Duration.ofMinutes(1));
        alarm.tell(new Alarm.Hold(HELD));
        entities.expectMessage(HELD);
        clock.advance(Duration.ofMinutes(1));
        look();
        entities.expectNoMessage(Duration.ofMillis(50));

        alarm.tell(Alarm.Release.RELEASE);
        entities.expectMessage(new Entities.Due(DISK));
    }

    @Test
    void whoWasGivenUpDoesNotMakeTheNextTimeWait() {
        var arrived = AKKA.createTestProbe(Alarm.Advanced.class);
        alarm.tell(new Alarm.Ended(DISK, Set.of()));
        alarm.tell(new Alarm.Heard((InstanceId) INSTANCE, (DiskId) DISK));
        alarm.tell(new Alarm.Advance(Duration.ofMinutes(1), arrived.ref()));
        arrived.expectMessage(new Alarm.Advanced(0, 0));
    }
}
