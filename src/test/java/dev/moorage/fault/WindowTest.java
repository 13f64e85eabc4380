package dev.moorage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    private static final Instant MINUTE = Instant.parse("2026-01-02T03:04:00Z");

    /** After calls at these seconds of a minute, with a limit of two. */
    private static Window after(long... seconds) {
        Window window = null;
        for (long second : seconds) window = Window.counting(window, 2, MINUTE.plusSeconds(second));
        return window;
    }

    @ParameterizedTest
    @CsvSource({
        // seconds of the calls, used, refused, whether the last one passes, whether it is the first that does not
        "0, 1, 0, true, false",
        "0 59, 2, 0, true, false",
        "0 1 59, 2, 1, false, true",
        "0 1 2 3, 2, 2, false, false",
        // The minute turns.
        "0 1 2 60, 1, 0, true, false",
        "58 59 60 61, 2, 0, true, false",
        "0 1 2 60 61 62, 2, 1, false, true",
        // It is a calendar minute, whenever the first call was.
        "30 31 60 61 89, 2, 1, false, true",
        // The clock stands still.
        "7 7 7 7 7, 2, 3, false, false",
        // The clock steps over several minutes.
        "0 1 2 600, 1, 0, true, false",
        // Read before the minute turned, counted after.
        "60 59 59, 2, 1, false, true",
    })
    void countsByTheCalendarMinute(String calls, long used, long refused, boolean passes, boolean isJustClosed) {
        var window =
                after(Arrays.stream(calls.split(" ")).mapToLong(Long::parseLong).toArray());

        assertThat(window.used()).isEqualTo(used);
        assertThat(window.refused()).isEqualTo(refused);
        assertThat(window.passes()).isEqualTo(passes);
        assertThat(window.isJustClosed()).isEqualTo(isJustClosed);
    }

    @Test
    void lastsUntilTheMinuteTurns() {
        var window = after(59);

        assertThat(window.until()).isEqualTo(MINUTE.plusSeconds(60));
        assertThat(window.isOf(MINUTE)).isTrue();
        assertThat(window.isOf(MINUTE.plusSeconds(60))).isFalse();
    }

    @Test
    void letsNothingThroughIfNothingIsAllowed() {
        assertThat(Window.counting(null, 0, MINUTE).isJustClosed()).isTrue();
    }

    @Test
    void aLimitThatIsRaisedLetsMoreThroughInTheSameMinute() {
        var full = after(LongStream.range(0, 5).toArray());

        var raised = Window.counting(full, 3, MINUTE.plusSeconds(6));

        assertThat(raised.passes()).isTrue();
        assertThat(raised.used()).isEqualTo(3);
    }
}
