package dev.moorage.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.Materializer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.NearNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people and their scripts ask of Moorage itself, under {@code /_moorage/}: a table of routes. */
final class AdminDoor {
    static final String PREFIX = "/_moorage/";

    private static final byte[] NO_BODY = {};

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /** A route, and the parts of the path that it has names for. */
    private record Way(AdminRoute route, Map<String, String> parts) {}

    private final List<AdminRoute> routes;
    private final Function<HttpRequest, Optional<HttpResponse>> guard;
    private final boolean readOnly;
    private final Bodies bodies;
    private final Materializer materializer;
    private final Executor executor;

    /**
     * A door to these routes.
     *
     * @param guard why somebody may not come in to those that are not for anybody
     * @param readOnly whether nothing can be changed
     */
    AdminDoor(
            List<AdminRoute> routes,
            Function<HttpRequest, Optional<HttpResponse>> guard,
            boolean readOnly,
            Bodies bodies,
            Materializer materializer,
            Executor executor) {
        var index = AdminRoute.get("", "What there is under " + PREFIX, request -> index());
        this.routes = Stream.concat(Stream.of(index), routes.stream()).toList();
        this.guard = guard;
        this.readOnly = readOnly;
        this.bodies = bodies;
        this.materializer = materializer;
        this.executor = executor;
    }

    private HttpResponse index() {
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("routes");
        for (var route : routes) {
            var entry = list.addObject().put("method", route.method()).put("path", PREFIX + route.path());
            if (!route.query().isEmpty()) route.query().forEach(entry.putArray("query")::add);
            if (!route.fields().isEmpty()) route.fields().forEach(entry.putArray("fields")::add);
            entry.put("about", route.about());
        }
        return Answers.json(body);
    }

    CompletionStage<HttpResponse> handle(HttpRequest request) {
        String requestId = RequestIds.next();
        return answer(requestId, request)
                .handleAsync((answer, failure) -> failure == null ? answer : failed(requestId, failure), executor)
                .thenApplyAsync(answer -> answer.addHeader(RawHeader.create("x-acs-request-id", requestId)), executor);
    }

    private static HttpResponse failed(String requestId, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof AdminRefusal refusal) {
            return Answers.error(refusal.status(), String.valueOf(refusal.getMessage()));
        }
        CallLog.failed(requestId, cause);
        return Answers.error(500, "Something went wrong here; the log has it under RequestId " + requestId);
    }

    private CompletionStage<HttpResponse> answer(String requestId, HttpRequest request) {
        try {
            String whole = Requests.path(request);
            String path = whole.startsWith(PREFIX) ? whole.substring(PREFIX.length()) : whole;
            var ways = ways(path);
            boolean isForAnybody = ways.stream().anyMatch(way -> way.route().isForAnybody());
            var objection = isForAnybody ? Optional.<HttpResponse>empty() : guard.apply(request);
            if (objection.isPresent()) {
                request.discardEntityBytes(materializer);
                return CompletableFuture.completedStage(objection.get());
            }
            if (ways.isEmpty()) throw nothingAt(path);
            // Who asks for the head alone asks for an answer whose body stays here.
            String method = request.method().name().replace("HEAD", "GET");
            var way = ways.stream()
                    .filter(one -> one.route().method().equals(method))
                    .findFirst();
            if (way.isPresent() && readOnly && !method.equals("GET")) {
                throw new AdminRefusal(409, "This server serves the past: nothing in it can be changed");
            }
            if (way.isPresent() && WITH_BODY.contains(method)) {
                return bodies.read(request, body -> pass(requestId, request, way.get(), body), AdminDoor::unreadable);
            }
            request.discardEntityBytes(materializer);
            return way.isPresent()
                    ? pass(requestId, request, way.get(), NO_BODY)
                    : CompletableFuture.completedStage(wrongMethod(ways));
        } catch (RuntimeException e) {
            request.discardEntityBytes(materializer);
            return CompletableFuture.failedStage(e);
        }
    }

    /** The routes to a path, each with another method. */
    private List<Way> ways(String path) {
        return routes.stream()
                .flatMap(route -> route.match(path).map(parts -> new Way(route, parts)).stream())
                .toList();
    }

    private AdminRefusal nothingAt(String path) {
        var paths = routes.stream()
                .map(AdminRoute::path)
                .filter(there -> !there.isEmpty())
                .distinct()
                .toList();
        String meant = NearNames.nearest(path, paths)
                .map(near -> " Did you mean " + PREFIX + near + "?")
                .orElse("");
        return new AdminRefusal(
                404, "There is nothing here." + meant + " Under " + PREFIX + " there are " + String.join(", ", paths));
    }

    private static HttpResponse wrongMethod(List<Way> ways) {
        String methods =
                ways.stream().map(way -> way.route().method()).distinct().collect(Collectors.joining(", "));
        return Answers.error(405, "Only " + methods + " is taken here").addHeader(RawHeader.create("Allow", methods));
    }

    private static HttpResponse unreadable(Bodies.Problem problem) {
        return switch (problem) {
            case TOO_LARGE -> Answers.error(413, "The body is too large");
            case TOO_SLOW -> Answers.error(408, "The body came too slowly");
            case BROKEN_OFF -> Answers.error(400, "The body broke off");
            case NO_ROOM -> Answers.error(503, "There are too many bodies at once");
        };
    }

    private CompletionStage<HttpResponse> pass(String requestId, HttpRequest request, Way way, byte[] body) {
        var asked = Requests.of(request, body);
        var route = way.route();
        // A probe is answered whatever is in its query: what asks for it adds to it what others understand.
        if (!route.isForAnybody()) {
            if (asked.malformed() != null) throw new AdminRefusal(400, "The query cannot be decoded");
            for (var name : asked.query().keySet()) JsonFields.checkName("parameter", "", name, route.query());
        }
        var fields = route.takesText() ? JsonFields.none() : JsonFields.of(body).only(route.fields());
        String sent = route.takesText() ? new String(body, StandardCharsets.UTF_8) : "";
        return route.handler().handle(new AdminRequest(requestId, request, way.parts(), asked.query(), fields, sent));
    }
}
