package dev.moorage.http;

import dev.moorage.actor.ControlsChange;
import dev.moorage.actor.Ecs;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Rule;
import dev.moorage.domain.Story;
import dev.moorage.fault.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes down to which calls rules were applied. Nobody waits for it: while one write is under way the next gather, and
 * beyond some hundreds those that are alike become one.
 */
final class FaultLog {
    private static final int MANY = 256;

    private record Alike(String rule, String action) {}

    private final Ecs ecs;
    private final List<ControlsEvent.FaultApplied> gathered = new ArrayList<>();
    private final Map<Alike, ControlsEvent.FaultApplied> merged = new LinkedHashMap<>();
    private boolean writing;

    FaultLog(Ecs ecs) {
        this.ecs = ecs;
    }

    void applied(Rule rule, Subject subject, Story story) {
        var fault = new ControlsEvent.FaultApplied(
                story,
                rule.id(),
                rule.incident(),
                subject.action(),
                rule.effect().name(),
                subject.ids(),
                1);
        synchronized (gathered) {
            if (gathered.size() < MANY) {
                gathered.add(fault);
            } else {
                merged.merge(new Alike(rule.id(), subject.action()), fault, FaultLog::both);
            }
            if (writing) return;
            writing = true;
        }
        write(story);
    }

    /** What several have in common, told of the first. */
    private static ControlsEvent.FaultApplied both(ControlsEvent.FaultApplied first, ControlsEvent.FaultApplied next) {
        return new ControlsEvent.FaultApplied(
                first.story(),
                first.rule(),
                first.incident(),
                first.action(),
                first.effect(),
                Stream.concat(first.about().stream(), next.about().stream())
                        .distinct()
                        .limit(MANY)
                        .toList(),
                first.times() + next.times());
    }

    private void write(Story story) {
        List<ControlsEvent.FaultApplied> faults;
        synchronized (gathered) {
            faults = new ArrayList<>(gathered);
            faults.addAll(merged.values());
            gathered.clear();
            merged.clear();
        }
        ecs.control(
                        (controls, now, real) -> new ControlsChange.Accepted(faults.stream()
                                .<ControlsEvent>map(fault -> at(now.at(), fault))
                                .toList()),
                        story)
                .whenCompleteAsync(
                        (answer, failure) -> next(story, failure), ecs.system().executionContext());
    }

    /** When it is written: what was gathered meanwhile must not run back in the history that it comes to. */
    private static ControlsEvent.FaultApplied at(Instant now, ControlsEvent.FaultApplied fault) {
        return new ControlsEvent.FaultApplied(
                fault.story().at(now),
                fault.rule(),
                fault.incident(),
                fault.action(),
                fault.effect(),
                fault.about(),
                fault.times());
    }

    private void next(Story story, Throwable failure) {
        if (failure != null) CallLog.failed(story.requestId(), failure);
        synchronized (gathered) {
            writing = !gathered.isEmpty();
            if (!writing) return;
        }
        write(story);
    }
}
