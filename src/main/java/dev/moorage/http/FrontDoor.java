package dev.moorage.http;

import akka.NotUsed;
import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ServerSettings;
import akka.stream.javadsl.Flow;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.Gateway;
import dev.moorage.journal.EventStore;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One port: the vendor's API on {@code /}, Moorage's own under {@code /_moorage/}. */
public final class FrontDoor {
    private final RpcDoor rpc;
    private final AdminDoor admin;

    private FrontDoor(RpcDoor rpc, AdminDoor admin) {
        this.rpc = rpc;
        this.admin = admin;
    }

    /**
     * Opens the door.
     *
     * @param store what the journal is kept in, for those who ask to read it
     * @param port 0 takes a free one
     * @param maxBodyBytes the most that is read of a request's body
     * @param bodyTimeout how long a body may take to arrive
     * @param tls what the door proves itself with; null for plain HTTP
     * @param metrics where to show what goes on here
     * @return fails if the port cannot be had
     */
    public static CompletionStage<Open> open(
            Ecs ecs,
            Gateway gateway,
            EventStore store,
            String host,
            int port,
            long maxBodyBytes,
            Duration bodyTimeout,
            @Nullable SSLContext tls,
            Metrics metrics) {
        var limits = new RpcDoor.Limits(maxBodyBytes, bodyTimeout);
        var door = new FrontDoor(
                new RpcDoor(ecs, gateway, limits, metrics.calls()),
                new AdminDoor(ecs, store, gateway.unknownParameters(), metrics));
        metrics.watch(ecs);
        var system = ecs.system();
        var server = Http.get(system).newServerAt(host, port);
        if (tls != null) server = server.enableHttps(ConnectionContext.httpsServer(tls));
        return server.bindFlow(door.connection(
                        metrics.calls(), ServerSettings.create(system.settings().config()), system.executionContext()))
                .thenApplyAsync(
                        binding -> new Open(binding, tls == null ? "http" : "https"), system.executionContext());
    }

    /** What happens on a connection, from its begin to its end. */
    private Flow<HttpRequest, HttpResponse, NotUsed> connection(
            CallMetrics metrics, ServerSettings settings, Executor executor) {
        return Flow.of(HttpRequest.class)
                .mapAsync(settings.getPipeliningLimit(), this::handle)
                .watchTermination((begun, ended) -> {
                    metrics.connected();
                    ended.whenCompleteAsync((done, failure) -> metrics.disconnected(), executor);
                    return begun;
                });
    }

    private CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = Requests.path(request);
        if (path.equals("/") || path.isEmpty()) return rpc.handle(request);
        return CompletableFuture.completedStage(
                path.startsWith(AdminDoor.PREFIX) ? admin.handle(request) : rpc.noApi(request));
    }

    /** A door that is open. */
    public record Open(ServerBinding binding, String scheme) {
        public InetSocketAddress address() {
            return binding.localAddress();
        }

        /** Lets nobody in any more, and waits for those who are in; after {@code patience} they are sent away. */
        public CompletionStage<?> close(Duration patience) {
            return binding.terminate(patience);
        }
    }
}
