package dev.moorage.http;

import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.Gateway;
import dev.moorage.journal.EventStore;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
     * @return fails if the port cannot be had
     */
    public static CompletionStage<Open> open(
            Ecs ecs,
            Gateway gateway,
            EventStore store,
            String host,
            int port,
            long maxBodyBytes,
            Duration bodyTimeout) {
        var limits = new RpcDoor.Limits(maxBodyBytes, bodyTimeout);
        var door = new FrontDoor(
                new RpcDoor(ecs, gateway, limits), new AdminDoor(ecs, store, gateway.unknownParameters()));
        return Http.get(ecs.system())
                .newServerAt(host, port)
                .bind(door::handle)
                .thenApplyAsync(Open::new, ecs.system().executionContext());
    }

    private CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = Requests.path(request);
        if (path.equals("/") || path.isEmpty()) return rpc.handle(request);
        return CompletableFuture.completedStage(
                path.startsWith(AdminDoor.PREFIX) ? admin.handle(request) : rpc.noApi(request));
    }

    /** A door that is open. */
    public record Open(ServerBinding binding) {
        public InetSocketAddress address() {
            return binding.localAddress();
        }

        /** Lets nobody in any more, and waits for those who are in; after {@code patience} they are sent away. */
        public CompletionStage<?> close(Duration patience) {
            return binding.terminate(patience);
        }
    }
}
