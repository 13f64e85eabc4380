package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import picocli.CommandLine.Parameters;

/** Whose history a tool is about: the parameter that such tools share. */
final class Subject {
    @Parameters(paramLabel = "ID", description = "A disk (d-...) or an instance (i-...).")
    @SuppressWarnings("NullAway.Init")
    private String id;

    /**
     * What the parameter names.
     *
     * @throws BadInput if it is no id
     */
    EntityId id() {
        return Entity.id(id);
    }

    /** To be thrown if the journal has nothing of it; {@code when} is empty, or begins with a space. */
    BadInput isNotIn(History history, String when) {
        return new BadInput("There is no " + id + " in " + history.description() + when);
    }
}
