package dev.moorage.http;

import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.Gateway;
import dev.moorage.journal.EventStore;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port: the vendor's API on {@code /}, Moorage's own under {@code /_moorage/}; or Moorage's own on another port, but
 * for what anybody may ask.
 */
public final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    private final RpcDoor rpc;
    private final AdminDoor admin;

    private FrontDoor(RpcDoor rpc, AdminDoor admin) {
        this.rpc = rpc;
        this.admin = admin;
    }

    /** A port that is not to be had. */
    public static final class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stuck(String host, int port, Throwable cause) {
            super(
                    cause instanceof BindException
                            ? "Port " + port + " on " + host + " is in use or not to be had"
                            : "The door does not open on " + host + ":" + port + ": " + cause,
                    cause);
        }
    }

    /**
     * Opens the door.
     *
     * @param store what the journal is kept in, for those who ask to read it
     * @param operations null if nothing can be changed
     * @param bell rings whenever the world has changed
     * @param port 0 takes a free one
     * @param maxBodyBytes the most that is read of a request's body
     * @param bodyTimeout how long a body may take to arrive
     * @return fails with {@link Stuck} if a port cannot be had
     */
    public static CompletionStage<Open> open(
            Ecs ecs,
            Gateway gateway,
            EventStore store,
            Bell bell,
            @Nullable Operations operations,
            String host,
            int port,
            AdminSettings settings,
            long maxBodyBytes,
            Duration bodyTimeout) {
        var materializer = Materializer.matFromSystem(ecs.system());
        var executor = ecs.system().executionContext();
        var bodies = new Bodies(maxBodyBytes, bodyTimeout, materializer, executor);
        var recent = new RecentCalls(settings.calls());
        var rpc = new RpcDoor(ecs, gateway, bodies, recent);
        var routes = routes(ecs, gateway, store, bell, recent, operations);
        var guard = new AdminGuard(settings.port() == null ? host : settings.host(), settings.token());
        if (guard.isClosed()) {
            LOG.warn(
                    "The admin door is closed, but for live and ready: {} can be reached from elsewhere, and there is"
                            + " neither --admin-token nor --admin-port",
                    host);
        }
        var admin = new AdminDoor(routes, guard, ecs.isStill(), bodies, materializer, executor);
        if (settings.port() == null) {
            return bind(ecs, host, port, new FrontDoor(rpc, admin)::handle)
                    .thenApplyAsync(binding -> new Open(binding, null, bell), executor);
        }
        var rest = routes.stream().filter(AdminRoute::isForAnybody).toList();
        var front = new FrontDoor(rpc, new AdminDoor(rest, guard, ecs.isStill(), bodies, materializer, executor));
        return bind(ecs, settings.host(), settings.port(), admin::handle)
                .thenComposeAsync(
                        own -> bind(ecs, host, port, front::handle)
                                .thenApplyAsync(binding -> new Open(binding, own, bell), executor),
                        executor);
    }

    private static CompletionStage<ServerBinding> bind(
            Ecs ecs, String host, int port, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        return Http.get(ecs.system())
                .newServerAt(host, port)
                .bind(handler::apply)
                .handleAsync(
                        (binding, failure) -> {
                            if (failure == null) return binding;
                            var cause = failure;
                            while (cause.getCause() != null) cause = cause.getCause();
                            throw new Stuck(host, port, cause);
                        },
                        ecs.system().executionContext());
    }

    private static List<AdminRoute> routes(
            Ecs ecs,
            Gateway gateway,
            EventStore store,
            Bell bell,
            RecentCalls recent,
            @Nullable Operations operations) {
        var world = ecs.environment().world();
        return Stream.of(
                        new ProbesDoor(world).routes(),
                        new JournalDoor(store, world).routes(),
                        operations == null ? List.<AdminRoute>of() : new OperationsDoor(ecs, operations).routes(),
                        new ClockDoor(ecs).routes(),
                        new ProgressionsDoor(ecs).routes(),
                        new EventsDoor(store, world, bell).routes(),
                        new ResourcesDoor(store, ecs).routes(),
                        new CallsDoor(recent, gateway).routes(),
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

    /**
     * A door that is open.
     *
     * @param admin where Moorage's own is, if that is another port
     * @param bell for those who would stay for ever
     */
    public record Open(ServerBinding binding, @Nullable ServerBinding admin, Bell bell) {
        public InetSocketAddress address() {
            return binding.localAddress();
        }

        /** The port that is Moorage's own alone. */
        public Optional<Integer> adminPort() {
            return Optional.ofNullable(admin).map(own -> own.localAddress().getPort());
        }

        /** Lets nobody in any more, and waits for those who are in; after {@code patience} they are sent away. */
        public CompletionStage<?> close(Duration patience) {
            bell.close();
            return CompletableFuture.allOf(Stream.of(Optional.of(binding), Optional.ofNullable(admin))
                    .flatMap(Optional::stream)
                    .map(open -> open.terminate(patience).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new));
        }
    }
}
