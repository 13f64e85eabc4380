package dev.moorage.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.domain.Attachment;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.Story;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalListTest {
    @TempDir
    private Path directory;

    private WrittenHistory history;

    @BeforeEach
    void write() {
        history = WrittenHistory.in(directory);
    }

    private List<String> ids(String... words) {
        return history.run(words).objects().stream()
                .map(entity -> entity.path("id").asText())
                .toList();
    }

    @Test
    void listsWhatThereIsOldestFirst() {
        var lines = history.run("list").lines();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).matches("i-web +instance +Running +- +3 +2026-11-23T14:00:00.000Z .*14:21:00.000Z");
        assertThat(lines.get(2)).matches("d-data +disk +Available +- +5 .*");
        assertThat(lines.get(3)).matches("d-spare +disk +Released +- +2 .*14:30:00.000Z");
    }

    @ParameterizedTest
    @CsvSource({
        "--kind=disk,               d-data d-spare",
        "--kind=Instance,           i-web",
        "--status=released,         d-spare",
        "--status=AVAILABLE,        d-data",
        "--status=In_use,           ''",
        "--min-events=3,            i-web d-data",
        "--max-events=3,            i-web d-spare",
        "--since=14:21:00,          i-web d-data d-spare",
        "--since=14:21:00.001,      d-spare",
        "--until=14:21:00,          i-web d-data",
        "--instance=i-web,          i-web",
    })
    void picksByWhatIsAskedFor(String option, String ids) {
        assertThat(String.join(" ", ids("list", "--json", option))).isEqualTo(ids);
    }

    @Test
    void listsTheDisksOnAnInstance() {
        var story = new Story("r-1", "testid", "AttachDisk", WrittenHistory.at("14:40:00"));
        var place = new Attachment(WrittenHistory.WEB, "/dev/xvdc", "r-1");
        history.append(
                WrittenHistory.DATA,
                new DiskEvent.Attaching(story, place, false, story.at().plusSeconds(2)));

        var listed = history.run("list", "--instance", "i-web", "--json").objects();

        assertThat(listed).hasSize(2);
        assertThat(listed.get(1).toString())
                .isEqualTo("{\"id\":\"d-data\",\"kind\":\"disk\",\"status\":\"ATTACHING\",\"instanceId\":\"i-web\","
                        + "\"device\":\"/dev/xvdc\",\"events\":6,\"first\":\"2026-11-23T14:00:00Z\","
                        + "\"last\":\"2026-11-23T14:40:00Z\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --status=Lost    | There is no status Lost: there are Creating, Available, Attaching, In_use,
            --kind=snapshot  | --kind is disk or instance, not snapshot
            --instance=i-9   | There is no i-9 in the journal at
            --instance=d-data| --instance is the id of an instance (i-…), not d-data
            --since=17       | a time is in UTC (2026-11-23T14:34:12Z, or 14:34:12 for the journal's last day), not 17
            --min-events=x   | a whole number was expected, not x
            """)
    void saysWhatIsWrong(String option, String sentence) {
        var answer = history.run("list", option);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains(sentence);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void saysThatNothingIsThere() {
        assertThat(history.run("list", "--status", "Creating").lines())
                .containsExactly("Nothing in the journal is like that.");
    }
}
