package dev.moorage.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.KillSwitch;
import akka.stream.KillSwitches;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected. Whoever asks nothing soon is sent away; and when there are too many, each newcomer takes the place of
 * the one who has been connected longest without a request, or else of the one who has asked longest ago.
 */
final class Connections {
    private final int room;
    private final Duration beforeFirstRequest;
    private final CallMetrics metrics;
    private final Executor executor;

    // Guarded by this. Oldest first.
    private final Set<Connection> strangers = new LinkedHashSet<>();
    private final Set<Connection> guests = new LinkedHashSet<>();

    Connections(int room, Duration beforeFirstRequest, CallMetrics metrics, Executor executor) {
        this.room = room;
        this.beforeFirstRequest = beforeFirstRequest;
        this.metrics = metrics;
        this.executor = executor;
    }

    /** One of them. */
    private final class Connection {
        private final AtomicReference<@Nullable KillSwitch> end = new AtomicReference<>();

        void opened(KillSwitch ending) {
            metrics.connected();
            end.set(ending);
            var evicted = make(this);
            if (evicted != null) evicted.sendAway();
        }

        private void sendAway() {
            var ending = end.get();
            if (ending != null) ending.shutdown();
        }
    }

    /** What one connection does with its requests. To be called for each. */
    Flow<HttpRequest, HttpResponse, NotUsed> serving(Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        return Flow.fromMaterializer((materializer, attributes) -> {
                    var connection = new Connection();
                    return Flow.of(HttpRequest.class)
                            .viaMat(KillSwitches.single(), Keep.right())
                            .initialTimeout(beforeFirstRequest)
                            .onErrorComplete(TimeoutException.class)
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
        if (wasStranger || guests.remove(connection)) guests.add(connection);
    }

    private synchronized void gone(Connection connection) {
        metrics.disconnected();
        strangers.remove(connection);
        guests.remove(connection);
    }
}
