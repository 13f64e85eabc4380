package dev.moorage;

import dev.moorage.action.Actions;
import dev.moorage.actor.Ecs;
import dev.moorage.actor.Environment;
import dev.moorage.contract.AccessKeys;
import dev.moorage.contract.Gateway;
import dev.moorage.domain.Instance;
import dev.moorage.domain.Story;
import dev.moorage.http.FrontDoor;
import dev.moorage.journal.DirectoryLock;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Journal;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.JournalSetup;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.MemoryStorage;
import dev.moorage.journal.Recorded;
import dev.moorage.journal.Storage;
import dev.moorage.view.World;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * A running Moorage: journal, world, actors, door, in the order in which they are started. They are stopped the other
 * way round.
 */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FLEET_BATCH = 4_096;

    private final Journal journal;
    private final Ecs ecs;
    private final FrontDoor.Open door;
    private final String host;
    private final String found;

    private Server(Journal journal, Ecs ecs, FrontDoor.Open door, String host, String found) {
        this.journal = journal;
        this.ecs = ecs;
        this.door = door;
        this.host = host;
        this.found = found;
    }

    /**
     * Starts a server; when this returns it answers.
     *
     * @param clock simulated time
     * @throws CannotStart if something is in the way that the user can remove
     */
    static Server start(Settings settings, Clock clock) {
        var world = new World();
        var journal = journal(settings, world);
        try {
            var keys = new ArrayList<>(settings.accounts());
            for (var file : settings.fleets()) keys.addAll(load(file, settings, world, journal, clock));
            var environment =
                    new Environment(world, clock, settings.durations(), settings.compatibility(), settings.idle());
            // Before the actors begin to change it.
            String found = found(world);
            var ecs = Ecs.start(settings.all(), environment, new JournalSetup(journal), new SecureRandom());
            try {
                var gateway = new Gateway(Actions.specs(), new AccessKeys(keys), settings.auth(), Clock.systemUTC());
                return new Server(journal, ecs, open(ecs, gateway, settings), settings.host(), found);
            } catch (RuntimeException e) {
                stop(ecs);
                throw e;
            }
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static Journal journal(Settings settings, World world) {
        Storage storage = storage(settings);
        try {
            var store = new EventStore(storage);
            store.read(0, Long.MAX_VALUE, (offset, value) -> apply(EventCodec.decode(offset, value), world));
            return new Journal(store, Clock.systemUTC(), recorded -> apply(recorded, world));
        } catch (JournalDamaged e) {
            storage.close();
            throw new CannotStart(e.in(settings.data()));
        }
    }

    private static void apply(Recorded recorded, World world) {
        world.apply(recorded.offset(), recorded.entity(), recorded.event());
    }

    private static Storage storage(Settings settings) {
        if (settings.inMemory()) return new MemoryStorage();
        try {
            return LevelDbStorage.open(settings.data(), settings.engine(), settings.fsync());
        } catch (DirectoryLock.Held e) {
            throw new CannotStart(e.getMessage());
        } catch (JournalDamaged e) {
            throw new CannotStart(e.in(settings.data()));
        } catch (IOException e) {
            throw new CannotStart("The data directory " + settings.data() + " cannot be used: " + e);
        }
    }

    private static List<AccessKeys.Key> load(Path file, Settings settings, World world, Journal journal, Clock clock) {
        try {
            String name = "fleet " + file.getFileName();
            var fleet = FleetFile.read(
                    file, new Story(name, "moorage", "Provisioned", clock.instant()), settings.durations());
            append(fleet.births(world, new Story(name, "moorage", name, clock.instant())), journal);
            return fleet.accounts();
        } catch (FleetProblem e) {
            throw new CannotStart(e.getMessage());
        }
    }

    /** Many at a time, but never half an instance: a crash in between leaves whole ones. */
    private static void append(List<List<Fleet.Birth>> births, Journal journal) {
        var batch = new ArrayList<Journal.Fact>();
        for (var together : births) {
            together.forEach(birth -> batch.add(new Journal.Fact(birth.id(), 1, birth.event())));
            if (batch.size() >= FLEET_BATCH) {
                journal.append(List.copyOf(batch)).join();
                batch.clear();
            }
        }
        if (!batch.isEmpty()) journal.append(batch).join();
    }

    private static FrontDoor.Open open(Ecs ecs, Gateway gateway, Settings settings) {
        try {
            return FrontDoor.open(
                            ecs,
                            gateway,
                            settings.host(),
                            settings.port(),
                            settings.maxBodyBytes(),
                            settings.bodyTimeout())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new CannotStart(
                    causeOf(e) instanceof BindException
                            ? "Port " + settings.port() + " on " + settings.host() + " is in use or not to be had"
                            : "The door does not open on " + settings.host() + ":" + settings.port() + ": "
                                    + causeOf(e));
        }
    }

    private static Throwable causeOf(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) cause = cause.getCause();
        return cause;
    }

    String url() {
        boolean bare = host.contains(":") && !host.startsWith("[");
        return "http://" + (bare ? "[" + host + "]" : host) + ":"
                + door.address().getPort();
    }

    private static String found(World world) {
        long unfinished =
                world.disks().filter(disk -> disk.status().isTransient()).count()
                        + world.instances().filter(Instance::isInTransition).count();
        return world.instanceCount() + " instances, " + world.diskCount() + " disks, " + unfinished
                + " unfinished transitions";
    }

    /** One line for people: where it is, where its journal is, and what it found. */
    String description() {
        return "Moorage is ready at " + url() + ", journal " + journal.store().description() + ": " + found;
    }

    Ecs ecs() {
        return ecs;
    }

    /** Lets nobody in any more, finishes what is in flight, and closes the journal. */
    @Override
    public void close() {
        try {
            door.close(PATIENCE).toCompletableFuture().join();
        } finally {
            try {
                stop(ecs);
            } finally {
                journal.close();
            }
        }
    }

    private static void stop(Ecs ecs) {
        ecs.system().terminate();
        ecs.system().getWhenTerminated().toCompletableFuture().join();
    }
}
