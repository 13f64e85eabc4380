package dev.moorage.replay;

import dev.moorage.view.Chronicle;
import dev.moorage.view.Explanation;
import dev.moorage.view.ExplanationTree;
import dev.moorage.view.Paragraph;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says why something is as it is. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Say what a disk or an instance is doing, since which call, and what would end it.",
        footer = {
            "",
            "Examples:",
            "  moorage journal why d-23jbf2v5m",
            "  moorage journal why d-23jbf2v5m --at 14:34:30",
            "  moorage journal why i-23jggx34b --at 1234 --json"
        })
final class JournalWhy implements Runnable {
    @Mixin
    private final Subject subject = new Subject();

    @Option(
            names = "--at",
            paramLabel = "POINT",
            description = "An offset, a time in UTC or a RequestId (default the journal's end).")
    private @Nullable String at;

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        var id = subject.id();
        var point = at == null ? null : new Point(at);
        var chronicle = new Chronicle();
        try (var history = place.open()) {
            history.read(
                    0,
                    point == null ? Long.MAX_VALUE : point.offsetIn(history),
                    new WholeHistories(
                            chronicle.world(),
                            recorded -> chronicle.apply(recorded.offset(), recorded.entity(), recorded.event())));
            var now =
                    point == null ? chronicle.latest() : point.momentIn(history).orElse(chronicle.latest());
            print(Explanation.of(chronicle, id, now)
                    .orElseThrow(() -> subject.isNotIn(history, at == null ? "" : " at " + at)));
        }
    }

    private void print(Explanation explanation) {
        String now = at == null ? "the end of the journal" : at;
        if (output.isJson()) {
            output.print(ExplanationTree.of(explanation, now));
        } else {
            output.lines().println(Paragraph.of(explanation, now));
        }
    }
}
