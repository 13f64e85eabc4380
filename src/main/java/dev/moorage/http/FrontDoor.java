package dev.moorage.http;

import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.Gateway;
import dev.moorage.journal.EventStore;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

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
        var materializer = Materializer.matFromSystem(ecs.system());
        var executor = ecs.system().executionContext();
        var bodies = new Bodies(maxBodyBytes, bodyTimeout, materializer, executor);
        var admin = new AdminDoor(routes(ecs, gateway, store), bodies, materializer, executor);
        var door = new FrontDoor(new RpcDoor(ecs, gateway, bodies), admin);
        return Http.get(ecs.system())
                .newServerAt(host, port)
                .bind(door::handle)
                .thenApplyAsync(Open::new, ecs.system().executionContext());
    }

    private static List<AdminRoute> routes(Ecs ecs, Gateway gateway, EventStore store) {
        var world = ecs.environment().world();
        return Stream.of(
                        new ProbesDoor(world).routes(),
                        new JournalDoor(store, world).routes(),
                        new UnknownParametersDoor(gateway.unknownParameters()).routes())
                .flatMap(List::stream)
                .toList();
    }

    private CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = Requests.path(request);
        if (path.equals("/") || path.isEmpty()) return rpc.handle(request);
        return path.startsWith(AdminDoor.PREFIX)
                ? admin.handle(request)
                : CompletableFuture.completedStage(rpc.noApi(request));
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
