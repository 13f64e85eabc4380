package dev.moorage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockSettingTest {
    private static final Instant REAL = Instant.parse("2026-01-02T03:04:05.000000001Z");

    @Test
    void isRealTimeToTheNanosecondAtFirst() {
        assertThat(ClockSetting.REAL.at(REAL)).isEqualTo(REAL);
    }

    @Test
    void runsFaster() {
        var fast = ClockSetting.REAL.scaledAt(REAL, 60);

        assertThat(fast.at(REAL)).isEqualTo(REAL);
        assertThat(fast.at(REAL.plusSeconds(1))).isEqualTo(REAL.plusSeconds(60));
        assertThat(fast.realTimeUntil(REAL.plusSeconds(120), REAL.plusSeconds(1)))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void standsStillAndGoesOnWhereItStood() {
        var paused = ClockSetting.REAL.pausedAt(REAL);
        var later = REAL.plusSeconds(100);

        assertThat(paused.at(later)).isEqualTo(REAL);
        assertThat(paused.advanced(Duration.ofSeconds(5)).at(later)).isEqualTo(REAL.plusSeconds(5));
        assertThat(paused.resumedAt(later).at(later.plusSeconds(1))).isEqualTo(REAL.plusSeconds(1));
        assertThat(paused.scaledAt(later, 60).at(later.plusSeconds(1))).isEqualTo(REAL);
    }

    @Test
    void takesTheFastestPaceForAHundredYears() {
        var fast = ClockSetting.REAL.scaledAt(REAL, ClockSetting.MAX_SCALE);

        assertThat(fast.at(REAL.plus(Duration.ofDays(100 * 365)))).isAfter(REAL.plus(Duration.ofDays(100 * 365)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverRunsBackWhateverIsDoneToIt(long seed) {
        var random = new Random(seed);
        var setting = ClockSetting.REAL;
        var real = REAL;
        var last = setting.at(real);
        for (int step = 0; step < 1_000; step++) {
            real = real.plusNanos(random.nextInt(1_000_000_000));
            setting = switch (random.nextInt(5)) {
                case 0 -> setting.pausedAt(real);
                case 1 -> setting.resumedAt(real);
                case 2 -> setting.scaledAt(real, 0.001 + 100 * random.nextDouble());
                case 3 -> setting.advanced(Duration.ofMillis(random.nextInt(10_000)));
                default -> setting;
            };
            var now = setting.at(real);
            assertThat(now).as("seed %d, step %d", seed, step).isAfterOrEqualTo(last);
            last = now;
        }
    }
}
