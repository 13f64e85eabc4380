package dev.moorage.actor;

import dev.moorage.domain.Controls;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Story;
import java.time.Instant;
import java.util.List;

/** What an operator asks of the simulation itself: a pure rule, like that of a verb. */
public interface ControlsChange {
    /** What the rule says. */
    sealed interface Decision {}

    /** This is to happen. It may be nothing: then it is so already. */
    record Accepted(List<ControlsEvent> events) implements Decision {}

    /** It cannot be, and this sentence says why. */
    record Refused(String why) implements Decision {}

    /** Decides. {@code real} is the moment of real time that goes with the story's moment of simulated time. */
    Decision decide(Controls controls, Story story, Instant real);

    static Decision accept(ControlsEvent... events) {
        return new Accepted(List.of(events));
    }

    static Decision refuse(String why) {
        return new Refused(why);
    }
}
