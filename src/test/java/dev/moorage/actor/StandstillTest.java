package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Progression;
import dev.moorage.domain.Stamp;
import dev.moorage.domain.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While disks and instances are made something else, nobody else writes, and nothing that was refused comes about. */
@Timeout(60)
class StandstillTest {
    private static final Story OPERATOR = new Story("R-0", "operator", "Test", Instant.EPOCH);

    private final Cloud cloud = new Cloud(new Random(7));

    @AfterEach
    void close() {
        cloud.close();
    }

    private CompletableFuture<Outcome> create() {
        return cloud.begin("CreateDisk", "RegionId", Cloud.REGION, "ZoneId", Cloud.ZONE, "Size", "20");
    }

    private DiskId created() {
        assertThat(Cloud.code(Cloud.wait(create()))).isEqualTo("OK");
        return cloud.world().disks().findFirst().orElseThrow().id();
    }

    private InstanceId started() {
        var outcome = cloud.call(
                "RunInstances",
                "RegionId",
                Cloud.REGION,
                "ZoneId",
                Cloud.ZONE,
                "ImageId",
                "an-image",
                "InstanceType",
                "ecs.g5.large");
        assertThat(Cloud.code(outcome)).isEqualTo("OK");
        return cloud.world().instances().findFirst().orElseThrow().id();
    }

    private static ControlsChange advance(Duration by) {
        return (controls, story, real) -> ControlsChange.accept(new ControlsEvent.ClockAdvanced(
                story, by.toMillis(), controls.clock().advanced(by)));
    }

    /** Stands still until the latch is open; all stands still when this returns. */
    private CompletableFuture<Boolean> standStill(CountDownLatch latch) {
        var stands = new CountDownLatch(1);
        var standstill = cloud.ecs().standStill(() -> {
            stands.countDown();
            return until(latch);
        });
        until(stands);
        return standstill.toCompletableFuture();
    }

    private static boolean until(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoTriesAgainWaitsUntilAllIsWritten() {
        created();
        cloud.setWriting(false);
        cloud.advance(Duration.ofMinutes(1));
        assertThat(Cloud.code(Cloud.wait(create()))).isEqualTo("InternalError");

        var during = cloud.ecs().standStill(() -> {
            cloud.setWriting(true);
            int before = cloud.history().size();
            await().pollInterval(Duration.ofMillis(1))
                    .during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> cloud.ecs().inMemory().disks().get() == 0
                            && cloud.history().size() == before);
            return before;
        });

        assertThat(Cloud.wait(during.toCompletableFuture())).isPositive();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> cloud.world().disks().allMatch(disk -> disk.status() == DiskStatus.AVAILABLE));
    }

    @Test
    void whoWouldWaitForTooLongIsRefusedAndLeavesNothing() {
        var latch = new CountDownLatch(1);
        var standstill = standStill(latch);
        var calls = new ArrayList<CompletableFuture<Outcome>>();
        for (int i = 0; i < 20; i++) calls.add(create());

        assertThat(calls.stream().map(Cloud::wait).map(Cloud::code)).containsOnly("ServiceUnavailable");
        latch.countDown();
        assertThat(Cloud.wait(standstill)).isTrue();
        assertThat(Cloud.code(Cloud.wait(create()))).isEqualTo("OK");
        assertThat(cloud.world().diskCount()).isOne();
    }

    @Test
    void whoWaitsForAShortTimeIsAnswered() {
        var latch = new CountDownLatch(1);
        var standstill = standStill(latch);
        var call = create();
        latch.countDown();

        assertThat(Cloud.code(Cloud.wait(call))).isEqualTo("OK");
        assertThat(Cloud.wait(standstill)).isTrue();
    }

    @Test
    void timeThatIsMovedMeanwhileGoesOnAfterwardsFromDeadlineToDeadline() {
        var begun = cloud.ecs().environment().clock().instant();
        created();
        var latch = new CountDownLatch(1);
        var standstill = standStill(latch);
        var moved = cloud.ecs().control(advance(Duration.ofHours(1)), OPERATOR).toCompletableFuture();
        latch.countDown();

        assertThat(Cloud.wait(moved).advanced()).isEqualTo(new Alarm.Advanced(1, 0));
        assertThat(Cloud.wait(standstill)).isTrue();
        assertThat(cloud.history())
                .last()
                .satisfies(last -> assertThat(last.event().story().at()).isEqualTo(begun.plusSeconds(1)));
    }

    @Test
    void whatIsSetMeanwhileDoesNotWaitForTimeThatIsMoved() {
        var all = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 30; i++) {
            all.add(create());
            all.add(cloud.ecs()
                    .control(advance(Duration.ofSeconds(1)), OPERATOR)
                    .toCompletableFuture());
            all.add(cloud.ecs()
                    .standStill(() -> cloud.ecs()
                            .controlStill((controls, story, real) -> ControlsChange.accept(), OPERATOR)
                            .toCompletableFuture()
                            .join())
                    .toCompletableFuture());
        }
        all.forEach(Cloud::wait);
        cloud.settle();
        assertThat(cloud.replayed()).usingRecursiveComparison().isEqualTo(cloud.world());
    }

    @Test
    void whoEndsSomethingByHandHearsThatItCannotBeWritten() {
        var instance = started();
        var disk = cloud.world().disks().findFirst().orElseThrow().id();
        cloud.settle();
        assertThat(Cloud.code(cloud.call("CreateSnapshot", "DiskId", disk.value())))
                .isEqualTo("OK");
        assertThat(Cloud.code(cloud.call("StopInstance", "InstanceId", instance.value())))
                .isEqualTo("OK");
        cloud.setWriting(false);

        // The first finds out, the others know.
        for (int i = 0; i < 2; i++) {
            for (var id : List.of(disk, instance)) {
                var answer = cloud.ecs().complete(id, null, OPERATOR).toCompletableFuture();
                assertThat(Cloud.wait(answer)).isEqualTo(Completed.NOT_NOW);
            }
        }
    }

    @Test
    void aCallThatComesAfterItsRuleIsGoneTakesItsUsualCourse() {
        var stamp = new Stamp("rule-1", "", Progression.Held.MANUAL.toString(), false);
        var conditions = cloud.ecs().environment().conditions(OPERATOR.stamped(stamp), new DiskId("d-1"));
        assertThat(conditions.story().stamp()).isNull();
    }
}
