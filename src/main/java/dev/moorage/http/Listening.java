package dev.moorage.http;

import akka.actor.ActorSystem;
import akka.http.javadsl.ServerBinding;
import akka.pattern.Patterns;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A port that is listened on, but for the times at which it is not to be: then who connects is refused by the system. */
final class Listening {
    /** An answer that is under way goes out within this. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** What was answered last is on the wire by then. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final IntFunction<CompletionStage<ServerBinding>> bind;
    private final Connections connections;
    private final ActorSystem system;
    private final Executor executor;

    // Guarded by this.
    private @Nullable ServerBinding binding;
    private @Nullable InetSocketAddress address;
    private boolean closed;
    /** What was refused last; who comes back for an earlier one comes too late. */
    private int refusals;

    /**
     * @param bind binds the port that it is given; 0 is a free one
     * @param connections those that come in by it
     */
    Listening(IntFunction<CompletionStage<ServerBinding>> bind, Connections connections, ActorSystem system) {
        this.bind = bind;
        this.connections = connections;
        this.system = system;
        this.executor = system.dispatcher();
    }

    CompletionStage<Listening> open(int port) {
        return bind.apply(port).thenComposeAsync(this::opened, executor);
    }

    private CompletionStage<Listening> opened(ServerBinding next) {
        synchronized (this) {
            if (!closed) {
                binding = next;
                address = next.localAddress();
                return CompletableFuture.completedStage(this);
            }
        }
        return leave(next, LAST_WORDS).thenApplyAsync(gone -> this, executor);
    }

    /** Also while it is not listened on. */
    synchronized InetSocketAddress address() {
        return Objects.requireNonNull(address);
    }

    /**
     * Refuses connections for some real time, and ends those that there are.
     *
     * @return completes when it is listened on again
     */
    CompletionStage<Listening> refuse(Duration time) {
        ServerBinding open;
        int which;
        synchronized (this) {
            which = ++refusals;
            open = binding;
            binding = null;
        }
        CompletionStage<?> gone = open == null ? CompletableFuture.completedStage(null) : leave(open, LAST_WORDS);
        return gone.thenComposeAsync(terminated -> Patterns.after(time, system, () -> allow(which)), executor);
    }

    /** Is listened on again, whatever was said before. */
    CompletionStage<Listening> allow() {
        int which;
        synchronized (this) {
            which = ++refusals;
        }
        return allow(which);
    }

    private CompletionStage<Listening> allow(int which) {
        synchronized (this) {
            if (closed || binding != null || which != refusals) return CompletableFuture.completedStage(this);
        }
        return open(address().getPort());
    }

    CompletionStage<?> close(Duration patience) {
        ServerBinding open;
        synchronized (this) {
            closed = true;
            open = binding;
        }
        return open == null ? CompletableFuture.completedStage(null) : leave(open, patience);
    }

    private CompletionStage<?> leave(ServerBinding open, Duration patience) {
        return open.unbind()
                .thenComposeAsync(unbound -> connections.sendAllAway(patience), executor)
                .thenComposeAsync(
                        gone -> Patterns.after(A_MOMENT, system, () -> CompletableFuture.completedStage(true)),
                        executor);
    }
}
