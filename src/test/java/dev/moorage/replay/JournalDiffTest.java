package dev.moorage.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.journal.EventCodec;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalDiffTest {
    @TempDir
    private Path directory;

    private WrittenHistory history;

    @BeforeEach
    void write() {
        history = WrittenHistory.in(directory);
    }

    @Test
    void tellsWhatChangedFieldByFieldInTheOrderOfIds() {
        assertThat(history.run("diff", "2", "14:10:02").out()).isEqualTo("""
                d-data, a disk, changed
                  status: Available → In_use
                  deleteWithInstance: false → true
                  attachment.instanceId: - → i-web
                  attachment.device: - → /dev/xvdb
                  attachment.reservation: - → 11111111-AAAA-4000-8000-000000000001
                  attachedAt: - → 2026-11-23T14:10:02Z
                i-web, an instance, changed
                  slots[/dev/xvdb].diskId: - → d-data
                  slots[/dev/xvdb].device: - → /dev/xvdb
                  slots[/dev/xvdb].reservation: - → 11111111-AAAA-4000-8000-000000000001
                """);
    }

    @Test
    void runsBackwards() {
        assertThat(history.run("diff", "9", "8").lines())
                .containsExactly("d-spare, a disk, changed", "  status: Released → Available");
    }

    @Test
    void looksAtOneThingAlone() {
        assertThat(history.run("diff", "2", "14:10:02", "i-web").lines())
                .hasSize(4)
                .startsWith("i-web, an instance, changed");
    }

    @Test
    void tellsWhatCameAndWent() {
        assertThat(history.run("diff", "0", "1").lines())
                .startsWith("d-data, a disk, came")
                .contains("  status: - → Available");
        assertThat(history.run("diff", "1", "13:00").lines())
                .contains("d-data, a disk, went", "  status: Available → -", "i-web, an instance, went");
        assertThat(history.run("diff", "0", "1", "d-data").lines()).startsWith("d-data, a disk, came");
    }

    @Test
    void saysThatNothingChanged() {
        assertThat(history.run("diff", "5", "5").lines()).containsExactly("Nothing changed.");
        // What changed is back where it was.
        assertThat(history.run("diff", "2", "14:21:00", "i-web").lines()).containsExactly("Nothing changed.");
        assertThat(history.run("diff", "5", "5", "--json").out()).isEmpty();
    }

    @Test
    void givesValuesAsTheyStandInTheJournalAsJson() {
        assertThat(history.run("diff", "8", "9", "--json").out().strip())
                .isEqualTo("{\"id\":\"d-spare\",\"kind\":\"disk\",\"change\":\"changed\",\"fields\":"
                        + "[{\"field\":\"status\",\"before\":\"AVAILABLE\",\"after\":\"RELEASED\"}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 2 d-9 | There is no d-9 in the journal at
            1 b     | a point is an offset (1234), a time in UTC
            1       | Missing required parameter
            """)
    void saysWhatIsWrong(String words, String sentence) {
        var answer = history.run(("diff " + words).split(" "));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains(sentence);
    }

    @Test
    void comparesStatesWhateverTheyAre() {
        var one = EventCodec.tree(Map.of("status", "AVAILABLE", "locks", new String[] {"SECURITY"}));
        var other = EventCodec.tree(Map.of("status", "AVAILABLE", "locks", new String[] {}));

        assertThat(Difference.between(one, one)).isEqualTo(Difference.between(null, null));
        assertThat(Difference.between(null, one).what()).isEqualTo(Difference.What.CAME);
        assertThat(Difference.between(one, null).what()).isEqualTo(Difference.What.WENT);
        var change = Difference.between(one, other).changes().get(0);
        assertThat(change.field()).isEqualTo("locks");
        assertThat(Fields.shown("locks", change.before())).isEqualTo("security");
        assertThat(change.after()).isNull();
    }

    @Test
    void showsTextsThatPeopleWouldMisread() {
        assertThat(Fields.shown("spec.name", EventCodec.tree(""))).isEqualTo("\"\"");
        assertThat(Fields.shown("spec.name", EventCodec.tree("a\nb"))).isEqualTo("\"a\\nb\"");
        assertThat(Fields.shown("spec.name", EventCodec.tree("RELEASED"))).isEqualTo("RELEASED");
        assertThat(Fields.shown("status", EventCodec.tree("RE_INITING"))).isEqualTo("ReIniting");
    }
}
