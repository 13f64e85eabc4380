package dev.moorage.benchmark;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** What the actors of a closed loop hear of their writes, and how long they had waited for it. */
final class Acknowledgements {
    /** A moment, and how many acknowledgements there were until then. */
    record Mark(long nanos, int count) {}

    private static final int WATCHED = 0;
    private static final int PATIENCE_SECONDS = 120;
    /** More than fit into the time that a measurement may take. */
    private static final int MOST = 1 << 24;

    private final long[] latenciesNanos = new long[MOST];
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger notReady;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Mark> failure = new CompletableFuture<>();
    private final AtomicReference<CompletableFuture<Mark>> wanted = new AtomicReference<>();
    private volatile boolean stopped;

    Acknowledgements(int actors) {
        this.notReady = new AtomicInteger(actors);
    }

    /** One more actor has recovered. */
    void ready() {
        if (notReady.decrementAndGet() == 0) ready.complete(null);
    }

    void awaitReady() throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture.anyOf(ready, failure).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the measurement: an actor less is another load. */
    void failed(Throwable cause) {
        failure.completeExceptionally(cause);
    }

    /** An actor's write is acknowledged. Says whether to go on. */
    boolean goOn(int actor, long askedNanos) {
        long now = System.nanoTime();
        int place = count.getAndIncrement();
        latenciesNanos[place] = now - askedNanos;
        if (actor == WATCHED && wanted.get() != null) wanted.getAndSet(null).complete(new Mark(now, place));
        return !stopped;
    }

    /**
     * The next acknowledgement of the actor that is watched.
     *
     * @throws TimeoutException if there is none in two minutes
     */
    Mark mark() throws InterruptedException, ExecutionException, TimeoutException {
        var mark = new CompletableFuture<Mark>();
        wanted.set(mark);
        return mark.applyToEither(failure, Function.identity()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    long[] between(Mark from, Mark to) {
        return Arrays.copyOfRange(latenciesNanos, from.count(), to.count());
    }

    void stop() {
        stopped = true;
    }
}
