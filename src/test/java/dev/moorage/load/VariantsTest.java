package dev.moorage.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Several reports side by side. */
class VariantsTest {
    private static final Pattern EMBEDDED =
            Pattern.compile("<script type=\"application/json\" id=\"report\">(.*?)</script>", Pattern.DOTALL);
    private static final List<Variant> TWO = List.of(
            new Variant("as it is", PageTest.report("storm", null)),
            new Variant("<limited>", PageTest.report("storm", "the run was stopped before its end")));

    @Test
    void theReportsAreInThePageWhole() throws IOException {
        String page = Page.of(TWO);
        var embedded = EMBEDDED.matcher(page);
        assertThat(embedded.find()).isTrue();
        assertThat(new ObjectMapper().readValue(embedded.group(1), new TypeReference<List<Variant>>() {}))
                .isEqualTo(TWO);
        assertThat(page).contains("<title>storm: as it is, &lt;limited&gt;</title>");
        assertThat(page).contains("<tr><th></th><th>as it is</th><th>&lt;limited&gt;</th></tr>");
        assertThat(page).contains("<tr><td>DetachDisk p99</td><td>3.00ms</td><td>3.00ms</td></tr>");
        assertThat(page).contains("<p class=\"bad\">&lt;limited&gt;: the run was stopped before its end</p>");
        assertThat(page).doesNotContain("<limited>").doesNotContainPattern("(src|href)=|@import|url\\(");
    }

    @Test
    void aTerminalHasAColumnForEach() {
        assertThat(Summary.table(TWO))
                .containsPattern("(?m)^ +as it is +<limited>$")
                .containsPattern("(?m)^answered per s +1[.]0 +1[.]0$")
                .containsPattern("(?m)^all Available after +60[.]0 s +60[.]0 s$")
                .containsPattern("(?m)^no disk is lost +held +held$")
                .containsPattern("(?m)^detach[.]p99 < 1s +held: 3ms +held: 3ms$")
                .contains("<limited> is not to be believed: the run was stopped before its end");
    }

    @Test
    void whatOneHasAndTheOtherNotIsARowAllTheSame() {
        var tally = new Tally(null);
        tally.answered(Verb.ATTACH, 1_000_000, 1_000_000, "Throttling");
        var one = PageTest.report("storm", null);
        var other = new Report(
                one.format(),
                one.version(),
                one.run(),
                one.started(),
                1,
                one.arrivals(),
                tally.actions(1),
                List.of(),
                null,
                null,
                0,
                0,
                one.driver(),
                List.of(),
                List.of(),
                null);
        assertThat(Summary.table(List.of(new Variant("one", one), new Variant("other", other))))
                .containsPattern("(?m)^  Throttling +0 +1$")
                .containsPattern("(?m)^AttachDisk p50 +- +1[.]00ms$")
                .containsPattern("(?m)^Detaching p50 +60[.]0\\ds +-$")
                .containsPattern("(?m)^no disk is lost +held +-$");
    }
}
