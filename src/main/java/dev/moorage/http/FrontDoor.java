package dev.moorage.http;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.ActorAttributes;
import akka.stream.Materializer;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.Gateway;
import dev.moorage.domain.Throttling;
import dev.moorage.fault.IncidentFile;
import dev.moorage.journal.EventStore;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
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
     * @param maxBodiesBytes the most that all those bodies hold whose calls are not answered yet
     * @param bodyTimeout how long a body may take to arrive
     * @param maxInFlight how many calls are carried out at once; what comes beyond is told to come back
     * @param maxConnections how many are connected at once; who comes beyond takes the place of an idle one
     * @param firstRequestTimeout how long one may be connected without having asked anything
     */
    public record Limits(
            long maxBodyBytes,
            long maxBodiesBytes,
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
     * @param operations null if nothing can be changed
     * @param bell rings whenever the world has changed
     * @param throttler the one that the gateway asks
     * @param profiles how many calls a minute there can be, by name
     * @param incidents those that can be begun, by name
     * @param port 0 takes a free one
     * @param tls what the door proves itself with; null for plain HTTP
     * @param metrics where to show what goes on here
     * @param trouble why changes cannot be made now, if that is so
     * @return fails with {@link Stuck} if a port cannot be had
     */
    public static CompletionStage<Open> open(
            Ecs ecs,
            Gateway gateway,
            Throttler throttler,
            SortedMap<String, Throttling> profiles,
            EventStore store,
            Bell bell,
            SortedMap<String, IncidentFile> incidents,
            @Nullable Operations operations,
            String host,
            int port,
            AdminSettings settings,
            Limits limits,
            @Nullable SSLContext tls,
            Metrics metrics,
            Supplier<Optional<String>> trouble) {
        metrics.watch(ecs);
        var materializer = Materializer.matFromSystem(ecs.system());
        var executor = ecs.system().executionContext();
        var bodies = new Bodies(
                limits.maxBodyBytes(), limits.maxBodiesBytes(), limits.bodyTimeout(), materializer, executor);
        var recent = new RecentCalls(settings.calls());
        var turnstile = new Turnstile(limits.maxInFlight());
        var faults = new Faults(ecs);
        var ports = new Ports(ecs.system(), limits, tls, metrics.calls());
        // What it answers is made below, and some of that closes it for a while.
        var handler = new AtomicReference<Function<HttpRequest, CompletionStage<HttpResponse>>>();
        var front = ports.listening(
                host, request -> Objects.requireNonNull(handler.get()).apply(request));
        var rpc = new RpcDoor(faults, ecs, gateway, bodies, turnstile, recent, metrics.calls());
        Supplier<Optional<String>> unready =
                () -> turnstile.isClosed() ? Optional.of("Moorage is stopping") : trouble.get();
        var routes = Stream.of(
                        routes(ecs, gateway, store, bell, recent, metrics, unready, operations),
                        new IncidentsDoor(
                                        ecs,
                                        faults.rules(),
                                        new DrainStorms(ecs, faults),
                                        new Refusal(ecs, front),
                                        incidents)
                                .routes(),
                        new ThrottlingDoor(ecs, throttler.throttle(), profiles).routes())
                .flatMap(List::stream)
                .toList();
        var guard = new AdminGuard(settings.port() == null ? host : settings.host(), settings.token());
        if (guard.isClosed()) {
            LOG.warn(
                    "The admin door is closed, but for live and ready: {} can be reached from elsewhere, and there is"
                            + " neither --admin-token nor --admin-port",
                    host);
        }
        var admin = new AdminDoor(routes, guard::objection, ecs.isStill(), bodies, materializer, executor);
        if (settings.port() == null) {
            handler.set(new FrontDoor(rpc, admin)::handle);
            return front.open(port)
                    .thenApplyAsync(open -> new Open(open, null, bell, turnstile, ports.scheme()), executor);
        }
        var rest = routes.stream().filter(AdminRoute::isForAnybody).toList();
        var anybody = new AdminDoor(rest, request -> Optional.empty(), ecs.isStill(), bodies, materializer, executor);
        handler.set(new FrontDoor(rpc, anybody)::handle);
        return ports.listening(settings.host(), admin::handle)
                .open(settings.port())
                .thenComposeAsync(
                        own -> front.open(port)
                                .thenApplyAsync(open -> new Open(open, own, bell, turnstile, ports.scheme()), executor),
                        executor);
    }

    /** The ports that are listened on, and how. */
    private record Ports(
            ActorSystem<?> system, Limits limits, @Nullable SSLContext tls, CallMetrics metrics) {
        String scheme() {
            return tls == null ? "http" : "https";
        }

        Listening listening(String host, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
            var connections = new Connections(
                    limits.maxConnections(),
                    limits.firstRequestTimeout(),
                    metrics,
                    system.classicSystem().scheduler(),
                    system.executionContext());
            var serving = connections.serving(handler);
            return new Listening(port -> bind(host, port, serving), connections, system.classicSystem());
        }

        /** Who knocks is let in by a thread that has nothing else to do, however busy those are who are in. */
        private CompletionStage<ServerBinding> bind(
                String host, int port, Flow<HttpRequest, HttpResponse, NotUsed> serving) {
            var server = Http.get(system).newServerAt(host, port);
            if (tls != null) server = server.enableHttps(ConnectionContext.httpsServer(tls));
            var materializer = Materializer.matFromSystem(system);
            return server.connectionSource()
                    .to(Sink.foreach(connection -> connection.handleWith(serving, materializer)))
                    .withAttributes(ActorAttributes.dispatcher("moorage.dispatchers.accepting"))
                    .run(materializer)
                    .handleAsync(
                            (binding, failure) -> {
                                if (failure == null) return binding;
                                var cause = failure;
                                while (cause.getCause() != null) cause = cause.getCause();
                                throw new Stuck(host, port, cause);
                            },
                            system.executionContext());
        }
    }

    private static List<AdminRoute> routes(
            Ecs ecs,
            Gateway gateway,
            EventStore store,
            Bell bell,
            RecentCalls recent,
            Metrics metrics,
            Supplier<Optional<String>> trouble,
            @Nullable Operations operations) {
        var world = ecs.environment().world();
        return Stream.of(
                        new ProbesDoor(world, trouble).routes(),
                        new JournalDoor(store, world).routes(),
                        operations == null ? List.<AdminRoute>of() : new OperationsDoor(ecs, operations).routes(),
                        new ClockDoor(ecs).routes(),
                        new ProgressionsDoor(ecs).routes(),
                        new EventsDoor(store, world, bell).routes(),
                        new ResourcesDoor(store, ecs).routes(),
                        new MetricsDoor(metrics).routes(),
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
    public record Open(Listening front, @Nullable Listening admin, Bell bell, Turnstile turnstile, String scheme) {
        public InetSocketAddress address() {
            return front.address();
        }

        /** The port that is Moorage's own alone. */
        public Optional<Integer> adminPort() {
            return Optional.ofNullable(admin).map(own -> own.address().getPort());
        }

        /**
         * Tells whoever calls from now on to come back, while those who are in are answered; then closes the ports. After
         * {@code patience} all are sent away.
         */
        public CompletionStage<?> close(Duration patience, Executor executor) {
            bell.close();
            return turnstile
                    .close()
                    .toCompletableFuture()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .handleAsync((empty, impatient) -> end(), executor)
                    .thenComposeAsync(ended -> ended, executor);
        }

        private CompletionStage<?> end() {
            return CompletableFuture.allOf(Stream.of(Optional.of(front), Optional.ofNullable(admin))
                    .flatMap(Optional::stream)
                    .map(open -> open.close(LAST_WORDS).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new));
        }
    }
}
