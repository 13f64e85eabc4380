package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.typed.javadsl.Behaviors;
import dev.moorage.domain.DiskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PopulationTest {
    private static final DiskId ONE = new DiskId("d-one");
    private static final DiskId OTHER = new DiskId("d-other");
    private static final int AFTER = 2;

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<Population<DiskId, String, Runnable>> made = new AtomicReference<>();
    private final BehaviorTestKit<Runnable> parent = BehaviorTestKit.create(Behaviors.setup(context -> {
        made.set(new Population<>(context, id -> Behaviors.empty(), id -> () -> {}, "stop", count));
        return Behaviors.receiveMessage(task -> {
            task.run();
            return Behaviors.same();
        });
    }));
    private final Population<DiskId, String, Runnable> population = Objects.requireNonNull(made.get());

    @Test
    void sendsAwayWhoHasHeardNothingForAWhile() {
        parent.run(() -> population.tell(ONE, "first"));
        look();
        parent.run(() -> population.tell(OTHER, "second"));
        look();
        assertThat(heardBy("$a")).containsExactly("first");

        look();

        assertThat(heardBy("$a")).containsExactly("stop");
        assertThat(heardBy("$b")).containsExactly("second");
    }

    @Test
    void keepsWhoWasThereFirstAndIsStillAsked() {
        parent.run(() -> population.tell(ONE, "first"));
        parent.run(() -> population.tell(OTHER, "second"));
        look();
        parent.run(() -> population.tell(ONE, "third"));
        look();
        look();

        assertThat(heardBy("$a")).containsExactly("first", "third");
        assertThat(heardBy("$b")).containsExactly("second", "stop");
    }

    @Test
    void asksWhoStaysOnlyAfterAWhileAgain() {
        parent.run(() -> population.tell(ONE, "first"));
        for (int look = 0; look <= AFTER; look++) look();
        parent.run(() -> population.stay(ONE));
        look();
        assertThat(heardBy("$a")).containsExactly("first", "stop");

        look();
        look();

        assertThat(heardBy("$a")).containsExactly("stop");
    }

    @Test
    void wakesWhoIsAskedOnTheWayOutOnceItIsOut() {
        parent.run(() -> population.tell(ONE, "first"));
        for (int look = 0; look <= AFTER; look++) look();
        parent.run(() -> population.tell(ONE, "late"));
        assertThat(heardBy("$a")).containsExactly("first", "stop");

        parent.run(() -> population.gone(ONE));

        assertThat(heardBy("$b")).containsExactly("late");
        assertThat(count).hasValue(1);
    }

    @Test
    void sendsAwayOnlySoManyAtOnce() {
        int all = Population.MOST_AT_ONCE + 1;
        for (int n = 0; n < all; n++) {
            var id = new DiskId("d-" + n);
            parent.run(() -> population.tell(id, "first"));
        }
        for (int look = 0; look <= AFTER; look++) parent.run(population::look);
        var more = new ArrayList<Boolean>();

        parent.run(() -> more.add(population.passivateIdle(AFTER)));
        parent.run(() -> more.add(population.passivateIdle(AFTER)));

        assertThat(more).containsExactly(true, false);
        assertThat(parent.getAllEffects().stream()
                        .filter(Effect.SpawnedAnonymous.class::isInstance)
                        .map(effect -> ((Effect.SpawnedAnonymous<?>) effect)
                                .ref()
                                .path()
                                .name())
                        .filter(child -> heardBy(child).contains("stop")))
                .hasSize(all);
    }

    private void look() {
        parent.run(population::look);
        parent.run(() -> population.passivateIdle(AFTER));
    }

    private List<String> heardBy(String child) {
        return parent.<String>childInbox(child).getAllReceived();
    }
}
