package dev.moorage.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.DiskId;
import dev.moorage.journal.EventCodec;
import dev.moorage.view.Chronicle;
import dev.moorage.view.Explanation;
import dev.moorage.view.Waiting;
import java.time.Duration;
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
        String text = Paragraph.of(explanation, at == null ? "the end of the journal" : at);
        if (output.isJson()) {
            output.print(json(explanation).put("text", text));
        } else {
            output.lines().println(text);
        }
    }

    private static ObjectNode json(Explanation explanation) {
        var stay = explanation.stay();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("entity", explanation.entity().value())
                .put("status", stay.status())
                .put("since", stay.since().toString())
                .put("offset", stay.offset());
        json.putObject("begunBy")
                .put("action", stay.origin().cause())
                .put("requestId", stay.origin().requestId())
                .put("caller", stay.origin().caller());
        if (stay.origin().stamp() != null)
            json.set("stamp", EventCodec.tree(stay.origin().stamp()));
        json.put("asOf", explanation.asOf().toString());
        putWaiting(json, explanation);
        var discrepancies = json.putArray("discrepancies");
        explanation
                .discrepancies()
                .forEach(discrepancy -> discrepancies
                        .addObject()
                        .put("diskId", discrepancy.diskId().value())
                        .put("heals", discrepancy.heals())
                        .put("text", discrepancy.text()));
        return json;
    }

    private static void putWaiting(ObjectNode json, Explanation explanation) {
        var waiting = explanation.waiting();
        json.put("waitsFor", name(waiting));
        json.put("overdue", explanation.isOverdue());
        var endsWith = JsonNodeFactory.instance.arrayNode();
        if (waiting instanceof Waiting.ForDeadline deadline) {
            json.put("until", deadline.due().toString());
            json.put(
                    "remaining",
                    Duration.between(explanation.asOf(), deadline.due()).toString());
            endsWith.add(deadline.next());
        } else if (waiting instanceof Waiting.ForHand hand) {
            endsWith.add(hand.next());
        } else if (waiting instanceof Waiting.ForCall call) {
            call.actions().forEach(endsWith::add);
        } else if (waiting instanceof Waiting.ForInstance instance) {
            endsWith.add(instance.instanceId().value());
        } else if (waiting instanceof Waiting.ForDisks disks) {
            disks.diskIds().stream().map(DiskId::value).forEach(endsWith::add);
        }
        json.set("endsWith", endsWith);
    }

    private static String name(Waiting waiting) {
        if (waiting instanceof Waiting.ForDeadline) return "deadline";
        if (waiting instanceof Waiting.ForHand) return "hand";
        if (waiting instanceof Waiting.ForCall) return "call";
        if (waiting instanceof Waiting.ForInstance) return "instance";
        if (waiting instanceof Waiting.ForDisks) return "disks";
        return waiting instanceof Waiting.ForNobody ? "unknown" : "nothing";
    }
}
