package dev.moorage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.moorage.action.Actions;
import dev.moorage.contract.AnyError;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Caller;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.Story;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RememberedRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Story STORY = new Story("R-1", "operator", "Test", NOW);
    private static final Call CALL = new Call(
            Objects.requireNonNull(Actions.specs().get("DescribeDisks")),
            Arguments.of(Map.of()),
            "R-2",
            new Caller("default", "testid"),
            "");

    private final World world = new World();
    private final RunningRules rules = new RunningRules(world, 7);

    private void happen(ControlsEvent event) {
        world.apply(world.offset() + 1, ControlsId.CONTROLS, event);
    }

    @Test
    void forgetsWhatItRemembersOfRulesThatAreGone() {
        var reader = new RuleText(Actions.specs().keySet(), new AnyError(Actions.specs()));
        var rule =
                reader.read(ConfigFactory.parseString("share = 0.9999, count = 5, effect { error = Throttling }"), NOW);
        for (int i = 1; i <= 100; i++) {
            happen(new ControlsEvent.RuleAdded(STORY, rule.of("rule-" + i, "")));
            assertThat(rules.judge(CALL, NOW).orElseThrow().rule()).isPresent();
            happen(new ControlsEvent.RuleRemoved(STORY, "rule-" + i));
        }
        assertThat(rules.judge(CALL, NOW)).isEmpty();
        assertThat(rules.remembered()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "DetachDisk, DetachDisk, true",
        "DetachDisk, DetachDisks, false",
        "Describe*, DescribeDisks, true",
        "Describe*, Describe, true",
        "Describe*, describeDisks, false",
        "*Disk, DetachDisk, true",
        "*Disk, DetachDisks, false",
        "*Disk*, DescribeDisksFullStatus, true",
        "D*Disk*s, DescribeDisksFullStatus, true",
        "*, DetachDisk, true",
        "**, DetachDisk, true",
        "a.c, abc, false"
    })
    void aStarStandsForAnyLetters(String pattern, String name, boolean fits) {
        assertThat(Matching.glob(pattern, name)).isEqualTo(fits);
    }
}
