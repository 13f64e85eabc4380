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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port: the vendor's API on {@code /}, Moorage's own under {@code /_moorage/}; or Moorage's own on another port, but
 * for what anybody may ask.
 */
public final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    /** Answers that are there go out within this. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final RpcDoor rpc;
    private final AdminDoor admin;

    private FrontDoor(RpcDoor rpc, AdminDoor admin) {
        this.rpc = rpc;
        this.admin = admin;
    }

    /**
     * What comes in at once, and how long it may take.
     *
     * @param maxBodyBytes the most that is read of a request's body
     * @param bodyTimeout how long a body may take to arrive
     * @param maxInFlight how many calls are carried out at once; what comes beyond is told to come back
     * @param maxConnections how many are connected at once; who comes beyond takes the place of an idle one
     * @param firstRequestTimeout how long one may be connected without having asked anything
     */
    public record Limits(
            long maxBodyBytes,
            Duration bodyTimeout,
            int maxInFlight,
            int maxConnections,
            Duration firstRequestTimeout) {}

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
     * @param port 0 takes a free one
     * @param trouble why changes cannot be made now, if that is so
     * @return fails with {@link Stuck} if a port cannot be had
     */
    public static CompletionStage<Open> open(
            Ecs ecs,
            Gateway gateway,
            EventStore store,
            String host,
            int port,
            AdminSettings settings,
            Limits limits,
            Supplier<Optional<String>> trouble) {
        var materializer = Materializer.matFromSystem(ecs.system());
        var executor = ecs.system().executionContext();
        var bodies = new Bodies(limits.maxBodyBytes(), limits.bodyTimeout(), materializer, executor);
        var turnstile = new Turnstile(limits.maxInFlight());
        var rpc = new RpcDoor(ecs, gateway, bodies, turnstile);
        Supplier<Optional<String>> unready =
                () -> turnstile.isClosed() ? Optional.of("Moorage is stopping") : trouble.get();
        var routes = routes(ecs, gateway, store, unready);
        var guard = new AdminGuard(settings.port() == null ? host : settings.host(), settings.token());
        if (guard.isClosed()) {
            LOG.warn(
                    "The admin door is closed, but for live and ready: {} can be reached from elsewhere, and there is"
                            + " neither --admin-token nor --admin-port",
                    host);
        }
        var admin = new AdminDoor(routes, guard, ecs.isStill(), bodies, materializer, executor);
        if (settings.port() == null) {
            return bind(ecs, host, port, limits, new FrontDoor(rpc, admin)::handle)
                    .thenApplyAsync(binding -> new Open(binding, binding, turnstile), executor);
        }
        var rest = routes.stream().filter(AdminRoute::isForAnybody).toList();
        var front = new FrontDoor(rpc, new AdminDoor(rest, guard, ecs.isStill(), bodies, materializer, executor));
        return bind(ecs, settings.host(), settings.port(), limits, admin::handle)
                .thenComposeAsync(
                        own -> bind(ecs, host, port, limits, front::handle)
                                .thenApplyAsync(binding -> new Open(binding, own, turnstile), executor),
                        executor);
    }

    private static CompletionStage<ServerBinding> bind(
            Ecs ecs,
            String host,
            int port,
            Limits limits,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        var connections = new Connections(
                limits.maxConnections(),
                limits.firstRequestTimeout(),
                ecs.system().executionContext());
        return Http.get(ecs.system())
                .newServerAt(host, port)
                .bindFlow(connections.serving(handler))
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
            Ecs ecs, Gateway gateway, EventStore store, Supplier<Optional<String>> trouble) {
        var world = ecs.environment().world();
        return Stream.of(
                        new ProbesDoor(world, trouble).routes(),
                        new JournalDoor(store, world).routes(),
                        new ClockDoor(ecs).routes(),
                        new ProgressionsDoor(ecs).routes(),
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
     * @param admin where Moorage's own is: the same, unless it has a port of its own
     */
    public record Open(ServerBinding binding, ServerBinding admin, Turnstile turnstile) {
        public InetSocketAddress address() {
            return binding.localAddress();
        }

        /** The port that is Moorage's own alone. */
        public Optional<Integer> adminPort() {
            return admin.equals(binding)
                    ? Optional.empty()
                    : Optional.of(admin.localAddress().getPort());
        }

        /**
         * Tells whoever calls from now on to come back, while those who are in are answered; then closes the ports. After
         * {@code patience} all are sent away.
         */
        public CompletionStage<?> close(Duration patience, Executor executor) {
            return turnstile
                    .close()
                    .toCompletableFuture()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .handleAsync((empty, impatient) -> end(), executor)
                    .thenComposeAsync(ended -> ended, executor);
        }

        private CompletionStage<?> end() {
            return CompletableFuture.allOf(
                    binding.terminate(LAST_WORDS).toCompletableFuture(),
                    admin.terminate(LAST_WORDS).toCompletableFuture());
        }
    }
}
