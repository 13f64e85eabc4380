package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.action.Actions;
import dev.moorage.actor.ControlsChange;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.AnyError;
import dev.moorage.contract.NearNames;
import dev.moorage.domain.Controls;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.Incident;
import dev.moorage.domain.Rule;
import dev.moorage.domain.Story;
import dev.moorage.fault.IncidentFile;
import dev.moorage.fault.RuleText;
import dev.moorage.fault.RunningRules;
import dev.moorage.journal.EventCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What goes wrong on purpose: incidents by their names, and rules of one's own. */
final class IncidentsDoor {
    private final Ecs ecs;
    private final RunningRules running;
    private final Holds holds;
    private final DrainStorms storms;
    private final SortedMap<String, IncidentFile> catalogue;
    private final RuleText reader = new RuleText(Actions.specs().keySet(), new AnyError(Actions.specs()));

    IncidentsDoor(Ecs ecs, RunningRules running, DrainStorms storms, SortedMap<String, IncidentFile> catalogue) {
        this.ecs = ecs;
        this.running = running;
        this.holds = new Holds(ecs);
        this.storms = storms;
        this.catalogue = catalogue;
    }

    List<AdminRoute> routes() {
        return List.of(
                AdminRoute.get("incidents", "What can go wrong by name, and what does", request -> list()),
                AdminRoute.get("incidents/{id}", "An incident that goes on, or one of the catalogue", this::show),
                AdminRoute.of("POST", "incidents/{id}", "Let something go wrong, by its name", this::begin)
                        .taking(everything()),
                AdminRoute.of(
                        "DELETE",
                        "incidents/{id}",
                        "End one, or all of a name; answers when what it held has ended",
                        this::end),
                AdminRoute.of("DELETE", "incidents", "End all; answers when what they held has ended", this::endAll),
                AdminRoute.get("rules", "The rules in force, in their order", request -> rules()),
                AdminRoute.get("rules/{id}", "A rule", this::rule),
                AdminRoute.of("POST", "rules", "Let some calls go wrong, by a rule of one's own", this::add)
                        .taking("match", "effect", "share", "count", "from", "until"),
                AdminRoute.of("DELETE", "rules/{id}", "Take a rule away", this::remove),
                AdminRoute.of("DELETE", "rules", "Take all rules away that are of no incident", this::removeAll));
    }

    /** Which of them an incident can be told it says itself. */
    private String[] everything() {
        return Stream.concat(
                        IncidentFile.TARGETS.stream(),
                        catalogue.values().stream().flatMap(file -> file.knobs().keySet().stream()))
                .distinct()
                .toArray(String[]::new);
    }

    private Controls controls() {
        return ecs.environment().world().controls();
    }

    private Instant now() {
        return ecs.environment().clock().instant();
    }

    private HttpResponse list() {
        var body = JsonNodeFactory.instance.objectNode();
        var known = body.putArray("incidents");
        catalogue.values().forEach(file -> known.add(describe(file)));
        var goingOn = body.putArray("active");
        controls().incidents().stream()
                .filter(incident -> !incident.isOver(now()))
                .forEach(incident -> goingOn.add(describe(incident, controls())));
        return Answers.json(body);
    }

    private HttpResponse show(AdminRequest request) {
        String id = request.part("id");
        var goingOn = controls().incident(id).filter(incident -> !incident.isOver(now()));
        if (goingOn.isPresent()) return Answers.json(storms.put(describe(goingOn.get(), controls()), id));
        if (storms.knows(id)) {
            return Answers.json(storms.put(
                    JsonNodeFactory.instance.objectNode().put("id", id).put("over", true), id));
        }
        return Answers.json(describe(named(id)));
    }

    private IncidentFile named(String name) {
        var file = catalogue.get(name);
        if (file != null) return file;
        String meant = NearNames.nearest(name, catalogue.keySet())
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
        throw new AdminRefusal(
                404,
                "There is no incident " + name + "." + meant + " There are " + String.join(", ", catalogue.keySet()));
    }

    private static ObjectNode describe(IncidentFile file) {
        var body =
                JsonNodeFactory.instance.objectNode().put("name", file.name()).put("description", file.description());
        file.clients().forEach(body.putObject("clients")::put);
        file.parameters().forEach(body.putArray("parameters")::add);
        file.required().forEach(body.putArray("required")::add);
        file.knobs().forEach(body.putObject("knobs")::put);
        return body;
    }

    private ObjectNode describe(Incident incident, Controls controls) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("id", incident.id())
                .put("name", incident.name())
                .put("since", incident.begunAt().toString());
        incident.parameters().forEach(body.putObject("parameters")::put);
        if (incident.until() != null) body.put("until", incident.until().toString());
        var held = body.putArray("holds");
        holds.of(incident.id()).forEach(id -> held.add(id.value()));
        describe(body.putArray("rules"), controls, rule -> rule.incident().equals(incident.id()));
        return body;
    }

    private void describe(ArrayNode list, Controls controls, Predicate<Rule> which) {
        controls.rules().stream().filter(which).forEach(rule -> list.add(describe(rule, controls)));
    }

    private ObjectNode describe(Rule rule, Controls controls) {
        var body = (ObjectNode) EventCodec.tree(rule);
        body.put("applied", controls.applied().getOrDefault(rule.id(), 0L));
        if (rule.limits().count() > 0) body.put("left", running.left(rule));
        return body;
    }

    private CompletionStage<HttpResponse> begin(AdminRequest request) {
        var file = named(request.part("id"));
        var told = request.body().written();
        List<Rule> rules;
        Instant until;
        var now = now();
        try {
            rules = file.rules(told, reader, now);
            until = IncidentFile.until(told, now);
        } catch (IllegalArgumentException e) {
            throw new AdminRefusal(400, String.valueOf(e.getMessage()));
        }
        var storm = file.name().equals(DrainStorm.NAME) ? storms.plan(file.with(told)) : null;
        ControlsChange change = (controls, story, real) -> {
            var events = new ArrayList<ControlsEvent>();
            // Those that were over by themselves make room.
            controls.incidents().stream()
                    .filter(incident -> incident.isOver(story.at()))
                    .forEach(incident -> events.add(new ControlsEvent.IncidentEnded(story, incident.id())));
            String id = controls.nextId(file.name());
            var numbered = new ArrayList<Rule>();
            for (var rule : rules) numbered.add(rule.of(id + "-" + (numbered.size() + 1), id));
            var incident = new Incident(id, file.name(), file.with(told), story.at(), until);
            events.add(new ControlsEvent.IncidentBegun(story, incident, numbered));
            return new ControlsChange.Accepted(events);
        };
        return ecs.control(change, request.story())
                .thenApplyAsync(
                        answer -> {
                            var all = Answers.set(answer).incidents();
                            var begun = all.get(all.size() - 1);
                            if (storm != null) storms.begin(begun, storm);
                            return Answers.json(201, storms.put(describe(begun, answer.controls()), begun.id()));
                        },
                        ecs.system().executionContext());
    }

    private CompletionStage<HttpResponse> end(AdminRequest request) {
        String which = request.part("id");
        String numbered = Pattern.quote(which) + "(-\\d+)?";
        var ids = goingOnOrHolding().filter(id -> id.matches(numbered)).toList();
        if (ids.isEmpty()) throw new AdminRefusal(404, "No incident " + which + " goes on");
        return end(ids, request.story());
    }

    private CompletionStage<HttpResponse> endAll(AdminRequest request) {
        return end(goingOnOrHolding().toList(), request.story());
    }

    private Stream<String> goingOnOrHolding() {
        return Stream.concat(controls().incidents().stream().map(Incident::id), holds.incidents().stream())
                .distinct();
    }

    /** First no new call hears of them; then what they hold is let go. */
    private CompletionStage<HttpResponse> end(List<String> ids, Story story) {
        var executor = ecs.system().executionContext();
        ControlsChange change = (controls, told, real) -> new ControlsChange.Accepted(ids.stream()
                .filter(id -> controls.incident(id).isPresent())
                .<ControlsEvent>map(id -> new ControlsEvent.IncidentEnded(told, id))
                .toList());
        return ecs.control(change, story)
                .thenComposeAsync(
                        answer -> {
                            Answers.set(answer);
                            return holds.free(ids, story);
                        },
                        executor);
    }

    private HttpResponse rules() {
        var body = JsonNodeFactory.instance.objectNode();
        describe(body.putArray("rules"), controls(), rule -> true);
        return Answers.json(body);
    }

    private HttpResponse rule(AdminRequest request) {
        return Answers.json(describe(known(request.part("id")), controls()));
    }

    private Rule known(String id) {
        return controls().rule(id).orElseThrow(() -> new AdminRefusal(404, "There is no rule " + id));
    }

    private CompletionStage<HttpResponse> add(AdminRequest request) {
        Rule rule;
        try {
            rule = reader.read(request.body().config(), now());
        } catch (IllegalArgumentException e) {
            throw new AdminRefusal(400, String.valueOf(e.getMessage()));
        }
        ControlsChange change = (controls, story, real) ->
                ControlsChange.accept(new ControlsEvent.RuleAdded(story, rule.of(controls.nextId(Controls.RULE), "")));
        return ecs.control(change, request.story())
                .thenApplyAsync(
                        answer -> {
                            var all = Answers.set(answer).rules();
                            return Answers.json(201, describe(all.get(all.size() - 1), answer.controls()));
                        },
                        ecs.system().executionContext());
    }

    private CompletionStage<HttpResponse> remove(AdminRequest request) {
        var rule = known(request.part("id"));
        if (!rule.incident().isEmpty()) {
            throw new AdminRefusal(409, rule.id() + " is part of " + rule.incident() + ", and ends with it");
        }
        return remove(List.of(rule.id()), request.story());
    }

    private CompletionStage<HttpResponse> removeAll(AdminRequest request) {
        return remove(
                controls().rules().stream()
                        .filter(rule -> rule.incident().isEmpty())
                        .map(Rule::id)
                        .toList(),
                request.story());
    }

    private CompletionStage<HttpResponse> remove(List<String> ids, Story story) {
        ControlsChange change = (controls, told, real) -> new ControlsChange.Accepted(ids.stream()
                .filter(id -> controls.rule(id).isPresent())
                .<ControlsEvent>map(id -> new ControlsEvent.RuleRemoved(told, id))
                .toList());
        return ecs.control(change, story)
                .thenApplyAsync(
                        answer -> {
                            Answers.set(answer);
                            var body = JsonNodeFactory.instance.objectNode();
                            ids.forEach(body.putArray("removed")::add);
                            return Answers.json(body);
                        },
                        ecs.system().executionContext());
    }
}
