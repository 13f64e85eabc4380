package dev.moorage.http;

import akka.pattern.Patterns;
import dev.moorage.actor.ControlsChange;
import dev.moorage.actor.Ecs;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Incident;
import dev.moorage.domain.Progression;
import dev.moorage.domain.Story;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The incident in which connections are refused: it ends by itself, since nobody can reach whoever could end it. */
final class Refusal {
    static final String NAME = "socket-refused";
    private static final String TIME = "time";

    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);
    /** Whoever begins it is to hear of it: so long the answer has to be sent. */
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Ecs ecs;
    private final Listening front;

    Refusal(Ecs ecs, Listening front) {
        this.ecs = ecs;
        this.front = front;
    }

    /**
     * How long, as it is told.
     *
     * @throws AdminRefusal if that is no time, or too long
     */
    static Duration time(Map<String, String> told) {
        String text = told.getOrDefault(TIME, "");
        return Progression.duration(text)
                .filter(time -> !time.isZero() && time.compareTo(LONGEST) <= 0)
                .orElseThrow(() ->
                        new AdminRefusal(400, TIME + " is a length of real time such as 10s, up to 10m, not " + text));
    }

    void begin(Incident incident, Duration time, Story story) {
        ControlsChange over =
                (controls, told, real) -> controls.incident(incident.id()).isPresent()
                        ? ControlsChange.accept(new ControlsEvent.IncidentEnded(told, incident.id()))
                        : ControlsChange.accept();
        var executor = ecs.system().executionContext();
        Patterns.after(A_MOMENT, ecs.system().classicSystem(), () -> front.refuse(time))
                .thenComposeAsync(open -> ecs.control(over, story), executor)
                .whenCompleteAsync(
                        (done, failure) -> {
                            if (failure != null) LOG.error("{} could not be ended", incident.id(), failure);
                        },
                        executor);
    }

    void end() {
        front.allow();
    }
}
