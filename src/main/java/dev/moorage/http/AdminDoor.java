package dev.moorage.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.UnknownParameters;
import dev.moorage.journal.EventStore;
import java.util.Map;
import java.util.function.Function;

/** What people and their scripts ask of Moorage itself, under {@code /_moorage/}. */
final class AdminDoor {
    static final String PREFIX = "/_moorage/";

    private static final byte[] NO_BODY = {};

    private final Ecs ecs;
    private final Map<String, Function<HttpRequest, HttpResponse>> routes;

    AdminDoor(Ecs ecs, EventStore store, UnknownParameters unknownParameters, Metrics metrics) {
        this.ecs = ecs;
        var journal = new JournalDoor(store, ecs.environment().world());
        this.routes = Map.of(
                "live",
                request -> live(),
                "ready",
                request -> ready(),
                "journal",
                request -> journal.handle(Requests.of(request, NO_BODY)),
                "metrics",
                new MetricsDoor(metrics)::handle,
                "unknown-parameters",
                request -> list(unknownParameters));
    }

    HttpResponse handle(HttpRequest request) {
        request.discardEntityBytes(ecs.system());
        var route = routes.get(Requests.path(request).substring(PREFIX.length()));
        if (route == null) return json(404, "error", "There is nothing here");
        if (!request.method().name().equals("GET")) return json(405, "error", "Only GET is taken here");
        return route.apply(request);
    }

    /** The process answers. */
    private HttpResponse live() {
        return json(200, "status", "live");
    }

    /** The world is there: the door opens only once it is. */
    private HttpResponse ready() {
        var world = ecs.environment().world();
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("status", "ready")
                .put("instances", world.instanceCount())
                .put("disks", world.diskCount())
                .put("offset", world.offset());
        return json(200, body);
    }

    private static HttpResponse list(UnknownParameters unknownParameters) {
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("unknownParameters");
        for (var seen : unknownParameters.seen()) {
            list.addObject()
                    .put("action", seen.action())
                    .put("parameter", seen.parameter())
                    .put("calls", seen.calls())
                    .put("firstSeen", seen.firstSeen().toString())
                    .put("lastRequestId", seen.lastRequestId());
        }
        body.put("notListed", unknownParameters.notListed());
        return json(200, body);
    }

    static HttpResponse json(int status, String key, String value) {
        return json(status, JsonNodeFactory.instance.objectNode().put(key, value));
    }

    private static HttpResponse json(int status, ObjectNode body) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body.toString()));
    }
}
