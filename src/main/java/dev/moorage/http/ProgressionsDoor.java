package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.actor.Completed;
import dev.moorage.actor.ControlsChange;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.NearNames;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Progression;
import dev.moorage.view.World;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** How slow actions come to their ends; and one that is under way, to be ended by hand. */
final class ProgressionsDoor {
    private final Ecs ecs;

    ProgressionsDoor(Ecs ecs) {
        this.ecs = ecs;
    }

    List<AdminRoute> routes() {
        return List.of(
                AdminRoute.get("progressions", "How long slow actions take", request -> list()),
                AdminRoute.of("PUT", "progressions/{action}", "Let an action take another time from now on", this::set)
                        .taking("progression"),
                AdminRoute.of(
                        "DELETE", "progressions/{action}", "Let an action take the configured time again", this::unset),
                AdminRoute.of(
                        "POST",
                        "resources/{id}/complete",
                        "End what is under way with a disk or an instance, now; answers when it has ended",
                        this::complete));
    }

    private HttpResponse list() {
        var configured = ecs.environment().durations().byAction();
        var set = ecs.environment().world().controls().progressions();
        var body = JsonNodeFactory.instance.objectNode();
        for (var action : new TreeSet<>(configured.keySet())) {
            String usual = String.valueOf(configured.get(action));
            body.putObject(action)
                    .put("progression", set.getOrDefault(action, usual))
                    .put("configured", usual);
        }
        return Answers.json(body);
    }

    private CompletionStage<HttpResponse> set(AdminRequest request) {
        String text = request.body()
                .text("progression")
                .orElseThrow(() -> request.body().missing("progression"));
        try {
            return change(request, Progression.parse(text).toString());
        } catch (IllegalArgumentException e) {
            throw new AdminRefusal(400, "progression: " + e.getMessage());
        }
    }

    private CompletionStage<HttpResponse> unset(AdminRequest request) {
        return change(request, "");
    }

    private CompletionStage<HttpResponse> change(AdminRequest request, String progression) {
        String action = slowAction(request.part("action"));
        ControlsChange change = (controls, story, real) ->
                controls.progressions().getOrDefault(action, "").equals(progression)
                        ? ControlsChange.accept()
                        : ControlsChange.accept(new ControlsEvent.ProgressionSet(story, action, progression));
        return ecs.control(change, request.story())
                .thenApplyAsync(
                        answer -> {
                            Answers.set(answer);
                            return list();
                        },
                        ecs.system().executionContext());
    }

    private String slowAction(String name) {
        Collection<String> slow =
                new TreeSet<>(ecs.environment().durations().byAction().keySet());
        if (slow.contains(name)) return name;
        String meant = NearNames.nearest(name, slow)
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
        throw new AdminRefusal(
                404, "No action of that name takes its time." + meant + " There are " + String.join(", ", slow));
    }

    private CompletionStage<HttpResponse> complete(AdminRequest request) {
        var world = ecs.environment().world();
        var id = entity(request.part("id"))
                .filter(world::knows)
                .orElseThrow(() -> new AdminRefusal(404, "There is no disk and no instance " + request.part("id")));
        return ecs.complete(id, null, request.story())
                .thenApplyAsync(how -> completed(world, id, how), ecs.system().executionContext());
    }

    private static Optional<EntityId> entity(String text) {
        if (text.startsWith("d-")) return Optional.of(new DiskId(text));
        return text.startsWith("i-") ? Optional.of(new InstanceId(text)) : Optional.empty();
    }

    private static HttpResponse completed(World world, EntityId id, Completed how) {
        if (how == Completed.NOTHING) throw new AdminRefusal(409, "Nothing is under way with " + id.value());
        if (how == Completed.NOT_NOW) throw new AdminRefusal(503, id.value() + " cannot be ended now: try again");
        var body = JsonNodeFactory.instance.objectNode().put("id", id.value());
        var disk = id instanceof DiskId diskId ? world.disk(diskId) : null;
        var instance = id instanceof InstanceId instanceId ? world.instance(instanceId) : null;
        if (disk != null) body.put("status", disk.status().wire());
        if (instance != null) body.put("status", instance.status().wire());
        return Answers.json(body);
    }
}
