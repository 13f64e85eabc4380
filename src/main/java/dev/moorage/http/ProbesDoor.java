package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.view.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether there is anybody. */
final class ProbesDoor {
    private final World world;
    private final Supplier<Optional<String>> trouble;

    ProbesDoor(World world, Supplier<Optional<String>> trouble) {
        this.world = world;
        this.trouble = trouble;
    }

    List<AdminRoute> routes() {
        return List.of(
                AdminRoute.get("live", "Whether the process answers", request -> live())
                        .forAnybody(),
                AdminRoute.get("ready", "Whether calls are answered, and how large the world is", request -> ready())
                        .forAnybody());
    }

    private static HttpResponse live() {
        return Answers.json(JsonNodeFactory.instance.objectNode().put("status", "live"));
    }

    /** The door opens only once the world is there. */
    private HttpResponse ready() {
        var why = trouble.get();
        if (why.isPresent()) return Answers.error(503, why.get());
        return Answers.json(JsonNodeFactory.instance
                .objectNode()
                .put("status", "ready")
                .put("instances", world.instanceCount())
                .put("disks", world.diskCount())
                .put("offset", world.offset()));
    }
}
