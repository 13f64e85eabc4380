package dev.moorage.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Pattern EMBEDDED =
            Pattern.compile("<script type=\"application/json\" id=\"report\">(.*?)</script>", Pattern.DOTALL);

    @Test
    void theReportIsInThePageWhole() throws IOException {
        var report = report("storm", null);
        var embedded = EMBEDDED.matcher(Page.of(report));
        assertThat(embedded.find()).isTrue();
        assertThat(new ObjectMapper().readValue(embedded.group(1), Report.class))
                .isEqualTo(report);
    }

    @Test
    void aNameCannotBreakOutOfThePage() {
        String page = Page.of(report("</script><img src=x onerror=alert(1)>", null));
        assertThat(page).doesNotContain("<img").contains("&lt;/script&gt;");
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        assertThat(Page.of(report("storm", null))).doesNotContainPattern("(src|href)=|@import|url\\(");
    }

    @Test
    void theTitleSaysHowItWent() {
        assertThat(Page.of(report("storm", null))).contains("<title>storm: all held</title>");
        assertThat(Page.of(report("storm", "the driver was slow")))
                .contains("<title>storm: not to be believed</title>");
    }

    static Report report(String workload, @Nullable String failure) {
        var tally = new Tally(null);
        tally.planned(1_000, 1);
        tally.answered(Verb.DETACH, 3_000_000, 2_000_000, null);
        tally.detached(60_000_000_000L);
        tally.endSecond(0, 0, 0, 1_000);
        return new Report(
                Report.FORMAT,
                "1",
                new Report.Run(workload, 1, "abc", "http://127.0.0.1:8642", "plain", "v1", 1, 1),
                "2026-01-01T00:00:00Z",
                1,
                new Report.Arrivals(1, 1, 1, 0, 0, 0),
                tally.actions(1),
                tally.seconds(),
                tally.detaching(),
                60.0,
                1,
                1,
                new Report.Driver(tally.lag(), 0.1, false),
                List.of(new Report.Invariant("no disk is lost", 1, 0, List.of())),
                List.of(new Report.Assertion("detach.p99 < 1s", "3ms", true)),
                failure);
    }
}
