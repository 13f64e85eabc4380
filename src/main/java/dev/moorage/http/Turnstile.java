package dev.moorage.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets in as many calls as there is room for; once it is closed, none. */
final class Turnstile {
    private final int room;
    private final AtomicInteger inside = new AtomicInteger();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean closed;

    Turnstile(int room) {
        this.room = room;
    }

    int room() {
        return room;
    }

    boolean hasRoom() {
        return !closed && inside.get() < room;
    }

    /** Whether the call is in. Then it has to {@link #leave}. */
    boolean enter() {
        if (inside.incrementAndGet() <= room && !closed) return true;
        leave();
        return false;
    }

    void leave() {
        if (inside.decrementAndGet() == 0 && closed) empty.complete(null);
    }

    boolean isClosed() {
        return closed;
    }

    /** Lets nobody in any more. Completes once all who were in have left. */
    CompletionStage<Void> close() {
        closed = true;
        // Whoever enters at this moment has seen it closed, or is seen.
        if (inside.get() == 0) empty.complete(null);
        return empty;
    }
}
