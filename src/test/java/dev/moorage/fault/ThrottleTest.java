package dev.moorage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.action.Actions;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Caller;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.Rule;
import dev.moorage.domain.RuleEffect;
import dev.moorage.domain.RuleLimits;
import dev.moorage.domain.RuleMatch;
import dev.moorage.domain.Story;
import dev.moorage.domain.Throttling;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Story STORY = new Story("R-1", "operator", "PUT", NOW);

    private final World world = new World();

    private Throttle throttle(Map<String, Long> limits) {
        return new Throttle(
                world,
                new Throttling("Throttling", new TreeMap<>(limits)),
                call -> call.arguments().string("RegionId").orElse(""));
    }

    private static Call call(String action, String account, String region) {
        return new Call(
                Actions.specs().get(action),
                Arguments.of(Map.of("RegionId", region)),
                "R-1",
                new Caller(account, account + "-key"),
                "");
    }

    /** What so many calls hear one after the other: a dot if nothing, and else the code. */
    private static String said(Throttle throttle, Call call, Instant now, int calls) {
        return String.join(
                " ",
                IntStream.range(0, calls)
                        .mapToObj(i -> throttle.judge(call, now)
                                .map(refusal -> refusal.quota().code())
                                .orElse("."))
                        .toList());
    }

    private static Rule rule(String id, String action, long perMinute, Instant from, Instant until) {
        return new Rule(
                id,
                "throttled-1",
                RuleMatch.ofCalls(List.of(action), List.of(), List.of()),
                RuleEffect.ofError("Throttling.Api"),
                new RuleLimits(1, 0, from, until, perMinute));
    }

    private void tell(ControlsEvent event) {
        world.apply(world.offset() + 1, ControlsId.CONTROLS, event);
    }

    @Test
    void refusesNothingUnlessItIsToldTo() {
        assertThat(said(throttle(Map.of()), call("DetachDisk", "a", "cn-hangzhou"), NOW, 3))
                .isEqualTo(". . .");
    }

    @Test
    void refusesThoseBeyondUntilTheMinuteTurns() {
        var throttle = throttle(Map.of("DetachDisk", 2L));
        var call = call("DetachDisk", "a", "cn-hangzhou");

        assertThat(said(throttle, call, NOW, 4)).isEqualTo(". . Throttling Throttling");
        assertThat(said(throttle, call, NOW.plusSeconds(54), 1)).isEqualTo("Throttling");
        assertThat(said(throttle, call, NOW.plusSeconds(55), 3)).isEqualTo(". . Throttling");
        assertThat(said(throttle, call, NOW.plusSeconds(3600), 3)).isEqualTo(". . Throttling");
    }

    @ParameterizedTest
    @CsvSource({
        "AttachDisk, a, cn-hangzhou",
        "DetachDisk, b, cn-hangzhou",
        "DetachDisk, a, cn-beijing",
        "DetachDisk, a, ''",
    })
    void countsEachActionAccountAndRegionByItself(String action, String account, String region) {
        var throttle = throttle(Map.of("DetachDisk", 1L, "AttachDisk", 1L));

        assertThat(said(throttle, call("DetachDisk", "a", "cn-hangzhou"), NOW, 2))
                .isEqualTo(". Throttling");
        assertThat(said(throttle, call(action, account, region), NOW, 2)).isEqualTo(". Throttling");
        assertThat(throttle.countings(NOW)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        // The name itself, the longer pattern, and that for all the rest.
        "DescribeDisks, 0",
        "DescribeInstances, 1",
        "DescribeZones, 2",
        "DetachDisk, 3",
    })
    void theNameCountsBeforePatternsAndTheLongerBeforeTheShorter(String action, int limit) {
        var throttle = throttle(Map.of("DescribeDisks", 0L, "DescribeI*", 1L, "Describe*", 2L, "*", 3L));

        assertThat(said(throttle, call(action, "a", ""), NOW, limit + 1)).isEqualTo(". ".repeat(limit) + "Throttling");
    }

    @Test
    void limitsWhatIsNamedAlone() {
        assertThat(said(throttle(Map.of("Describe*", 0L)), call("DetachDisk", "a", ""), NOW, 2))
                .isEqualTo(". .");
    }

    @Test
    void whatAnOperatorSetGoesBeforeTheConfiguration() {
        var throttle = throttle(Map.of("DetachDisk", 0L));
        var call = call("DetachDisk", "a", "");

        tell(new ControlsEvent.ThrottlingSet(STORY, Throttling.OFF));
        assertThat(said(throttle, call, NOW, 1)).isEqualTo(".");
        tell(new ControlsEvent.ThrottlingSet(
                STORY, new Throttling("Throttling.User", new TreeMap<>(Map.of("DetachDisk", 0L)))));
        assertThat(said(throttle, call, NOW, 1)).isEqualTo("Throttling.User");
        tell(new ControlsEvent.ThrottlingSet(STORY, null));
        assertThat(said(throttle, call, NOW, 1)).isEqualTo("Throttling");
    }

    @Test
    void aRuleCountsByItselfForAsLongAsItIsThere() {
        var throttle = throttle(Map.of("DetachDisk", 3L));
        var call = call("DetachDisk", "a", "");

        tell(new ControlsEvent.RuleAdded(STORY, rule("rule-1", "Detach*", 1, null, null)));
        assertThat(said(throttle, call, NOW, 3)).isEqualTo(". Throttling.Api Throttling.Api");
        tell(new ControlsEvent.RuleRemoved(STORY, "rule-1"));
        assertThat(said(throttle, call, NOW, 3)).isEqualTo(". . Throttling");
    }

    @ParameterizedTest
    @CsvSource({"-1, .", "0, Throttling.Api", "59, Throttling.Api", "60, ."})
    void aRuleHoldsWithinItsTime(int second, String said) {
        var throttle = throttle(Map.of());
        tell(new ControlsEvent.RuleAdded(STORY, rule("rule-1", "*", 0, NOW, NOW.plusSeconds(60))));

        assertThat(said(throttle, call("DetachDisk", "a", ""), NOW.plusSeconds(second), 1))
                .isEqualTo(said);
    }

    @Test
    void forgetsWhatIsOver() {
        var throttle = throttle(Map.of("*", 5L));
        said(throttle, call("DetachDisk", "a", ""), NOW, 1);

        said(throttle, call("AttachDisk", "a", ""), NOW.plusSeconds(120), 1);

        assertThat(throttle.countings(NOW)).isEmpty();
        assertThat(throttle.countings(NOW.plusSeconds(120)))
                .singleElement()
                .satisfies(counting -> assertThat(counting.counted().action()).isEqualTo("AttachDisk"));
    }

    @Test
    void letsExactlySoManyThroughHoweverManyComeAtOnce() {
        var throttle = throttle(Map.of("DetachDisk", 500L));
        var call = call("DetachDisk", "a", "");

        var refused = IntStream.range(0, 5_000)
                .parallel()
                .mapToObj(i -> throttle.judge(call, NOW))
                .flatMap(refusal -> refusal.stream())
                .toList();

        assertThat(refused).hasSize(4_500);
        assertThat(refused)
                .filteredOn(refusal -> refusal.window().isJustClosed())
                .hasSize(1);
    }
}
