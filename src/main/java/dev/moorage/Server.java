package dev.moorage;

import dev.moorage.action.Actions;
import dev.moorage.actor.Ecs;
import dev.moorage.actor.Environment;
import dev.moorage.actor.SimulatedClock;
import dev.moorage.contract.AccessKeys;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Gateway;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ClockSetting;
import dev.moorage.domain.Instance;
import dev.moorage.domain.Story;
import dev.moorage.domain.Throttling;
import dev.moorage.fault.IncidentFile;
import dev.moorage.http.Bell;
import dev.moorage.http.FrontDoor;
import dev.moorage.http.Metrics;
import dev.moorage.http.Operations;
import dev.moorage.http.Throttler;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Journal;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.JournalSetup;
import dev.moorage.replay.Past;
import dev.moorage.view.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A running Moorage: journal, world, actors, door, in the order in which they are started. They are stopped the other
 * way round.
 */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Runnable closeJournal;
    private final Ecs ecs;
    private final Metrics metrics;
    private final FrontDoor.Open door;
    private final String host;
    private final String adminHost;
    private final String contents;

    private Server(
            Runnable closeJournal, Ecs ecs, Metrics metrics, FrontDoor.Open door, Settings settings, String contents) {
        this.closeJournal = closeJournal;
        this.ecs = ecs;
        this.metrics = metrics;
        this.door = door;
        this.host = settings.host();
        this.adminHost = settings.admin().host();
        this.contents = contents;
    }

    /**
     * Starts a server; when this returns it answers.
     *
     * @param source what simulated time follows: real time, but for tests
     * @throws CannotStart if something is in the way that the user can remove
     */
    static Server start(Settings settings, Clock source) {
        var opened = Opened.of(settings);
        var world = opened.world();
        var checkpoints = settings.inMemory() ? null : new Checkpoints(settings.data(), world, opened.checkpoint());
        var bell = new Bell();
        var journal = new Journal(opened.store(), Clock.systemUTC(), recorded -> {
            world.apply(recorded.offset(), recorded.entity(), recorded.event());
            if (checkpoints != null) checkpoints.applied();
            bell.ring();
        });
        var metrics = new Metrics();
        metrics.watch(journal);
        try {
            Restorer.finish(world, journal, settings, source.instant());
            var clock = clock(source, settings, world, journal);
            var keys = new ArrayList<>(settings.accounts());
            for (var file : settings.fleets()) keys.addAll(load(file, settings, world, journal, clock));
            var environment = environment(world, clock, settings, () -> obstacle(journal));
            // Before the actors begin to change it.
            String contents = "journal " + opened.store().description() + ": " + found(world);
            var ecs = Ecs.start(settings.all(), environment, new JournalSetup(journal), new SecureRandom());
            Runnable close = () -> {
                try {
                    journal.close();
                } finally {
                    if (checkpoints != null) checkpoints.close();
                }
            };
            var known = new AccessKeys(keys);
            known.add(Restorer.addedKeys(world));
            var operations = new Restorer(ecs, journal, known, settings);
            var door = open(ecs, opened.store(), bell, known, operations, metrics, settings, () -> trouble(journal));
            return new Server(close, ecs, metrics, door, settings, contents);
        } catch (RuntimeException e) {
            metrics.close();
            journal.close();
            throw e;
        }
    }

    private static Optional<String> trouble(Journal journal) {
        var obstacle = journal.obstacle();
        return obstacle == null
                ? Optional.empty()
                : Optional.of("Nothing can be written to the journal: "
                        + causeOf(obstacle).getMessage());
    }

    private static Throwable causeOf(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) cause = cause.getCause();
        return cause;
    }

    private static Optional<Rejection> obstacle(Journal journal) {
        var obstacle = journal.obstacle();
        if (obstacle == null) return Optional.empty();
        return Optional.of(Rejection.of(
                obstacle instanceof Journal.Full ? ErrorCode.SERVICE_UNAVAILABLE : ErrorCode.INTERNAL_ERROR));
    }

    /** Simulated time goes on as the journal has it, unless the settings say how it is to run now. */
    private static SimulatedClock clock(Clock source, Settings settings, World world, Journal journal) {
        settings.pace()
                .event(world.controls().clock(), source.instant())
                .ifPresent(event -> Fleets.appendControls(event, journal));
        return new SimulatedClock(source, world.controls().clock());
    }

    private static Environment environment(
            World world, SimulatedClock clock, Settings settings, Supplier<Optional<Rejection>> obstacle) {
        return new Environment(
                world,
                clock,
                settings.durations(),
                settings.compatibility(),
                settings.deleteAutoSnapshot(),
                settings.idle(),
                obstacle);
    }

    /**
     * Starts a server on the past: it answers as of then, changes nothing, and nothing in it moves on.
     *
     * @param point an offset, a time or a RequestId
     * @throws CannotStart if something is in the way that the user can remove
     * @throws dev.moorage.replay.BadInput if there is no such point
     */
    static Server startAt(String point, Settings settings) {
        if (settings.inMemory())
            throw new CannotStart("A journal in memory has no past: in-memory does not go with --at");
        if (!Files.isDirectory(settings.data().resolve("journal"))) {
            throw new CannotStart("There is no journal in " + settings.data() + ", so it has no past");
        }
        var store = Opened.store(settings);
        var metrics = new Metrics();
        try {
            var past = Past.of(store, point);
            var clock = new SimulatedClock(Clock.fixed(past.at(), ZoneOffset.UTC), ClockSetting.REAL);
            var keys = new AccessKeys(keys(settings, clock));
            keys.add(Restorer.addedKeys(past.world()));
            var environment = environment(past.world(), clock, settings, Optional::empty);
            String where = "offset " + past.world().offset() + " (" + past.at() + ")";
            String contents = "journal " + store.description() + ", serving the past at " + where + ", read-only: "
                    + found(past.world());
            var refusal = Rejection.of(ErrorCode.OPERATION_DENIED, where);
            var ecs = Ecs.still(settings.all(), environment, new SecureRandom(), refusal);
            var door = open(ecs, store, new Bell(), keys, null, metrics, settings, Optional::empty);
            return new Server(store::close, ecs, metrics, door, settings, contents);
        } catch (JournalDamaged e) {
            metrics.close();
            store.close();
            throw Opened.damaged(settings, e);
        } catch (RuntimeException e) {
            metrics.close();
            store.close();
            throw e;
        }
    }

    /** The instances of a fleet of the start are in the journal or not; its keys are in the file alone. */
    private static List<AccessKeys.Key> keys(Settings settings, Clock clock) {
        var keys = new ArrayList<>(settings.accounts());
        for (var file : settings.fleets())
            keys.addAll(read(file, settings, clock).accounts());
        return keys;
    }

    private static List<AccessKeys.Key> load(Path file, Settings settings, World world, Journal journal, Clock clock) {
        var fleet = read(file, settings, clock);
        String name = Fleets.nameOf(file);
        try {
            Fleets.append(fleet.births(world, new Story(name, "moorage", name, clock.instant())), journal);
            return fleet.accounts();
        } catch (FleetProblem e) {
            throw new CannotStart(e.getMessage());
        } catch (CompletionException e) {
            throw new CannotStart(name + " cannot be written to the journal in " + settings.data() + ": "
                    + causeOf(e).getMessage());
        }
    }

    private static Fleet read(Path file, Settings settings, Clock clock) {
        try {
            return Fleets.read(file, settings, clock.instant());
        } catch (FleetProblem e) {
            throw new CannotStart(e.getMessage());
        }
    }

    /** Opens the door, or stops what was to be behind it. */
    private static FrontDoor.Open open(
            Ecs ecs,
            EventStore store,
            Bell bell,
            AccessKeys keys,
            @Nullable Operations operations,
            Metrics metrics,
            Settings settings,
            Supplier<Optional<String>> trouble) {
        try {
            var throttler = new Throttler(ecs, settings.throttling());
            var gateway = new Gateway(Actions.specs(), keys, settings.auth(), Clock.systemUTC(), throttler::refusal);
            return open(ecs, store, bell, gateway, throttler, operations, metrics, settings, trouble);
        } catch (RuntimeException e) {
            stop(ecs);
            throw e;
        }
    }

    private static FrontDoor.Open open(
            Ecs ecs,
            EventStore store,
            Bell bell,
            Gateway gateway,
            Throttler throttler,
            @Nullable Operations operations,
            Metrics metrics,
            Settings settings,
            Supplier<Optional<String>> trouble) {
        try {
            return FrontDoor.open(
                            ecs,
                            gateway,
                            throttler,
                            profiles(),
                            store,
                            bell,
                            incidents(),
                            operations,
                            settings.host(),
                            settings.port(),
                            settings.admin(),
                            settings.limits(),
                            settings.tls(),
                            metrics,
                            trouble)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FrontDoor.Stuck stuck) throw new CannotStart(stuck.getMessage());
            throw e;
        }
    }

    private static SortedMap<String, IncidentFile> incidents() {
        return inHome("incidents", IncidentFile::all);
    }

    private static SortedMap<String, Throttling> profiles() {
        return inHome("throttling", directory -> Settings.throttlings().profiles(directory));
    }

    private static <T> T inHome(String directory, Function<Path, T> read) {
        try {
            return read.apply(Path.of(System.getProperty("moorage.home", "."), "conf", directory));
        } catch (IllegalArgumentException e) {
            throw new CannotStart(e.getMessage());
        }
    }

    String url() {
        return url(host, door.address().getPort());
    }

    /** Where {@code /_moorage/} is. */
    String adminUrl() {
        return door.adminPort().map(port -> url(adminHost, port)).orElseGet(this::url);
    }

    private String url(String host, int port) {
        boolean bare = host.contains(":") && !host.startsWith("[");
        return door.scheme() + "://" + (bare ? "[" + host + "]" : host) + ":" + port;
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
        String own = door.adminPort()
                .map(port -> "its admin door at " + adminUrl() + "/_moorage/, ")
                .orElse("");
        return "Moorage is ready at " + url() + ", " + own + contents;
    }

    Ecs ecs() {
        return ecs;
    }

    /** Lets nobody in any more, finishes what is in flight, and closes the journal. */
    @Override
    public void close() {
        try {
            door.close(PATIENCE, ecs.system().executionContext())
                    .toCompletableFuture()
                    .join();
        } finally {
            try {
                stop(ecs);
            } finally {
                metrics.close();
                closeJournal.run();
            }
        }
    }

    private static void stop(Ecs ecs) {
        ecs.system().terminate();
        ecs.system().getWhenTerminated().toCompletableFuture().join();
    }
}
