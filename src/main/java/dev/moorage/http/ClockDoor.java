package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.TimeoutAccess;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.actor.ControlsActor;
import dev.moorage.actor.ControlsChange;
import dev.moorage.actor.Ecs;
import dev.moorage.domain.ClockSetting;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Progression;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Simulated time: what it is, and to be moved, held, and made to run faster. */
final class ClockDoor {
    private final Ecs ecs;

    ClockDoor(Ecs ecs) {
        this.ecs = ecs;
    }

    List<AdminRoute> routes() {
        return List.of(
                AdminRoute.get("clock", "Simulated time, and how it runs", request -> Answers.json(now())),
                AdminRoute.of(
                                "PUT",
                                "clock",
                                "Let time run at another pace: simulated seconds in a real one",
                                this::scale)
                        .taking("scale"),
                AdminRoute.of(
                                "POST",
                                "clock/advance",
                                "Move time forward; answers once all has happened that is due until then",
                                this::advance)
                        .taking("by"),
                AdminRoute.of("POST", "clock/pause", "Let time stand still", this::pause),
                AdminRoute.of("POST", "clock/resume", "Let time run again", this::resume));
    }

    private ObjectNode now() {
        var clock = ecs.environment().clock();
        var setting = clock.setting();
        return JsonNodeFactory.instance
                .objectNode()
                .put("now", clock.instant().toString())
                .put("paused", setting.paused())
                .put("scale", setting.scale());
    }

    private CompletionStage<HttpResponse> scale(AdminRequest request) {
        double scale =
                request.body().number("scale").orElseThrow(() -> request.body().missing("scale"));
        if (!(scale > 0 && scale <= ClockSetting.MAX_SCALE)) {
            throw new AdminRefusal(
                    400, "scale is a number above 0, up to " + (long) ClockSetting.MAX_SCALE + ", not " + scale);
        }
        return change(request, (controls, story, real) -> {
            var clock = controls.clock();
            return clock.scale() == scale
                    ? ControlsChange.accept()
                    : ControlsChange.accept(new ControlsEvent.ClockScaled(story, clock.scaledAt(real, scale)));
        });
    }

    private CompletionStage<HttpResponse> advance(AdminRequest request) {
        var by = request.body().duration("by").orElseThrow(() -> request.body().missing("by"));
        if (by.isNegative() || by.compareTo(Progression.LONGEST) > 0) {
            throw new AdminRefusal(
                    400,
                    "by is a length of time, up to " + Progression.LONGEST.toDays()
                            + " days: time does not run back, and " + by + " came");
        }
        // Millions of ends take their time, and nobody has forgotten the one who waits for them.
        request.http()
                .getHeader(TimeoutAccess.class)
                .ifPresent(header -> header.timeoutAccess().updateTimeout(scala.concurrent.duration.Duration.Inf()));
        long millis = by.plusNanos(999_999).toMillis();
        return change(
                request,
                (controls, story, real) -> ControlsChange.accept(new ControlsEvent.ClockAdvanced(
                        story, millis, controls.clock().advanced(Duration.ofMillis(millis)))));
    }

    private CompletionStage<HttpResponse> pause(AdminRequest request) {
        return change(request, (controls, story, real) -> {
            var clock = controls.clock();
            return clock.paused()
                    ? ControlsChange.accept()
                    : ControlsChange.accept(new ControlsEvent.ClockPaused(story, clock.pausedAt(real)));
        });
    }

    private CompletionStage<HttpResponse> resume(AdminRequest request) {
        return change(request, (controls, story, real) -> {
            var clock = controls.clock();
            return clock.paused()
                    ? ControlsChange.accept(new ControlsEvent.ClockResumed(story, clock.resumedAt(real)))
                    : ControlsChange.accept();
        });
    }

    private CompletionStage<HttpResponse> change(AdminRequest request, ControlsChange change) {
        return ecs.control(change, request.story())
                .thenApplyAsync(this::answer, ecs.system().executionContext());
    }

    private HttpResponse answer(ControlsActor.Answer answer) {
        Answers.set(answer);
        var body = now();
        var advanced = answer.advanced();
        if (advanced == null) return Answers.json(body);
        body.put("completed", advanced.completed() - advanced.unfinished());
        if (advanced.unfinished() == 0) return Answers.json(body);
        return Answers.json(
                500,
                body.put("unfinished", advanced.unfinished())
                        .put(
                                "error",
                                "Time was moved, and not everything ended that was due: the journal does not write, as"
                                        + " ready says"));
    }
}
