package dev.moorage.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalBlameTest {
    @TempDir
    private Path directory;

    private WrittenHistory history;

    @BeforeEach
    void write() {
        history = WrittenHistory.in(directory);
    }

    @Test
    void saysWhichEventSetAField() {
        assertThat(history.run("blame", "d-data", "status", "--at", "14:20:30").out())
                .isEqualTo("""
                status of d-data is Detaching
                  before   In_use
                  set by   disk.detaching at offset 6, 2026-11-23T14:20:00.000Z
                  request  22222222-BBBB-4000-8000-000000000002
                  caller   testid
                  cause    DetachDisk
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "d-data, status,                 AVAILABLE,            7, DETACHING",
        "d-data, deleteWithInstance,     false,                7, true",
        "d-data, attachment.instanceId,  null,                 7, i-web",
        "d-data, attachedAt,             2026-11-23T14:10:02Z, 5, null",
        "d-data, spec.category,          cloud_ssd,            1, null",
        "i-web,  slots[/dev/xvdb].diskId, null,                8, d-data",
        "d-spare, status,                RELEASED,             9, AVAILABLE",
    })
    void findsTheLastThatChangedIt(String id, String field, String value, long offset, String before) {
        var line = history.run("blame", id, field, "--json").objects().get(0);

        assertThat(line.path("field").asText()).isEqualTo(field);
        assertThat(line.path("value").asText()).isEqualTo(value);
        assertThat(line.path("offset").asLong()).isEqualTo(offset);
        assertThat(line.path("before").asText()).isEqualTo(before);
    }

    @Test
    void tellsTheWholeStoryAsJson() {
        assertThat(history.run("blame", "d-spare", "status", "--json").out().strip())
                .isEqualTo("{\"id\":\"d-spare\",\"kind\":\"disk\",\"field\":\"status\",\"value\":\"RELEASED\","
                        + "\"before\":\"AVAILABLE\",\"offset\":9,\"at\":\"2026-11-23T14:30:00Z\","
                        + "\"event\":\"disk.released\",\"requestId\":\"" + WrittenHistory.DELETE
                        + "\",\"caller\":\"testid\",\"cause\":\"DeleteDisk\"}");
    }

    @Test
    void blamesEveryFieldIfNoneIsNamed() {
        var lines = history.run("blame", "d-data").lines();

        assertThat(lines).hasSizeGreaterThan(15);
        assertThat(lines)
                .anyMatch(line -> line.matches("status +Available +7 +2026-11-23T14:21:00.000Z  disk.detached"));
        assertThat(lines).anyMatch(line -> line.matches("attachment.device +- +7 .*"));
    }

    @Test
    void blamesWhatIsInAField() {
        var fields = history.run("blame", "d-data", "attachment", "--at", "5", "--json")
                .objects();

        assertThat(fields)
                .extracting(line -> line.path("field").asText())
                .containsExactly("attachment.instanceId", "attachment.device", "attachment.reservation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            d-data colour         | d-data has no field colour: there are id, spec.account, spec.regionId,
            d-data stat           | d-data has no field stat: there are
            d-spare attachment    | d-spare has no field attachment: there are
            d-9 status            | There is no d-9 in the journal at
            d-data status --at 0  | d-data is not there yet at 0
            d-data status --at x  | a point is an offset (1234), a time in UTC
            """)
    void saysWhatIsWrong(String words, String sentence) {
        var answer = history.run(("blame " + words).split(" "));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains(sentence);
    }
}
