package dev.moorage.load;

import java.time.Duration;

/** How calls come to one server, and their answers back. Used on the thread of a run only. */
public interface Line {
    /** How long an answer may take. */
    Duration PATIENCE = Duration.ofSeconds(30);

    /** Sends it as soon as there is room. It is told of its answer later, not before this returns. */
    void send(Errand errand);

    /** Those that are sent and those that wait to be. */
    int inFlight();

    /** Gives up those that have waited too long for their answers. Called now and then. */
    void giveUp(long now);

    /** Whatever is still on its way comes to nothing, and is told so now. */
    void close();

    /** How many calls that do not count are to be made before the first that does. */
    default int warmUps() {
        return 0;
    }
}
