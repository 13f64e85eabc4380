package dev.moorage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Rule;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningRulesTest {
    private final World world = Situations.world(DiskStatus.IN_USE);

    private static String applied(RunningRules running, String action, String... arguments) {
        var verdict = running.judge(Situations.call(action, arguments), Situations.NOW);
        String rule = verdict.flatMap(RunningRules.Verdict::rule).map(Rule::id).orElse("");
        verdict.ifPresent(RunningRules.Verdict::leave);
        return rule;
    }

    private static List<String> applied(RunningRules running, int calls) {
        var all = new ArrayList<String>();
        for (int i = 0; i < calls; i++) all.add(applied(running, "DetachDisk", "DiskId", "d-1"));
        return all;
    }

    @Test
    void hasNothingToSayWithoutRules() {
        assertThat(new RunningRules(world, 0).judge(Situations.call("DetachDisk"), Situations.NOW))
                .isEmpty();
    }

    @Test
    void theFirstThatFitsIsTheOne() {
        Situations.with(
                world,
                "match.diskIds = [d-2], effect.error = InternalError",
                "match.actions = [DetachDisk], effect.error = InternalError",
                "effect.error = ServiceUnavailable");
        var running = new RunningRules(world, 0);

        assertThat(applied(running, "DetachDisk", "DiskId", "d-1")).isEqualTo("rule-2");
        assertThat(applied(running, "DetachDisk", "DiskId", "d-2")).isEqualTo("rule-1");
        assertThat(applied(running, "AttachDisk", "DiskId", "d-1")).isEqualTo("rule-3");
    }

    @Test
    void aCountIsForSoManyCallsAndLeavesTheRestToTheNext() {
        Situations.with(world, "effect.error = InternalError, count = 2", "effect.error = ServiceUnavailable");
        var running = new RunningRules(world, 0);

        assertThat(running.left(world.controls().rules().get(0))).isEqualTo(2);
        assertThat(applied(running, 4)).containsExactly("rule-1", "rule-1", "rule-2", "rule-2");
        assertThat(running.left(world.controls().rules().get(0))).isZero();
    }

    @Test
    void aShareFollowsFromTheSeed() {
        Situations.with(world, "effect.error = InternalError, share = 0.3");

        var first = applied(new RunningRules(world, 7), 1_000);

        assertThat(first).isEqualTo(applied(new RunningRules(world, 7), 1_000));
        assertThat(first).isNotEqualTo(applied(new RunningRules(world, 8), 1_000));
        assertThat(first.stream().filter("rule-1"::equals).count()).isBetween(250L, 350L);
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "59, ''", "60, rule-1", "119, rule-1", "120, ''"})
    void holdsFromThenUntilThen(int second, String expected) {
        Situations.with(world, "effect.error = InternalError, from = 60s, until = 120s");
        var verdict =
                new RunningRules(world, 0).judge(Situations.call("DetachDisk"), Situations.NOW.plusSeconds(second));

        assertThat(verdict.flatMap(RunningRules.Verdict::rule).map(Rule::id).orElse(""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, d-1, rule-1", "2, d-1, ''", "1, d-3, ''"})
    void countsTheOtherDisksOfTheInstance(int others, String disk, String expected) {
        Situations.with(
                world, "match { others = " + others + ", otherStatuses = [Detaching] }, effect.error = InternalError");

        assertThat(applied(new RunningRules(world, 0), "DetachDisk", "DiskId", disk))
                .isEqualTo(expected);
    }

    @Test
    void thoseThatAreOnTheirWayCountUntilTheyLeave() {
        Situations.with(world, "match { others = 2, otherStatuses = [Detaching] }, effect.error = InternalError");
        var running = new RunningRules(world, 0);

        var first = running.judge(Situations.call("DetachDisk", "DiskId", "d-1"), Situations.NOW)
                .orElseThrow();
        assertThat(first.rule()).isEmpty();
        assertThat(applied(running, "DetachDisk", "DiskId", "d-2")).isEqualTo("rule-1");
        first.leave();
        assertThat(applied(running, "DetachDisk", "DiskId", "d-2")).isEmpty();
    }

    @Test
    void whatCountsByTheMinuteIsCountedElsewhere() {
        Situations.with(world, "effect.error = Throttling, perMinute = 0");

        assertThat(applied(new RunningRules(world, 0), 1)).containsExactly("");
    }
}
