package dev.moorage.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.25S, 250 ms",
        "PT60S, 60.0 s",
        "PT2M, 2 min 0 s",
        "PT4M12S, 4 min 12 s",
        "PT3H4M59S, 3 h 4 min",
        "PT87600H30M, 3650 d 0 h",
        "PT-10M, -10 min 0 s"
    })
    void isAsExactAsIsOfUse(Duration duration, String said) {
        assertThat(Times.duration(duration)).isEqualTo(said);
    }

    @Test
    void leavesTheNanosecondsOut() {
        var at = Instant.parse("2026-11-23T16:27:40.434758041Z");

        assertThat(Times.timeOfDay(at)).isEqualTo("16:27:40.434");
        assertThat(Times.moment(at)).isEqualTo("2026-11-23T16:27:40.434Z");
    }
}
