package dev.moorage.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.DiskId;
import java.time.Duration;
import java.time.Instant;

/** An explanation as JSON, for programs. */
public final class ExplanationTree {
    private ExplanationTree() {}

    /** With the sentences for people too; {@code now} is what these call the moment that they are about. */
    public static ObjectNode of(Explanation explanation, String now) {
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
        var stamp = stay.origin().stamp();
        if (stamp != null) {
            json.putObject("stamp")
                    .put("rule", stamp.rule())
                    .put("incident", stamp.incident())
                    .put("progression", stamp.progression())
                    .put("failsLate", stamp.failsLate());
        }
        var interference = explanation.interference();
        if (interference != null) {
            var last = interference.last();
            json.putObject("interference")
                    .put("calls", interference.calls())
                    .put("offset", interference.offset())
                    .put("at", last.story().at().toString())
                    .put("action", last.action())
                    .put("effect", last.effect())
                    .put("rule", last.rule())
                    .put("incident", last.incident())
                    .put("requestId", last.story().requestId())
                    .put("caller", last.story().caller());
        }
        json.put("asOf", explanation.asOf().toString());
        putWaiting(json, explanation.waiting(), explanation.asOf());
        var discrepancies = json.putArray("discrepancies");
        explanation
                .discrepancies()
                .forEach(discrepancy -> discrepancies
                        .addObject()
                        .put("diskId", discrepancy.diskId().value())
                        .put("heals", discrepancy.heals())
                        .put("text", discrepancy.text()));
        return json.put("text", Paragraph.of(explanation, now));
    }

    /** Says what is waited for. */
    public static void putWaiting(ObjectNode json, Waiting waiting, Instant asOf) {
        json.put("waitsFor", name(waiting));
        json.put("overdue", waiting.isOverdue(asOf));
        var endsWith = JsonNodeFactory.instance.arrayNode();
        if (waiting instanceof Waiting.ForDeadline deadline) {
            json.put("until", deadline.due().toString());
            json.put("remaining", Duration.between(asOf, deadline.due()).toString());
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
