package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.TimeoutAccess;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.actor.ControlsChange;
import dev.moorage.actor.Ecs;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Restoring;
import dev.moorage.domain.SavedPoint;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Everything back to the beginning, or to a moment that has a name; and more of it. */
final class OperationsDoor {
    private static final String NAME = "[a-zA-Z0-9._-]{1,64}";

    private final Ecs ecs;
    private final Operations operations;

    OperationsDoor(Ecs ecs, Operations operations) {
        this.ecs = ecs;
        this.operations = operations;
    }

    List<AdminRoute> routes() {
        return List.of(
                AdminRoute.of(
                                "POST",
                                "reset",
                                "Bring everything back to the fleets of the start, or all that one account has",
                                this::reset)
                        .taking("account"),
                AdminRoute.get("snapshots", "Moments that have a name", request -> list()),
                AdminRoute.of("PUT", "snapshots/{name}", "Give this moment a name", this::save)
                        .asking("replace"),
                AdminRoute.of(
                        "POST", "snapshots/{name}/load", "Bring disks and instances back to a moment", this::load),
                AdminRoute.of("DELETE", "snapshots/{name}", "Forget a name", this::delete),
                AdminRoute.of("POST", "fleet", "Add a fleet: its text, or {\"file\": \"demo.conf\"}", this::addFleet)
                        .takingText());
    }

    private CompletionStage<HttpResponse> reset(AdminRequest request) {
        patient(request);
        String account = request.body().text("account").orElse(null);
        return refusing(operations.restore(new Restoring(account, null), request.story()))
                .thenApplyAsync(
                        changed -> {
                            var body = JsonNodeFactory.instance.objectNode();
                            if (account != null) body.put("account", account);
                            return Answers.json(put(body, changed));
                        },
                        ecs.system().executionContext());
    }

    private CompletionStage<HttpResponse> save(AdminRequest request) {
        patient(request);
        String name = request.part("name");
        if (!name.matches(NAME)) {
            throw new AdminRefusal(400, "A name has 1 to 64 letters, digits, dots, hyphens or underscores: " + NAME);
        }
        boolean replace = switch (request.text("replace").orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new AdminRefusal(400, "replace is true or false");
        };
        var environment = ecs.environment();
        var world = environment.world();
        // In the middle of nothing.
        return refusing(ecs.standStill(() -> new SavedPoint(
                        world.offset(), environment.clock().instant(), world.instanceCount(), world.diskCount())))
                .thenComposeAsync(
                        point -> ecs.control(
                                (controls, story, real) -> controls.points().containsKey(name) && !replace
                                        ? ControlsChange.refuse(
                                                name + " is there already: with ?replace=true it is replaced")
                                        : ControlsChange.accept(new ControlsEvent.PointSaved(story, name, point)),
                                request.story()),
                        ecs.system().executionContext())
                .thenApplyAsync(
                        answer -> {
                            if (answer.refused() != null) throw new AdminRefusal(409, answer.refused());
                            return Answers.json(told(name, there(name)));
                        },
                        ecs.system().executionContext());
    }

    private CompletionStage<HttpResponse> load(AdminRequest request) {
        patient(request);
        String name = request.part("name");
        return refusing(operations.restore(new Restoring(null, there(name)), request.story()))
                .thenApplyAsync(
                        changed -> Answers.json(
                                put(JsonNodeFactory.instance.objectNode().put("name", name), changed)),
                        ecs.system().executionContext());
    }

    private CompletionStage<HttpResponse> delete(AdminRequest request) {
        String name = request.part("name");
        var point = there(name);
        return ecs.control(
                        (controls, story, real) -> ControlsChange.accept(new ControlsEvent.PointDeleted(story, name)),
                        request.story())
                .thenApplyAsync(
                        answer -> Answers.json(told(name, point)), ecs.system().executionContext());
    }

    private CompletionStage<HttpResponse> addFleet(AdminRequest request) {
        patient(request);
        return refusing(operations.load(request.sent(), request.story()))
                .thenApplyAsync(
                        changed -> Answers.json(JsonNodeFactory.instance
                                .objectNode()
                                .set(
                                        "added",
                                        JsonNodeFactory.instance
                                                .objectNode()
                                                .put("instances", changed.instances())
                                                .put("disks", changed.disks()))),
                        ecs.system().executionContext());
    }

    private <T> CompletionStage<T> refusing(CompletionStage<T> operation) {
        return operation.handleAsync(
                (done, failure) -> {
                    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause == null) return done;
                    if (cause instanceof Operations.Refused refused) {
                        throw new AdminRefusal(400, String.valueOf(refused.getMessage()));
                    }
                    if (cause instanceof Ecs.Restless restless) {
                        throw new AdminRefusal(503, String.valueOf(restless.getMessage()));
                    }
                    throw new CompletionException(cause);
                },
                ecs.system().executionContext());
    }

    private SavedPoint there(String name) {
        var points = ecs.environment().world().controls().points();
        var point = points.get(name);
        if (point != null) return point;
        throw new AdminRefusal(
                404,
                "There is no snapshot " + name + ". "
                        + (points.isEmpty() ? "There are none" : "There are " + String.join(", ", points.keySet())));
    }

    private HttpResponse list() {
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("snapshots");
        ecs.environment().world().controls().points().forEach((name, point) -> list.add(told(name, point)));
        return Answers.json(body);
    }

    private static ObjectNode told(String name, SavedPoint point) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("offset", point.offset())
                .put("time", point.at().toString())
                .put("instances", point.instances())
                .put("disks", point.disks());
    }

    /** What there is now, and how much of it was changed. */
    private ObjectNode put(ObjectNode body, Operations.Changed changed) {
        var world = ecs.environment().world();
        body.put("instances", world.instanceCount()).put("disks", world.diskCount());
        body.putObject("changed").put("instances", changed.instances()).put("disks", changed.disks());
        return body;
    }

    /** Much takes its time, and nobody has forgotten the one who waits for it. */
    private static void patient(AdminRequest request) {
        request.http()
                .getHeader(TimeoutAccess.class)
                .ifPresent(header -> header.timeoutAccess().updateTimeout(scala.concurrent.duration.Duration.Inf()));
    }
}
