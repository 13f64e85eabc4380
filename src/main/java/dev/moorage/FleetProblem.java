package dev.moorage;

import com.typesafe.config.ConfigOrigin;

/** A fleet that cannot be. The message names the place and says what is wrong there. */
final class FleetProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    FleetProblem(String message) {
        super(message);
    }

    FleetProblem(ConfigOrigin place, String problem) {
        super(place.description() + ": " + problem);
    }
}
