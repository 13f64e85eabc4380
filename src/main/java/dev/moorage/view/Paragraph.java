package dev.moorage.view;

import dev.moorage.domain.Attachment;
import dev.moorage.domain.Instance;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Stamp;
import dev.moorage.domain.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An explanation as a few sentences that a person can act on. */
public final class Paragraph {
    private final Explanation explanation;
    private final String now;

    private Paragraph(Explanation explanation, String now) {
        this.explanation = explanation;
        this.now = now;
    }

    /** The sentences, in one line; {@code now} is what people call the moment that they are about. */
    public static String of(Explanation explanation, String now) {
        return String.join(" ", new Paragraph(explanation, now).sentences());
    }

    private List<String> sentences() {
        var sentences = new ArrayList<String>();
        sentences.add(status());
        sentences.add(stamp(explanation.stay().origin().stamp()));
        sentences.add(interference(explanation.interference()));
        sentences.add(place());
        sentences.add(waiting(explanation.waiting()));
        sentences.add(locks(explanation.instance()));
        explanation.discrepancies().forEach(discrepancy -> sentences.add(discrepancy(discrepancy)));
        sentences.removeIf(String::isEmpty);
        return sentences;
    }

    private String status() {
        var stay = explanation.stay();
        return explanation.entity().value() + " has been " + stay.status() + " since " + Times.moment(stay.since())
                + " (offset " + stay.offset() + "), " + by(stay.origin()) + ".";
    }

    private static String by(Story origin) {
        boolean isFleet = origin.cause().equals(origin.requestId());
        return isFleet
                ? "as " + origin.cause() + " has it"
                : "by " + origin.cause() + " of " + origin.caller() + " (RequestId " + origin.requestId() + ")";
    }

    private String place() {
        var disk = explanation.disk();
        var attachment = disk == null ? null : disk.attachment();
        if (attachment != null) return "Its place is " + place(attachment) + ", " + state(explanation.instance()) + ".";
        var instance = explanation.instance();
        if (disk != null || instance == null || instance.slots().isEmpty()) return "";
        return "It keeps " + instance.slots().stream().map(Paragraph::slot).collect(Collectors.joining(", ")) + ".";
    }

    private static String place(Attachment attachment) {
        return attachment.device() + " of " + attachment.instanceId();
    }

    private static String slot(Slot slot) {
        return slot.device() + " for " + slot.diskId();
    }

    private static String state(@Nullable Instance instance) {
        if (instance == null) return "which was never made";
        var released = instance.isReleased() ? instance.transition() : null;
        return released == null
                ? "which is " + instance.status().wire()
                : "which was Released at " + Times.moment(released.begun().at()) + ", " + by(released.begun());
    }

    private String waiting(Waiting waiting) {
        if (waiting instanceof Waiting.ForDeadline deadline) return deadline(deadline);
        if (waiting instanceof Waiting.ForHand hand) return hand(hand);
        if (waiting instanceof Waiting.ForCall call) return call(call);
        if (waiting instanceof Waiting.ForInstance instance) return instance(instance);
        if (waiting instanceof Waiting.ForDisks disks) {
            return "It still has to let go " + list(disks.diskIds(), "and")
                    + ": a server does that by itself, if need be when it starts next.";
        }
        return waiting instanceof Waiting.ForNobody
                ? "Nothing says until when, so nothing will end it: it was written without a deadline."
                : "It is gone for good: nothing changes it any more.";
    }

    private String deadline(Waiting.ForDeadline deadline) {
        var rest = Duration.between(explanation.asOf(), deadline.due());
        if (!explanation.isOverdue()) {
            return "Nothing more to do: it becomes " + deadline.next() + " by itself at " + Times.moment(deadline.due())
                    + ", " + Times.duration(rest) + " after " + now + ".";
        }
        return "It is overdue: it should have become " + deadline.next() + " at " + Times.moment(deadline.due())
                + ", "
                + Times.duration(rest.negated()) + " before " + now
                + ". Either no server was running at that time, or the alarm did not ring;"
                + " a server that starts now ends it at once.";
    }

    private static String stamp(@Nullable Stamp stamp) {
        if (stamp == null) return "";
        if (stamp.rule().isEmpty()) return "It is a call of the incident " + stamp.incident() + ".";
        String whose = stamp.incident().isEmpty() ? "" : "The incident " + stamp.incident() + ", by its rule ";
        String rule = whose.isEmpty() ? "The rule " + stamp.rule() : whose + stamp.rule() + ",";
        String what = stamp.failsLate()
                ? " makes it fall back in the end"
                : stamp.progression().isEmpty() ? " had a hand in it" : " made it " + stamp.progression();
        return rule + what + ".";
    }

    private static String interference(@Nullable Interference interference) {
        if (interference == null) return "";
        var last = interference.last();
        String whose = last.incident().isEmpty() ? "the rule " + last.rule() : "the incident " + last.incident();
        String more = interference.calls() == 1 ? "" : " That is the last of " + interference.calls() + " such calls.";
        return last.action() + " of " + last.story().caller() + " at "
                + Times.moment(last.story().at()) + " (RequestId "
                + last.story().requestId() + ", offset "
                + interference.offset() + ") met " + whose + ": " + last.effect() + "." + more;
    }

    private String hand(Waiting.ForHand hand) {
        var stamp = hand.begun().stamp();
        String orElse = "";
        if (stamp != null && hand.begun().holder().isPresent()) {
            orElse = ", or when the incident " + stamp.incident() + " is ended";
        }
        return "It does not end by itself, and waits for an operator: it becomes " + hand.next()
                + " with moorage complete " + explanation.entity().value() + orElse + ".";
    }

    private String call(Waiting.ForCall call) {
        if (call.actions().isEmpty()) return "Nothing is under way, and no call changes it as it is.";
        boolean one = call.actions().size() == 1;
        return "Nothing is under way: " + list(call.actions(), "or") + (one ? " is the call" : " are the calls")
                + " that it takes now" + example(call) + ".";
    }

    /** The one call that takes a disk off needs two ids. */
    private String example(Waiting.ForCall call) {
        var disk = explanation.disk();
        var attachment = disk == null ? null : disk.attachment();
        return disk == null || attachment == null || !call.actions().contains("DetachDisk")
                ? ""
                : " (DetachDisk with InstanceId=" + attachment.instanceId() + " and DiskId=" + disk.id() + ")";
    }

    private static String instance(Waiting.ForInstance instance) {
        return "It takes no call while " + instance.instanceId() + " is " + instance.status()
                + (instance.due() == null ? "." : ", until " + Times.moment(instance.due()) + ".");
    }

    private static String locks(@Nullable Instance instance) {
        return instance != null && instance.isLockedForSecurity() && !instance.isReleased()
                ? instance.id() + " is locked for security, and takes nothing but DeleteInstance."
                : "";
    }

    private static String discrepancy(Discrepancy discrepancy) {
        return "But " + discrepancy.text()
                + (discrepancy.heals()
                        ? ": that goes away once the disk has answered, at the latest when a server starts."
                        : ": no server puts that right by itself.");
    }

    private static String list(List<?> things, String last) {
        int n = things.size();
        var texts = things.stream().map(String::valueOf).toList();
        return n < 2
                ? String.join("", texts)
                : String.join(", ", texts.subList(0, n - 1)) + " " + last + " " + texts.get(n - 1);
    }
}
