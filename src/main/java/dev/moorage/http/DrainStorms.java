package dev.moorage.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.actor.Ecs;
import dev.moorage.domain.Incident;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Progression;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The storms of this process, also some that are over. What a restart cuts short is not taken up again. */
final class DrainStorms {
    private static final int KEPT = 16;
    private static final int MOST = 100_000;

    private final Ecs ecs;
    private final Faults faults;
    private final Deque<DrainStorm> storms = new ArrayDeque<>();

    DrainStorms(Ecs ecs, Faults faults) {
        this.ecs = ecs;
        this.faults = faults;
    }

    /** What a storm would be about, with what it was told and the defaults of what it was not. */
    record Plan(DrainStorm.Manner manner, List<DrainStorm.Target> targets) {}

    Plan plan(Map<String, String> told) {
        var manner = new DrainStorm.Manner(
                whole(told, "inFlight", 1, 1_000), duration(told, "retry"), whole(told, "tries", 1, MOST));
        String instance = told.getOrDefault("instanceId", "");
        var targets = DrainStorm.targets(
                ecs.environment().world(),
                instance.isEmpty() ? null : new InstanceId(instance),
                whole(told, "instances", 1, MOST),
                whole(told, "disksEach", 0, MOST));
        if (targets.isEmpty()) {
            throw new AdminRefusal(
                    409,
                    instance.isEmpty()
                            ? "No instance has a data disk in use"
                            : "There is no instance " + instance + " that has a data disk in use");
        }
        return new Plan(manner, targets);
    }

    private static int whole(Map<String, String> told, String name, int least, int most) {
        String text = told.getOrDefault(name, "");
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new AdminRefusal(400, name + " is a whole number from " + least + " to " + most + ", not " + text);
    }

    private static Duration duration(Map<String, String> told, String name) {
        String text = told.getOrDefault(name, "");
        return Progression.duration(text)
                .orElseThrow(() -> new AdminRefusal(400, name + " is a duration such as 500ms or 1s, not " + text));
    }

    synchronized void begin(Incident incident, Plan plan) {
        var storm = new DrainStorm(ecs, faults, incident, plan.manner(), plan.targets());
        storms.addFirst(storm);
        if (storms.size() > KEPT) storms.removeLast();
        storm.begin();
    }

    private synchronized Optional<DrainStorm> find(String id) {
        return storms.stream().filter(storm -> storm.id().equals(id)).findFirst();
    }

    boolean knows(String id) {
        return find(id).isPresent();
    }

    /** Adds how far it has come, if this is a storm. */
    ObjectNode put(ObjectNode body, String id) {
        find(id).ifPresent(storm -> storm.put(body.putObject("progress")));
        return body;
    }
}
