package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.action.Actions;
import dev.moorage.actor.ControlsChange;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.NearNames;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Throttling;
import dev.moorage.fault.Throttle;
import dev.moorage.fault.ThrottlingText;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How many calls a minute there are, and how many of them were made. */
final class ThrottlingDoor {
    private final Ecs ecs;
    private final Throttle throttle;
    private final SortedMap<String, Throttling> profiles;
    private final ThrottlingText reader = new ThrottlingText(Actions.specs().keySet());

    ThrottlingDoor(Ecs ecs, Throttle throttle, SortedMap<String, Throttling> profiles) {
        this.ecs = ecs;
        this.throttle = throttle;
        this.profiles = profiles;
    }

    List<AdminRoute> routes() {
        return List.of(
                AdminRoute.get(
                        "throttling",
                        "How many calls a minute an account can make, and how many it made in this one",
                        request -> show()),
                AdminRoute.of("PUT", "throttling", "Let there be so many calls a minute from now on", this::set)
                        .taking("code", "limits", "profile"),
                AdminRoute.of(
                        "DELETE",
                        "throttling",
                        "Let there be as many calls a minute as are configured again",
                        request -> change(request, null)));
    }

    private HttpResponse show() {
        var body = describe(throttle.throttling());
        body.set("configured", describe(throttle.configured()));
        profiles.keySet().forEach(body.putArray("profiles")::add);
        var windows = body.putArray("windows");
        for (var counting : throttle.countings(ecs.environment().clock().instant())) {
            var counted = counting.counted();
            var window = counting.window();
            var entry = windows.addObject()
                    .put("account", counted.account())
                    .put("region", counted.region())
                    .put("action", counted.action())
                    .put("used", window.used())
                    .put("limit", window.limit())
                    .put("refused", window.refused())
                    .put("until", window.until().toString());
            if (!counted.rule().isEmpty()) entry.put("rule", counted.rule());
        }
        return Answers.json(body);
    }

    private static ObjectNode describe(Throttling throttling) {
        var body = JsonNodeFactory.instance.objectNode().put("code", throttling.code());
        throttling.limits().forEach(body.putObject("limits")::put);
        return body;
    }

    private CompletionStage<HttpResponse> set(AdminRequest request) {
        var body = request.body();
        var profile = body.text("profile");
        if (profile.isPresent()) {
            if (body.has("limits") || body.has("code")) {
                throw new AdminRefusal(400, "profile says it all: code and limits do not go with it");
            }
            return change(request, named(profile.get()));
        }
        if (!body.has("limits")) throw body.missing("limits");
        try {
            return change(request, reader.read(body.config()));
        } catch (IllegalArgumentException e) {
            throw new AdminRefusal(400, String.valueOf(e.getMessage()));
        }
    }

    private Throttling named(String name) {
        var profile = profiles.get(name);
        if (profile != null) return profile;
        String meant = NearNames.nearest(name, profiles.keySet())
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
        throw new AdminRefusal(
                400,
                "There is no profile " + name + "." + meant + " There are " + String.join(", ", profiles.keySet()));
    }

    private CompletionStage<HttpResponse> change(AdminRequest request, @Nullable Throttling to) {
        ControlsChange change = (controls, story, real) -> Objects.equals(controls.throttling(), to)
                ? ControlsChange.accept()
                : ControlsChange.accept(new ControlsEvent.ThrottlingSet(story, to));
        return ecs.control(change, request.story())
                .thenApplyAsync(
                        answer -> {
                            Answers.set(answer);
                            return show();
                        },
                        ecs.system().executionContext());
    }
}
