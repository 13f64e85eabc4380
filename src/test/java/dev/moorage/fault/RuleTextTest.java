package dev.moorage.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.domain.RuleEffect;
import dev.moorage.domain.RuleLimits;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTextTest {
    @Test
    void readsWhatIsWrittenAndNothingElse() {
        var rule = Situations.rule(
                "match { actions = [\"Detach*\"], categories = [cloud_ssd], others = 5, otherStatuses = [Detaching] },"
                        + " effect { progression = \"60s\", failsLate = true, latency = 2s,"
                        + " beforehand = [\"StopInstance InstanceId={instanceId}\"] }, share = 0.5, count = 3");

        assertThat(rule.match().actions()).containsExactly("Detach*");
        assertThat(rule.match().categories()).containsExactly("cloud_ssd");
        assertThat(rule.match().others()).isEqualTo(5);
        assertThat(rule.match().diskTag()).isEmpty();
        assertThat(rule.effect())
                .isEqualTo(new RuleEffect(
                        "",
                        "PT2S",
                        "PT1M",
                        true,
                        "",
                        List.of("StopInstance InstanceId={instanceId}"),
                        List.of(),
                        "",
                        "",
                        "",
                        ""));
        assertThat(rule.limits()).isEqualTo(new RuleLimits(0.5, 3, null, null, null));
    }

    @Test
    void isInForceForAllCallsUnlessItSaysOtherwise() {
        assertThat(Situations.rule("effect.error = InternalError").limits()).isEqualTo(RuleLimits.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "10m, 2026-01-02T03:14:05Z",
        "90s, 2026-01-02T03:05:35Z",
        "2026-03-04T05:06:07Z, 2026-03-04T05:06:07Z",
        "manual, ",
        "'', ",
    })
    void aMomentIsSoLongFromNowOrATime(String written, Instant expected) {
        assertThat(RuleText.moment("until", written, Situations.NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from = 10m, until = 20m                  | 0   | false
            from = 10m, until = 20m                  | 599 | false
            from = 10m, until = 20m                  | 600 | true
            from = 10m, until = 20m                  | 1199 | true
            from = 10m, until = 20m                  | 1200 | false
            until = 20m                              | 0   | true
            from = 10m                               | 100000 | true
            share = 1                                | 0   | true
            """)
    void holdsFromThenUntilThen(String limits, long second, boolean holds) {
        var rule = Situations.rule("effect.error = InternalError, " + limits);

        assertThat(rule.limits().isIn(Situations.NOW.plusSeconds(second))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                                      | effect is missing
            effect {}                                                               | effect is missing
            effect.error = InternalErr                                              | Did you mean InternalError?
            effect.error = InternalError, effect.answer = ok                        | do not go with it
            effect.error = InternalError, effect.failsLate = true                   | do not go with it
            effect.error = InternalError, effect.progression = 5s                   | do not go with it
            effect.answer = reset, effect.progression = 5s                          | leaves the call without effect
            effect.answer = los                                                     | Did you mean lost?
            effect.progression = sometimes                                          | effect.progression:
            effect.latency = manual                                                 | effect.latency is a time that passes, not manual
            effect.latency = never                                                  | effect.latency is a time that passes, not never
            effect.afterwards = [DropDisk]                                          | A call of a rule is one of
            effect.afterwards = ["StopInstance now"]                                | an action and Name=value after Name=value
            effect.eror = x                                                         | Did you mean error?
            efect.error = x                                                         | Did you mean effect?
            effect.error = InternalError, match.action = x                          | Did you mean actions?
            effect.error = InternalError, match.actions = [DetachDisc]              | Did you mean DetachDisk?
            effect.error = InternalError, match.statuses = [Inuse]                  | Did you mean In_use?
            effect.error = InternalError, match.others = 2                          | match.others goes with match.otherStatuses
            effect.error = InternalError, match.others = -1                         | match.others is 0 or more, not -1
            effect.error = InternalError, share = 0                                 | share is above 0, up to 1, not 0.0
            effect.error = InternalError, share = 1.1                               | share is above 0, up to 1, not 1.1
            effect.error = InternalError, share = half                              | The rule cannot be read
            effect.error = InternalError, count = -1                                | count is a whole number, 0 or more, not -1
            effect.error = InternalError, until = soon                              | until is manual, a length of time such as 10m
            effect.error = InternalError, from = 10m, until = 5m                    | until comes after from
            effect.error = InternalError, perMinute = -1                            | perMinute is a whole number, 0 or more, not -1
            effect.error = InternalError, perMinute = 1, count = 1                  | share and count do not go with it
            effect.error = InternalError, perMinute = 1, share = 0.5                | share and count do not go with it
            effect.error = InternalError, perMinute = 1, match.diskIds = [d-1]      | only actions, accounts and callers go with it
            effect.error = InternalError, perMinute = 1, effect.latency = 1s        | of effect only error goes with it
            effect.progression = manual, perMinute = 1                              | of effect only error goes with it
            """)
    void saysWhatIsWrong(String text, String sentence) {
        assertThatThrownBy(() -> Situations.rule(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence.strip());
    }
}
