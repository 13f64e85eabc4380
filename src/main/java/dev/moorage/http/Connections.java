package dev.moorage.http;

import akka.NotUsed;
import akka.actor.Cancellable;
import akka.actor.Scheduler;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.KillSwitch;
import akka.stream.KillSwitches;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContextExecutor;

/**
 * Who is connected. Whoever asks nothing soon is sent away; and when there are too many, each newcomer takes the place of
 * the one who has been connected longest without a request, or else of the one who has asked longest ago.
 */
final class Connections {
    private final int room;
    private final Duration beforeFirstRequest;
    private final CallMetrics metrics;
    private final Scheduler scheduler;
    private final ExecutionContextExecutor executor;

    // Guarded by this. Oldest first.
    private final Set<Connection> strangers = new LinkedHashSet<>();
    private final Set<Connection> guests = new LinkedHashSet<>();
    /** Completes when the last one is gone; null if nobody waits for that. */
    private @Nullable CompletableFuture<NotUsed> emptying;

    Connections(
            int room,
            Duration beforeFirstRequest,
            CallMetrics metrics,
            Scheduler scheduler,
            ExecutionContextExecutor executor) {
        this.room = room;
        this.beforeFirstRequest = beforeFirstRequest;
        this.metrics = metrics;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    /** One of them. */
    private final class Connection {
        private final AtomicReference<@Nullable KillSwitch> end = new AtomicReference<>();
        /** Sends it away if it does not ask before. */
        private volatile @Nullable Cancellable impatience;

        void opened(KillSwitch ending) {
            metrics.connected();
            end.set(ending);
            impatience = scheduler.scheduleOnce(beforeFirstRequest, this::sendAway, executor);
            var evicted = make(this);
            if (evicted != null) evicted.sendAway();
        }

        /** Once it is answered what it has asked. */
        private void sendAway() {
            var ending = end.get();
            if (ending != null) ending.shutdown();
        }

        private void stopWaiting() {
            var waiting = impatience;
            if (waiting != null) waiting.cancel();
        }

        private void cutOff(Throwable why) {
            var ending = end.get();
            if (ending != null) ending.abort(why);
        }
    }

    /** What one connection does with its requests. To be called for each. */
    Flow<HttpRequest, HttpResponse, NotUsed> serving(Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        return Flow.fromMaterializer((materializer, attributes) -> {
                    var connection = new Connection();
                    return Flow.of(HttpRequest.class)
                            .viaMat(KillSwitches.single(), Keep.right())
                            .mapAsync(1, request -> {
                                asks(connection);
                                return handler.apply(request);
                            })
                            .watchTermination((ending, done) -> {
                                connection.opened(ending);
                                done.whenCompleteAsync((nothing, failure) -> gone(connection), executor);
                                return NotUsed.getInstance();
                            });
                })
                .mapMaterializedValue(later -> NotUsed.getInstance());
    }

    /** Takes one in, and says who has to go for it. */
    private synchronized @Nullable Connection make(Connection newcomer) {
        Connection evicted = null;
        if (strangers.size() + guests.size() >= room) {
            var from = strangers.isEmpty() ? guests : strangers;
            evicted = from.iterator().next();
            from.remove(evicted);
        }
        strangers.add(newcomer);
        return evicted;
    }

    private synchronized void asks(Connection connection) {
        boolean wasStranger = strangers.remove(connection);
        if (wasStranger) connection.stopWaiting();
        if (wasStranger || guests.remove(connection)) guests.add(connection);
    }

    private synchronized void gone(Connection connection) {
        metrics.disconnected();
        connection.stopWaiting();
        strangers.remove(connection);
        guests.remove(connection);
        if (emptying != null && strangers.isEmpty() && guests.isEmpty()) emptying.complete(NotUsed.getInstance());
    }

    /** Sends all away who are connected by now; after {@code patience} also those whose answers are not there yet. */
    CompletionStage<?> sendAllAway(Duration patience) {
        List<Connection> all;
        CompletableFuture<NotUsed> empty;
        synchronized (this) {
            all = all();
            empty = new CompletableFuture<>();
            if (all.isEmpty()) empty.complete(NotUsed.getInstance());
            emptying = empty;
        }
        all.forEach(Connection::sendAway);
        return empty.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (gone, impatient) -> {
                            if (impatient != null) all.forEach(connection -> connection.cutOff(impatient));
                            return gone;
                        },
                        executor);
    }

    private synchronized List<Connection> all() {
        return Stream.concat(strangers.stream(), guests.stream()).toList();
    }
}
