package dev.moorage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T15:44:34Z",
                "2026-11-23T15:44:34.7Z",
                "2026-11-23T15:44:34.070Z",
                "2026-11-23T15:44:34.000001Z",
                "2026-11-23T15:44:34.000000001Z",
                "2024-02-29T23:59:59.999999999Z",
                "1969-12-31T23:59:59.5Z",
                "0001-01-01T00:00:00Z",
                "0000-12-31T23:59:59Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "-0044-03-15T12:00:00Z",
                "2026-12-31T24:00:00Z",
                "2026-11-23T15:44:34.Z",
                "2026-11-23T15:44:34+01:00"
            })
    void readsAndWritesWhatTheJdkDoes(String text) {
        var instant = Instant.parse(text);

        assertThat(InstantFormat.parse(text)).isEqualTo(instant);
        assertThat(InstantFormat.format(instant)).isEqualTo(instant.toString());
        assertThat(InstantFormat.parse(instant.toString())).isEqualTo(instant);
    }

    @Test
    void agreesWithTheJdkOnAnyInstant() {
        long seed = Long.getLong("moorage.seed", 20_260_102);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            int scale = new int[] {1, 1_000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
            long nanos = random.nextInt(1_000_000_000) / scale * (long) scale;
            var instant = Instant.ofEpochSecond(random.nextLong(-70_000_000_000L, 260_000_000_000L), nanos);

            assertThat(InstantFormat.format(instant)).as("seed %s", seed).isEqualTo(instant.toString());
            assertThat(InstantFormat.parse(instant.toString()))
                    .as("seed %s", seed)
                    .isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "today",
                "2026-11-23T15:44:34",
                "2026-11-23T15:44Z",
                "2026-11-23T15:44:34,5Z",
                "2026-02-29T15:44:34Z",
                "1900-02-29T15:44:34Z",
                "2026-02-30T15:44:34Z",
                "2026-04-31T15:44:34Z",
                "2026-13-01T15:44:34Z",
                "2026-00-01T15:44:34Z",
                "2026-11-23T25:44:34Z",
                "2026-11-23T15:60:34Z",
                "2026-11-23T15:44:34.1234567890Z",
                "2026-11-23 15:44:34Z",
                "2026-11-2 T15:44:34Z",
                "2026-11-23T1-:44:34Z"
            })
    void refusesWhatTheJdkRefuses(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeParseException.class);
        assertThatThrownBy(() -> InstantFormat.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
