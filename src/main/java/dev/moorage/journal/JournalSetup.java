package dev.moorage.journal;

import akka.actor.setup.Setup;

/** Hands the journal to an actor system that is being created: Akka makes its plugins itself. */
public final class JournalSetup extends Setup {
    private final Journal journal;

    public JournalSetup(Journal journal) {
        this.journal = journal;
    }

    Journal journal() {
        return journal;
    }
}
