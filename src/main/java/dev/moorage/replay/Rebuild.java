package dev.moorage.replay;

import dev.moorage.domain.EntityId;
import dev.moorage.journal.CheckpointFile;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.PersistenceIds;
import dev.moorage.journal.Recorded;
import dev.moorage.view.Listed;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The world as a journal tells it: from the beginning, or from a checkpoint on. */
public final class Rebuild {
    private static final int PAGE = 8_192;

    private record Row(long offset, byte[] value) {}

    private final World world;
    private final Progress progress;
    private List<Row> page = new ArrayList<>(PAGE);
    // Of the pages before this one.
    private CompletableFuture<Void> applied = CompletableFuture.completedFuture(null);

    private Rebuild(World world, Progress progress) {
        this.world = world;
        this.progress = progress;
    }

    /**
     * Applies to a world all that happened since.
     *
     * @throws JournalDamaged if something cannot be read, or is gone
     */
    public static World advance(World world, EventStore store, Progress progress) {
        new Rebuild(world, progress).read(store, Long.MAX_VALUE);
        return world;
    }

    private void read(EventStore store, long to) {
        store.read(world.offset() + 1, to, (offset, value) -> {
            page.add(new Row(offset, value));
            if (page.size() == PAGE) turnPage();
        });
        turnPage();
        finishPagesBefore();
    }

    /**
     * The world as it was after the event at an offset.
     *
     * @throws JournalDamaged if something cannot be read, or is gone
     */
    public static World upTo(long offset, EventStore store) {
        var world = new World();
        new Rebuild(world, Progress.of("Reading the journal", offset + 1)).read(store, offset);
        return world;
    }

    /** As {@link #upTo(long, EventStore)}, but of these alone: quick, if they are few. */
    public static World upTo(long offset, Collection<EntityId> of, EventStore store) {
        var histories = new TreeMap<Long, Recorded>();
        for (var id : of) {
            store.readHistory(PersistenceIds.of(id), 1, Long.MAX_VALUE, Long.MAX_VALUE, (at, value) -> {
                if (at <= offset) histories.put(at, EventCodec.decode(at, value));
            });
        }
        var world = new World();
        histories.forEach((at, recorded) -> world.apply(at, recorded.entity(), recorded.event()));
        return world;
    }

    /** Decodes on all cores, and applies in order while the next page is read. */
    private void turnPage() {
        var events = page.parallelStream()
                .map(row -> EventCodec.decode(row.offset(), row.value()))
                .toList();
        page = new ArrayList<>(PAGE);
        finishPagesBefore();
        applied = CompletableFuture.runAsync(() -> apply(events), ForkJoinPool.commonPool());
    }

    private void finishPagesBefore() {
        applied.join();
        progress.reached(world.offset() + 1);
    }

    private void apply(List<Recorded> events) {
        for (var recorded : events) world.apply(recorded.offset(), recorded.entity(), recorded.event());
    }

    /**
     * The world of a checkpoint.
     *
     * @throws CheckpointFile.Unusable if it is damaged
     */
    public static World from(CheckpointFile checkpoint) throws CheckpointFile.Unusable {
        var world = new World(checkpoint.offset());
        // A lambda cannot throw it.
        var damage = IntStream.range(0, checkpoint.chunks())
                .parallel()
                .mapToObj(number -> restore(checkpoint, number, world))
                .filter(failure -> failure != null)
                .findAny();
        if (damage.isPresent()) throw damage.get();
        return world;
    }

    private static CheckpointFile.@Nullable Unusable restore(CheckpointFile checkpoint, int number, World world) {
        try {
            for (var state : checkpoint.read(number)) {
                if (state.disk() != null) world.restore(new Listed<>(state.place(), state.disk()));
                if (state.controls() != null) world.restoreControls(state.controls());
                if (state.instance() != null) world.restoreInstance(new Listed<>(state.place(), state.instance()));
            }
            return null;
        } catch (CheckpointFile.Unusable e) {
            return e;
        }
    }

    /** Everything there is in a world, for a checkpoint. The world must stand still meanwhile. */
    public static List<CheckpointFile.State> states(World world) {
        return Stream.of(
                        Stream.of(new CheckpointFile.State(0, null, null, world.controls())),
                        world.placedInstances()
                                .map(listed -> new CheckpointFile.State(listed.place(), null, listed.thing(), null)),
                        world.placedDisks()
                                .map(listed -> new CheckpointFile.State(listed.place(), listed.thing(), null, null)))
                .flatMap(states -> states)
                .toList();
    }
}
