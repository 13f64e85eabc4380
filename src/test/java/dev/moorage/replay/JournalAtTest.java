package dev.moorage.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Story;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalAtTest {
    @TempDir
    private Path directory;

    private WrittenHistory history;

    @BeforeEach
    void write() {
        history = WrittenHistory.in(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "1 d-data,                                 AVAILABLE, 1",
        "3 d-data,                                 AVAILABLE, 1",
        "4 d-data,                                 ATTACHING, 4",
        "--offset 5 d-data,                        IN_USE,    5",
        "d-data --offset 999,                      AVAILABLE, 7",
        "14:20:59.999 d-data,                      DETACHING, 6",
        "--time 14:21:00 d-data,                   AVAILABLE, 7",
        "--time 2026-11-23T14:15:00Z d-data,       IN_USE,    5",
        "--request 11111111-AAAA d-data,           IN_USE,    5",
        "22222222-BBBB-4000-8000-000000000002 d-data, AVAILABLE, 7",
        "--request 11111111 i-web,                 RUNNING,   3",
    })
    void showsOneThingAtAPoint(String words, String status, long offset) {
        var answer = run(words + " --json");

        assertThat(answer.err()).isEmpty();
        var object = answer.objects().get(0);
        assertThat(object.at("/state/status").asText()).isEqualTo(status);
        assertThat(object.path("offset").asLong()).isEqualTo(offset);
    }

    private WrittenHistory.Answer run(String words) {
        var all = new ArrayList<>(List.of("at"));
        all.addAll(List.of(words.split(" ")));
        return history.run(all.toArray(String[]::new));
    }

    @Test
    void tellsPeopleTheFields() {
        var lines = run("6 d-data").lines();

        assertThat(lines.get(0))
                .isEqualTo("d-data, a disk, after disk.detaching at offset 6, 2026-11-23T14:20:00.000Z");
        assertThat(lines)
                .contains(
                        "  status                        Detaching",
                        "  spec.chargeType               PostPaid",
                        "  spec.name                     盘",
                        "  spec.description              \"\"",
                        "  attachment.device             /dev/xvdb",
                        "  transition.due                2026-11-23T14:21:00Z");
    }

    @Test
    void showsTheWholeWorld() {
        assertThat(run("4").out()).isEqualTo("""
                After disk.attaching at offset 4, 2026-11-23T14:10:00.000Z
                      1  disk Available
                      1  disk Attaching
                      1  instance Running
                i-web         instance  Running    -                      since offset 3, 2026-11-23T14:10:00.000Z
                d-data        disk      Attaching  i-web /dev/xvdb        since offset 4, 2026-11-23T14:10:00.000Z
                d-spare       disk      Available  -                      since offset 2, 2026-11-23T14:00:00.000Z
                """);
        assertThat(run("9 --json").objects())
                .extracting(object -> object.path("id").asText())
                .containsExactly("i-web", "d-data", "d-spare");
    }

    @Test
    void saysHowManyMoreThereAre() {
        var lines = run("9 --limit 1").lines();

        assertThat(lines.get(lines.size() - 1)).isEqualTo("and 2 more (--limit)");
        assertThat(run("9 --limit 3").out()).doesNotContain("more");
        assertThat(run("9 --limit 1 --json").objects()).hasSize(1);
    }

    @Test
    void showsAnEmptyWorldBeforeTheFirstEvent() {
        assertThat(run("13:00").lines()).containsExactly("Nothing is there yet.");
        assertThat(run("13:00 --json").out()).isEmpty();
        assertThat(run("13:00 d-data").lines()).containsExactly("d-data is not there yet.");
        assertThat(run("13:00 d-data --json").lines())
                .containsExactly("{\"id\":\"d-data\",\"kind\":\"disk\",\"state\":null}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --limit 5                 | At which point? It is an offset, a time or a RequestId
            --offset 1 --time 14:00   | mutually exclusive
            --offset 1 d-data d-spare | The point is given twice
            --offset 1 4              | An id begins with d- (a disk) or i- (an instance), not 4
            --time 4                  | a time is in UTC
            --offset x                | a whole number was expected, not x
            4 d-9                     | There is no d-9 in the journal at
            soon                      | a point is an offset (1234), a time in UTC
            --request 99999999        | belongs to the request 99999999
            --request fleets          | belongs to the request fleets
            """)
    void saysWhatIsWrong(String words, String sentence) {
        var answer = run(words);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains(sentence);
    }

    @Test
    void refusesABeginningThatTwoRequestsShare() {
        var other = WrittenHistory.ATTACH.replace("000000000001", "000000000009");
        var story = new Story(other, "testid", "Test", WrittenHistory.at("15:00:00"));
        history.append(WrittenHistory.DATA, new DiskEvent.Released(story));

        assertThat(run("11111111-AAAA").err())
                .contains("More than one request begins with 11111111-AAAA: " + WrittenHistory.ATTACH + ", " + other);
        assertThat(run(other + " d-data").out()).contains("Released");
    }

    @Test
    void foldsAHistoryToAWorld() {
        try (var opened = DirectoryHistory.open(directory)) {
            var world = opened.worldAt(6);
            assertThat(world.offset()).isEqualTo(6);
            assertThat(world.disk(WrittenHistory.DATA).status()).isEqualTo(DiskStatus.DETACHING);
            assertThat(world.diskCount()).isEqualTo(2);
            var alone = opened.worldAt(6, WrittenHistory.DATA);
            assertThat(alone.disk(WrittenHistory.DATA)).isEqualTo(world.disk(WrittenHistory.DATA));
            assertThat(alone.disk(WrittenHistory.SPARE)).isNull();
            assertThat(opened.worldAt(-1).offset()).isEqualTo(-1);
        }
    }
}
