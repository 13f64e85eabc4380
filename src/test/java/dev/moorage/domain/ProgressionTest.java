package dev.moorage.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressionTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static long[] millis(String text, int samples) {
        var progression = Progression.parse(text);
        var random = new Random(7);
        return IntStream.range(0, samples)
                .mapToLong(sample -> Duration.between(
                                NOW, progression.due(NOW, random).orElseThrow())
                        .toMillis())
                .sorted()
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "immediate,0",
        "Immediate,0",
        "0s,0",
        "500ms,500",
        "60s,60000",
        "1.5 s,1500",
        "2m,120000",
        "1h,3600000",
        "1d,86400000",
        "PT1M30S,90000",
        "until 2026-01-02T03:04:06Z,1000",
        "until 2026-01-01T00:00:00Z,0",
        "uniform 5s 5s,5000",
        "lognormal 5s 0,5000"
    })
    void endsAfterAsLongAsItSays(String text, long millis) {
        assertThat(millis(text, 3)).containsOnly(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manual", "never", "MANUAL"})
    void doesNotEndByItself(String text) {
        assertThat(Progression.parse(text).due(NOW, new Random(1))).isEmpty();
    }

    @Test
    void uniformFillsItsRangeEvenly() {
        var millis = millis("uniform 10s 90s", 10_000);

        assertThat(millis[0]).isBetween(10_000L, 10_100L);
        assertThat(millis[5_000]).isBetween(48_000L, 52_000L);
        assertThat(millis[9_999]).isBetween(89_900L, 90_000L);
    }

    @Test
    void lognormalHasItsMedianAndALongTail() {
        var millis = millis("lognormal 60s 0.5", 10_000);

        assertThat(millis[5_000]).isBetween(58_000L, 62_000L);
        // exp(0.5 · 2.326) = 3.2
        assertThat(millis[9_900]).isBetween(175_000L, 215_000L);
        assertThat(millis[0]).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "immediate",
                "manual",
                "never",
                "PT1M",
                "uniform PT30S PT1M30S",
                "lognormal PT1M 0.5",
                "until 2026-01-02T03:04:06Z"
            })
    void isReadAsItIsWritten(String text) {
        assertThat(Progression.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "60",
                "-5s",
                "PT-5S",
                "5000d",
                "uniform 90s 30s",
                "uniform 30s",
                "lognormal 60s",
                "lognormal 60s x",
                "lognormal 60s 99",
                "until tomorrow",
                "until"
            })
    void saysWhatItCanBeInsteadOfAnythingElse(String text) {
        assertThatThrownBy(() -> Progression.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uniform 30s 90s")
                .hasMessageEndingWith("not " + text);
    }
}
