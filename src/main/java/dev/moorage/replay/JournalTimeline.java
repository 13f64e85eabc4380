package dev.moorage.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.EventName;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.view.Stay;
import dev.moorage.view.Timeline;
import dev.moorage.view.Timeline.Step;
import dev.moorage.view.Times;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what happened to something beside what happened to that which it is joined to. */
@Command(
        name = "timeline",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show a disk beside its instances, or an instance beside its disks, and how long all took.",
        footer = {
            "",
            "Examples:",
            "  moorage journal timeline d-23jbf2v5m",
            "  moorage journal timeline i-23jggx34b --data /tmp/data --json"
        })
final class JournalTimeline implements Runnable {
    @Mixin
    private final Subject subject = new Subject();

    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Mixin
    private final Output output = new Output();

    private @Nullable LocalDate day;

    @Override
    public void run() {
        var id = subject.id();
        var timeline = new Timeline(id, this::print);
        var chronicle = timeline.chronicle();
        try (var history = place.open()) {
            history.read(
                    0,
                    Long.MAX_VALUE,
                    new WholeHistories(
                            chronicle.world(),
                            recorded -> timeline.apply(recorded.offset(), recorded.entity(), recorded.event())));
            var stay = chronicle.stay(id);
            if (stay == null) throw subject.isNotIn(history, "");
            if (!output.isJson()) printEnd(stay, chronicle.latest());
        }
    }

    private void print(Step step) {
        if (output.isJson()) {
            printJson(step);
        } else {
            printRow(step);
        }
    }

    private void printRow(Step step) {
        var at = step.event().story().at();
        printDay(at);
        printEnded(step);
        var story = step.event().story();
        output.lines()
                .printf(
                        "%8d  %s  %12s  %s  %s by %s, %s%n",
                        step.offset(),
                        Times.timeOfDay(at),
                        step.gap() == null || step.gap().isZero() ? "" : "+" + Times.duration(step.gap()),
                        columns(step.entity(), cell(step)),
                        story.cause(),
                        story.caller(),
                        story.requestId());
    }

    /** What ended gets a line of its own, just before that which ended it. */
    private void printEnded(Step step) {
        var lasted = step.lasted();
        if (step.ended() == null || lasted == null || lasted.isZero()) return;
        String stay = step.ended().status() + " for " + Times.duration(lasted);
        output.lines().println(" ".repeat(38) + columns(step.entity(), stay).stripTrailing());
    }

    private String columns(EntityId entity, String cell) {
        return entity.equals(subject.id())
                ? String.format(Locale.ROOT, "%-46s  %-46s", cell, "")
                : String.format(Locale.ROOT, "%-46s  %-46s", "", entity.value() + " " + cell);
    }

    private void printDay(Instant at) {
        var next = LocalDate.ofInstant(at, ZoneOffset.UTC);
        if (day == null) {
            String others = subject.id() instanceof DiskId ? "its instances" : "its disks";
            output.lines()
                    .printf(
                            "%10s%-28s%-48s%s%n",
                            "", next + " (UTC)", subject.id().value(), others);
        } else if (!next.equals(day)) {
            output.lines().printf("%10s%s%n", "", next);
        }
        day = next;
    }

    private static String cell(Step step) {
        if (step.event() instanceof ControlsEvent.FaultApplied fault) return faultCell(fault);
        if (step.device() != null) return deviceCell(step);
        if (step.due() != null) return step.status() + " until " + Times.timeOfDay(step.due());
        var attachment = step.attachment();
        return attachment == null
                ? step.status()
                : step.status() + " on " + attachment.instanceId() + " " + attachment.device();
    }

    private static String faultCell(ControlsEvent.FaultApplied fault) {
        String whose = fault.incident().isEmpty() ? fault.rule() : fault.incident();
        return fault.effect() + " (" + whose + ")" + (fault.times() > 1 ? ", " + fault.times() + " times" : "");
    }

    private static String deviceCell(Step step) {
        boolean isTaken = step.event() instanceof InstanceEvent.SlotReserved;
        return (isTaken ? "keeps " : "frees ") + step.device() + " (" + step.status() + ")";
    }

    private void printJson(Step step) {
        var story = step.event().story();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("offset", step.offset())
                .put("at", story.at().toString())
                .put("entity", step.entity().value())
                .put("type", EventName.of(step.event()))
                .put("status", step.status());
        var attachment = step.attachment();
        if (attachment != null) {
            json.put("instanceId", attachment.instanceId().value()).put("device", attachment.device());
        }
        if (step.device() != null) json.put("device", step.device());
        if (step.due() != null) json.put("due", step.due().toString());
        if (step.ended() != null) {
            json.putObject("ended")
                    .put("status", step.ended().status())
                    .put("lasted", Objects.requireNonNull(step.lasted()).toString());
        }
        if (step.event() instanceof ControlsEvent.FaultApplied fault) {
            json.put("effect", fault.effect())
                    .put("rule", fault.rule())
                    .put("incident", fault.incident())
                    .put("times", fault.times());
        }
        if (step.gap() != null) json.put("gap", step.gap().toString());
        output.print(
                json.put("cause", story.cause()).put("caller", story.caller()).put("requestId", story.requestId()));
    }

    private void printEnd(Stay stay, Instant end) {
        output.lines()
                .printf(
                        "%10s%s at the end of the journal: %s for %s%n",
                        "", Times.timeOfDay(end), stay.status(), Times.duration(stay.lasting(end)));
    }
}
