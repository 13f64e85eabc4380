package dev.moorage.simulation;

import dev.moorage.domain.EntityId;
import dev.moorage.domain.EventName;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Many trials, each from a seed of its own, on several threads that have nothing to do with each other. */
public final class Exploration {
    /** More are not looked for: most are the same. */
    private static final int ENOUGH = 5;

    /**
     * What was done.
     *
     * @param lives from a start of the server to a crash, or to the end of a trial
     * @param events that were written and looked at
     */
    public record Sum(
            long seeds, long lives, long events, long acknowledged, long refused, Duration took, int threads) {
        public double livesPerMinuteAndThread() {
            return lives / (took.toNanos() / 60e9) / threads;
        }
    }

    /**
     * A seed that broke a promise.
     *
     * @param promise in words; that a run failed has words too
     * @param deeds what has to be done, at least as far as was found
     * @param told what was asked and heard
     * @param history all events; those of what the promise is about are marked
     */
    public record Found(
            long seed, String promise, String how, List<String> deeds, List<String> told, List<String> history) {}

    private final List<Cloud> clouds;
    private final long to;
    private final long deadline;
    private final int threads;
    private final AtomicLong next;
    private final LongAdder seeds = new LongAdder();
    private final LongAdder lives = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final ConcurrentLinkedQueue<Found> found = new ConcurrentLinkedQueue<>();
    private final long begun = System.nanoTime();
    private volatile @Nullable Throwable stopped;

    /**
     * An exploration.
     *
     * @param clouds of which each seed takes one
     * @param from the first seed
     * @param to the last seed
     * @param budget after which no seed is begun
     */
    public Exploration(List<Cloud> clouds, long from, long to, Duration budget, int threads) {
        this.clouds = clouds;
        this.to = to;
        this.threads = threads;
        this.next = new AtomicLong(from);
        // Not later than there is time.
        this.deadline = budget.compareTo(Duration.ofDays(365)) > 0 ? Long.MAX_VALUE : budget.toNanos();
    }

    /**
     * Tries all seeds.
     *
     * @param progress hears once a second how far it has come
     * @return the seeds that broke a promise, in their order; once there are a few, no more seeds are begun
     */
    public List<Found> run(Consumer<Sum> progress) throws InterruptedException {
        var over = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            var thread = new Thread(
                    () -> {
                        try {
                            work();
                        } catch (RuntimeException | Error e) {
                            stopped = e;
                        } finally {
                            over.countDown();
                        }
                    },
                    "moorage-trials-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        while (!over.await(1, TimeUnit.SECONDS)) progress.accept(sum());
        // Seeds that were not tried have kept no promise.
        if (stopped != null) throw new IllegalStateException("A trial could not be carried out", stopped);
        return found.stream().sorted(Comparator.comparingLong(Found::seed)).toList();
    }

    /** What has been done so far. */
    public Sum sum() {
        return new Sum(
                seeds.sum(),
                lives.sum(),
                events.sum(),
                acknowledged.sum(),
                refused.sum(),
                Duration.ofNanos(System.nanoTime() - begun),
                threads);
    }

    private void work() {
        long seed = next.getAndIncrement();
        while (seed <= to && System.nanoTime() - begun < deadline && !isEnough() && stopped == null) {
            explore(seed);
            seed = next.getAndIncrement();
        }
    }

    private void explore(long seed) {
        var script = Script.of(seed);
        var trial = new Trial(cloud(script), script);
        var failed = failure(trial);
        seeds.increment();
        if (failed.isPresent()) {
            var shrunk = Shrinking.of(script, failed.get(), shorter -> failure(new Trial(cloud(shorter), shorter)));
            found.add(found(seed, shrunk));
            return;
        }
        var result = trial.result();
        lives.add(result.lives());
        events.add(result.events());
        acknowledged.add(result.acknowledged());
        refused.add(result.refused());
    }

    private Cloud cloud(Script script) {
        return clouds.get((int) Math.floorMod(script.seed(), (long) clouds.size()));
    }

    /** Whether so many have been found that no more seeds are begun. */
    public boolean isEnough() {
        return found.size() >= ENOUGH;
    }

    private static Optional<Shrinking.Failed> failure(Trial trial) {
        try {
            trial.run();
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return Optional.of(new Shrinking.Failed(e, trial));
        }
    }

    private static Found found(long seed, Shrinking.Shrunk shrunk) {
        var why = shrunk.failed().why();
        var deeds = new ArrayList<String>();
        shrunk.script().deeds().forEach(deed -> deeds.add(deed.toString()));
        for (var crash : shrunk.script().crashes()) {
            deeds.add("the power goes " + (crash.isAfter() ? "right after" : "during") + " batch "
                    + (crash.batches() + 1) + " of a life");
        }
        return new Found(
                seed,
                why instanceof Broken broken ? broken.promise().text() : "a trial does not fail otherwise",
                why instanceof Broken ? String.valueOf(why.getMessage()) : stack(why),
                deeds,
                shrunk.failed().trial().told(),
                history(shrunk.failed().trial(), why instanceof Broken broken ? broken.about() : null));
    }

    private static String stack(Throwable why) {
        var text = new StringWriter();
        why.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static List<String> history(Trial trial, @Nullable EntityId about) {
        var lines = new ArrayList<String>();
        trial.store().read(0, Long.MAX_VALUE, new EventStore.Reader() {
            @Override
            public void read(long offset, byte[] value) {
                lines.add(line(offset, value, about));
            }

            @Override
            public void lost(long fromOffset, long toOffset) {
                lines.add("  " + fromOffset + " to " + toOffset + " are gone");
            }
        });
        return lines;
    }

    private static String line(long offset, byte[] value, @Nullable EntityId about) {
        try {
            var recorded = EventCodec.decode(offset, value);
            var story = recorded.event().story();
            String mark = recorded.entity().equals(about) ? "> " : "  ";
            return mark + offset + " " + story.at() + " " + recorded.entity().value() + " "
                    + EventName.of(recorded.event()) + " " + story.requestId();
        } catch (JournalDamaged e) {
            return "  " + offset + " cannot be read: " + e.getMessage();
        }
    }
}
