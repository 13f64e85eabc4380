package dev.moorage.simulation;

import dev.moorage.action.Actions;
import dev.moorage.actor.Ecs;
import dev.moorage.actor.Environment;
import dev.moorage.actor.SimulatedClock;
import dev.moorage.contract.AccessKeys;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Gateway;
import dev.moorage.contract.Rejection;
import dev.moorage.http.Throttler;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Journal;
import dev.moorage.journal.JournalSetup;
import dev.moorage.journal.Recorded;
import dev.moorage.view.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** From a start of the server to its end, which is a crash or none. */
final class Life {
    private static final int BATCH = 4_096;

    private final VirtualTime time;
    private final World world;
    private final Ecs ecs;
    private final Front front;

    private Life(VirtualTime time, World world, Ecs ecs, Front front) {
        this.time = time;
        this.world = world;
        this.ecs = ecs;
        this.front = front;
    }

    /**
     * Starts the server on what a platter holds, as it is started everywhere else.
     *
     * @param onlooker hears of each event once it is durable, before its writer does
     */
    static Life begin(
            Cloud cloud,
            Platter platter,
            Device.Weather weather,
            VirtualTime time,
            Chance chance,
            BiConsumer<Recorded, World> onlooker) {
        chance.seedThread();
        var device = new Device(platter, time);
        var store = new EventStore(device);
        var world = new World();
        store.read(0, Long.MAX_VALUE, (offset, value) -> {
            var recorded = EventCodec.decode(offset, value);
            world.apply(recorded.offset(), recorded.entity(), recorded.event());
        });
        var journal = new Journal(store, time.clock(), recorded -> {
            world.apply(recorded.offset(), recorded.entity(), recorded.event());
            onlooker.accept(recorded, world);
        });
        if (store.end() == 0) bear(cloud.births(), journal);
        device.setWeather(weather);
        var clock = new SimulatedClock(time.clock(), world.controls().clock());
        var environment = new Environment(
                world,
                clock,
                cloud.durations(),
                cloud.compatibility(),
                cloud.deleteAutoSnapshot(),
                cloud.idle(),
                () -> obstacle(journal));
        var ecs = time.begin(() -> Ecs.start(cloud.actors(), environment, new JournalSetup(journal), chance.of("ids")));
        var throttler = new Throttler(ecs, cloud.throttling());
        var gateway = new Gateway(
                Actions.specs(),
                new AccessKeys(List.of()),
                new Gateway.Auth(false, Duration.ofMinutes(15), 1),
                time.clock(),
                throttler::refusal);
        return new Life(time, world, ecs, new Front(ecs, gateway, time, chance.of("requests")));
    }

    private static void bear(List<List<Journal.Fact>> births, Journal journal) {
        var batch = new ArrayList<Journal.Fact>();
        for (var together : births) {
            batch.addAll(together);
            if (batch.size() < BATCH) continue;
            journal.append(List.copyOf(batch)).join();
            batch.clear();
        }
        if (!batch.isEmpty()) journal.append(List.copyOf(batch)).join();
    }

    private static Optional<Rejection> obstacle(Journal journal) {
        var obstacle = journal.obstacle();
        if (obstacle == null) return Optional.empty();
        return Optional.of(Rejection.of(
                obstacle instanceof Journal.Full ? ErrorCode.SERVICE_UNAVAILABLE : ErrorCode.INTERNAL_ERROR));
    }

    VirtualTime time() {
        return time;
    }

    World world() {
        return world;
    }

    Ecs ecs() {
        return ecs;
    }

    Front front() {
        return front;
    }
}
