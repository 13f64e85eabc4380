package dev.moorage.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.Recorded;
import dev.moorage.view.Audit;
import dev.moorage.view.Audit.Finding;
import dev.moorage.view.Audit.Summary;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads a journal once, and says what is wrong with it. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Say what is wrong with a journal: damage, holes, and facts that cannot follow one another.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:something is wrong", "2:there is no journal to read"},
        footer = {"", "Examples:", "  moorage journal verify", "  moorage journal verify --data /tmp/data --json"})
final class JournalVerify implements Callable<Integer> {
    private static final int SOUND = 0;
    private static final int WRONG = 1;

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Mixin
    private final Output output = new Output();

    private long kept;
    private final Set<String> said = new HashSet<>();

    @Override
    public Integer call() {
        var audit = new Audit(this::print);
        try (var history = place.openDamaged()) {
            history.read(0, Long.MAX_VALUE, new History.Reader() {
                @Override
                public void event(Recorded recorded, int bytes) {
                    audit.apply(recorded.offset(), recorded.entity(), recorded.sequenceNr(), recorded.event());
                }

                @Override
                public void damaged(long offset, JournalDamaged damage) {
                    String text = Objects.requireNonNullElse(damage.getMessage(), "it cannot be read");
                    said.add(text);
                    audit.damaged(offset, text);
                }
            });
            history.check(finding -> {
                if (said.add(finding.text())) print(finding);
            });
            var summary = audit.finish();
            print(summary, history);
            return summary.problems() + kept == 0 ? SOUND : WRONG;
        }
    }

    /** Of how the journal is kept. */
    private void print(dev.moorage.journal.Finding finding) {
        if (finding.isDamage()) kept++;
        if (output.isJson()) {
            output.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("finding", finding.isDamage() ? "problem" : "unfinished")
                    .put("kind", "files")
                    .put("text", finding.text()));
        } else {
            output.lines().println(finding.text());
        }
    }

    private void print(Finding finding) {
        if (output.isJson()) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("finding", finding.kind().isProblem() ? "problem" : "unfinished")
                    .put("kind", finding.kind().wire())
                    .put("offset", finding.offset());
            if (finding.entity() != null) {
                json.put("entity", finding.entity().value()).put("sequenceNr", finding.sequenceNr());
            }
            output.print(json.put("text", finding.text()));
            return;
        }
        String whose = finding.entity() == null ? "" : finding.entity().value() + " #" + finding.sequenceNr();
        output.lines()
                .printf(
                        "%8d  %-20s  %-15s %s%n",
                        finding.offset(), whose, finding.kind().wire() + ":", finding.text());
    }

    private void print(Summary summary, History history) {
        if (output.isJson()) {
            var json = JsonNodeFactory.instance.objectNode();
            var counts = json.putObject("summary")
                    .put("events", summary.events())
                    .put("disks", summary.disks())
                    .put("instances", summary.instances())
                    .put("problems", summary.problems() + kept)
                    .put("unfinished", summary.unfinished())
                    .put("lastOffset", summary.lastOffset());
            if (summary.latest() != null) counts.put("latest", summary.latest().toString());
            output.print(json);
            return;
        }
        output.lines()
                .printf(
                        "%s: %d events of %d disks and %d instances, %s%s%n",
                        history.description(),
                        summary.events(),
                        summary.disks(),
                        summary.instances(),
                        count(summary.problems() + kept),
                        summary.unfinished() == 0
                                ? ""
                                : ", " + summary.unfinished() + " unfinished (a server takes that up when it starts)");
    }

    private static String count(long problems) {
        return problems == 0 ? "nothing wrong" : problems == 1 ? "1 problem" : problems + " problems";
    }
}
