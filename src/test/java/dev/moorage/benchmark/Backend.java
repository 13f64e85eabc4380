package dev.moorage.benchmark;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Journal;
import dev.moorage.journal.JournalSetup;
import dev.moorage.journal.LevelDbStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A journal under the same actors: with the native engine where it is LevelDB, and else as it comes. */
enum Backend {
    OURS("ours", "moorage.journal.plugin", true),
    STOCK("stock plugin", "akka.persistence.journal.leveldb", true),
    STOCK_WITHOUT_FSYNC("stock plugin, no fsync", "akka.persistence.journal.leveldb", false),
    IN_MEMORY("Akka's in-memory journal", "akka.persistence.journal.inmem", false);

    /** An actor system over this journal, which is closed with it. */
    record Running<T>(ActorSystem<T> system, Optional<CountingStorage> device, Runnable closeJournal)
            implements AutoCloseable {
        @Override
        public void close() {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
            closeJournal.run();
        }
    }

    private final String title;
    private final String plugin;
    private final boolean fsync;

    Backend(String title, String plugin, boolean fsync) {
        this.title = title;
        this.plugin = plugin;
        this.fsync = fsync;
    }

    String title() {
        return title;
    }

    /** The LevelDB database itself, for whoever opens it without a plugin. */
    static Path journalIn(Path directory) {
        return directory.resolve("journal");
    }

    <T> Running<T> start(Path directory, Behavior<T> guardian) throws IOException {
        var bootstrap = BootstrapSetup.create(config(directory));
        if (this != OURS) {
            var system = ActorSystem.create(guardian, "benchmark", ActorSystemSetup.create(bootstrap));
            return new Running<>(system, Optional.empty(), () -> {});
        }
        var device = new CountingStorage(LevelDbStorage.open(directory, Engine.JNI, fsync));
        var journal = new Journal(new EventStore(device), Clock.systemUTC(), recorded -> {});
        var setup = ActorSystemSetup.create(bootstrap, new JournalSetup(journal));
        return new Running<>(ActorSystem.create(guardian, "benchmark", setup), Optional.of(device), journal::close);
    }

    private Config config(Path directory) {
        var product = ConfigFactory.load("server");
        var config = this == OURS
                ? product
                // Ours asks its snapshot store at each recovery, as in the product. The others have none to ask.
                : with(product, "akka.persistence.snapshot-store.plugin", "akka.persistence.no-snapshot-store");
        config = with(config, "akka.persistence.journal.plugin", plugin);
        config = with(
                config,
                "akka.persistence.journal.leveldb.dir",
                journalIn(directory).toString());
        config = with(config, "akka.persistence.journal.leveldb.fsync", fsync);
        config = with(config, "akka.persistence.journal.leveldb.native", true);
        config = with(config, "akka.actor.serializers.moorage", EventSerializer.class.getName());
        return with(config, "akka.actor.serialization-bindings.\"dev.moorage.domain.DiskEvent\"", "moorage");
    }

    private static Config with(Config config, String key, Object value) {
        return config.withValue(key, ConfigValueFactory.fromAnyRef(value));
    }
}
