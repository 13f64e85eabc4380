package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.view.World;
import java.util.List;

/** Whether there is anybody. */
final class ProbesDoor {
    private final World world;

    ProbesDoor(World world) {
        this.world = world;
    }

    List<AdminRoute> routes() {
        return List.of(
                AdminRoute.get("live", "Whether the process answers", request -> live())
                        .forAnybody(),
                AdminRoute.get("ready", "Whether the world is there, and how large it is", request -> ready())
                        .forAnybody());
    }

    private static HttpResponse live() {
        return Answers.json(JsonNodeFactory.instance.objectNode().put("status", "live"));
    }

    /** The door opens only once the world is there. */
    private HttpResponse ready() {
        return Answers.json(JsonNodeFactory.instance
                .objectNode()
                .put("status", "ready")
                .put("instances", world.instanceCount())
                .put("disks", world.diskCount())
                .put("offset", world.offset()));
    }
}
