package dev.moorage;

import akka.actor.typed.DispatcherSelector;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.moorage.actor.ControlsChange;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.AccessKeys;
import dev.moorage.domain.AccessKey;
import dev.moorage.domain.Controls;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Restoring;
import dev.moorage.domain.SavedPoint;
import dev.moorage.domain.Story;
import dev.moorage.http.Operations;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.Journal;
import dev.moorage.replay.Rebuild;
import dev.moorage.view.World;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the facts that bring disks and instances back, or add to them, while their actors are out of memory. */
final class Restorer implements Operations {
    private static final String FLEETS = "conf/fleets";

    private final Ecs ecs;
    private final Journal journal;
    private final AccessKeys keys;
    private final Settings settings;
    private final Path home;
    private final Executor executor;
    /** One after the other. */
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /**
     * Of a server that runs.
     *
     * @param keys where those of more fleets go
     */
    Restorer(Ecs ecs, Journal journal, AccessKeys keys, Settings settings) {
        this.ecs = ecs;
        this.journal = journal;
        this.keys = keys;
        this.settings = settings;
        this.home = Path.of(System.getProperty("moorage.home", "."));
        this.executor = ecs.system().dispatchers().lookup(DispatcherSelector.blocking());
    }

    @Override
    public CompletionStage<Changed> restore(Restoring to, Story story) {
        return inTurn(() -> {
            var point = to.point();
            var past = point == null || isShortAgo(point) ? null : Rebuild.upTo(point.offset(), journal.store());
            return still(() -> {
                control((controls, at, real) -> ControlsChange.accept(new ControlsEvent.RestoringBegun(at, to)), story);
                var changed = write(to, past, story);
                if (isOfAll(to)) {
                    control((controls, at, real) -> ControlsChange.accept(reset(controls, at, settings, real)), story);
                    keys.forgetAdded();
                }
                control((controls, at, real) -> ControlsChange.accept(new ControlsEvent.RestoringDone(at)), story);
                return changed;
            });
        });
    }

    private Changed still(Supplier<Changed> work) {
        try {
            return ecs.standStill(work).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private Changed write(Restoring to, @Nullable World past, Story story) {
        var now = ecs.environment().clock().instant();
        var world = ecs.environment().world();
        var facts = wanted(to, past, now).freed(world.controls(), now).facts(world, story.at(now));
        Fleets.append(facts.stream().map(List::of).toList(), journal);
        return changed(facts);
    }

    private Restoration wanted(Restoring to, @Nullable World past, Instant now) {
        var point = to.point();
        if (point == null) return Restoration.to(Fleets.world(settings, now), Scope.of(to.account()), Duration.ZERO);
        var later = Duration.between(point.at(), now);
        if (past != null) return Restoration.to(past, Scope.of(to.account()), later);
        var concerned = concerned(point);
        return Restoration.to(
                Rebuild.upTo(point.offset(), concerned, journal.store()), new Scope(to.account(), concerned), later);
    }

    /** Little has happened since, so that most things are as they were. */
    private boolean isShortAgo(SavedPoint point) {
        return ecs.environment().world().offset() - point.offset() < point.offset() / 8;
    }

    /** To whom something has happened since, or is to happen: all others are as they were. */
    private Set<EntityId> concerned(SavedPoint point) {
        var concerned = new HashSet<EntityId>();
        var world = ecs.environment().world();
        world.disks().filter(Disk::isUnderWay).forEach(disk -> concerned.add(disk.id()));
        world.instances().filter(Instance::isInTransition).forEach(instance -> concerned.add(instance.id()));
        journal.store().read(point.offset() + 1, Long.MAX_VALUE, (offset, value) -> {
            var entity = EventCodec.decode(offset, value).entity();
            if (!entity.equals(ControlsId.CONTROLS)) concerned.add(entity);
        });
        return concerned;
    }

    /** What a crash cut short, before the actors start. What the fleets say is added after it, as at every start. */
    static void finish(World world, Journal journal, Settings settings, Instant real) {
        var restoring = world.controls().restoring();
        if (restoring == null) return;
        var now = world.controls().clock().at(real);
        var point = restoring.point();
        var wanted = point == null ? new World() : Rebuild.upTo(point.offset(), journal.store());
        var later = point == null ? Duration.ZERO : Duration.between(point.at(), now);
        var story = new Story("serve", "moorage", "restoring.begun", now);
        var facts = Restoration.to(wanted, Scope.of(restoring.account()), later)
                .freed(world.controls(), now)
                .facts(world, story);
        Fleets.append(facts.stream().map(List::of).toList(), journal);
        if (isOfAll(restoring)) Fleets.appendControls(reset(world.controls(), story, settings, real), journal);
        Fleets.appendControls(new ControlsEvent.RestoringDone(story), journal);
    }

    private static boolean isOfAll(Restoring restoring) {
        return restoring.account() == null && restoring.point() == null;
    }

    private static ControlsEvent reset(Controls controls, Story story, Settings settings, Instant real) {
        return new ControlsEvent.Reset(story, settings.pace().asAtTheStart(controls.clock(), real));
    }

    @Override
    public CompletionStage<Changed> load(String text, Story story) {
        return inTurn(() -> {
            try {
                return still(() -> add(text, story));
            } catch (FleetProblem problem) {
                throw new Refused(String.valueOf(problem.getMessage()));
            }
        });
    }

    private Changed add(String text, Story story) {
        var at = story.at(ecs.environment().clock().instant());
        var fleet = fleet(text, at);
        var births = fleet.births(ecs.environment().world(), at).stream()
                .flatMap(List::stream)
                .toList();
        // Keys that open nothing do no harm, if what follows is not written.
        addKeys(fleet.accounts(), story);
        // All or nothing, so in one batch.
        Fleets.appendAtOnce(births, journal);
        return changed(births);
    }

    private void addKeys(List<AccessKeys.Key> more, Story story) {
        var wanted = more.stream().map(Restorer::written).toList();
        control(
                (controls, at, real) -> controls.keys().containsAll(wanted)
                        ? ControlsChange.accept()
                        : ControlsChange.accept(new ControlsEvent.KeysAdded(at, wanted)),
                story);
        keys.add(more);
    }

    private static AccessKey written(AccessKeys.Key key) {
        return new AccessKey(key.id(), key.secret(), key.account());
    }

    /** Those that came with fleets that were added while a server ran. */
    static List<AccessKeys.Key> addedKeys(World world) {
        return world.controls().keys().stream()
                .map(key -> new AccessKeys.Key(key.id(), key.secret(), key.account()))
                .toList();
    }

    private Fleet fleet(String text, Story story) {
        var file = file(text);
        return file == null
                ? FleetFile.parse(text, story, settings.durations())
                : FleetFile.read(file, story, settings.durations());
    }

    /** The file that is named, if one is. */
    private @Nullable Path file(String text) {
        Config config;
        try {
            config = FleetFile.config(text);
        } catch (ConfigException e) {
            throw new FleetProblem(String.valueOf(e.getMessage()));
        }
        if (!config.root().keySet().equals(Set.of("file"))) return null;
        String name = FleetSection.of(config, Set.of("file")).required("file");
        try {
            var fleets = home.resolve(FLEETS).toRealPath();
            var named = fleets.resolve(name.startsWith(FLEETS + "/") ? name.substring(FLEETS.length() + 1) : name)
                    .toRealPath();
            if (named.startsWith(fleets)) return named;
        } catch (IOException | InvalidPathException e) {
            // There is none.
        }
        throw new FleetProblem("There is no fleet " + name + " in " + FLEETS);
    }

    private static Changed changed(List<Fleet.Birth> facts) {
        int instances = (int)
                facts.stream().filter(fact -> fact.id() instanceof InstanceId).count();
        int disks =
                (int) facts.stream().filter(fact -> fact.id() instanceof DiskId).count();
        return new Changed(instances, disks);
    }

    private void control(ControlsChange change, Story story) {
        var answer = ecs.controlStill(change, story).toCompletableFuture().join();
        if (answer.refused() != null) throw new IllegalStateException(answer.refused());
    }

    private synchronized CompletionStage<Changed> inTurn(Supplier<Changed> work) {
        var next = last.handleAsync((before, failure) -> work.get(), executor);
        last = next;
        return next;
    }
}
