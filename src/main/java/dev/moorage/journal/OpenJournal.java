package dev.moorage.journal;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The one journal of an actor system, for both its plugins: the one that the system was created with, else the one in
 * {@code moorage.data}, which is closed with the system.
 */
final class OpenJournal implements Extension {
    /** The dispatcher for whatever reads. */
    static final String READERS = "moorage.dispatchers.replay";

    private static final AbstractExtensionId<OpenJournal> ID = new AbstractExtensionId<>() {
        @Override
        public OpenJournal createExtension(ExtendedActorSystem system) {
            return new OpenJournal(system);
        }
    };

    private final Journal journal;

    private OpenJournal(ExtendedActorSystem system) {
        var setup = system.settings().setup().get(JournalSetup.class);
        if (setup.isPresent()) {
            journal = setup.get().journal();
        } else {
            journal = open(system.settings().config().getConfig("moorage"));
            system.registerOnTermination(journal::close);
        }
    }

    static Journal of(ActorSystem system) {
        return ID.get(system).journal;
    }

    private static Journal open(Config config) {
        // Nobody looks on: events of disks and instances are for a server.
        return new Journal(new EventStore(storage(config)), Clock.systemUTC(), recorded -> {});
    }

    private static Storage storage(Config config) {
        if (config.getBoolean("in-memory")) return new MemoryStorage();
        var directory = Path.of(config.getString("data"));
        try {
            return LevelDbStorage.open(
                    directory, Engine.of(config.getString("journal.engine")), config.getBoolean("journal.fsync"));
        } catch (IOException e) {
            throw new IllegalStateException("The journal in " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }
}
