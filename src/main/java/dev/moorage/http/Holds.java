package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.actor.Completed;
import dev.moorage.actor.Ecs;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.Story;
import dev.moorage.domain.Transition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** What incidents hold up, also those that are over: a journal that does not write can leave something behind. */
final class Holds {
    private final Ecs ecs;

    Holds(Ecs ecs) {
        this.ecs = ecs;
    }

    /** Something that waits for the end of an incident. */
    private record Hold(EntityId id, String incident) {}

    private Stream<Hold> all() {
        var world = ecs.environment().world();
        return Stream.concat(
                world.disks().flatMap(disk -> disk.holders().map(incident -> new Hold(disk.id(), incident))),
                world.instances()
                        .filter(instance -> instance.status().isTransient())
                        .flatMap(instance -> holder(instance).map(incident -> new Hold(instance.id(), incident))));
    }

    private static Stream<String> holder(Instance instance) {
        return Stream.ofNullable(instance.transition())
                .map(Transition::begun)
                .flatMap(begun -> begun.holder().stream());
    }

    /** The incidents that hold something. */
    Collection<String> incidents() {
        return all().map(Hold::incident).collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    List<EntityId> of(String incident) {
        return all().filter(hold -> hold.incident().equals(incident))
                .map(Hold::id)
                .distinct()
                .toList();
    }

    /** Lets all go that these incidents hold, and answers when that has ended, or cannot now. */
    CompletionStage<HttpResponse> free(Collection<String> incidents, Story story) {
        var executor = ecs.system().executionContext();
        var freed = new ArrayList<CompletableFuture<Freed>>();
        for (var hold : all().filter(hold -> incidents.contains(hold.incident()))
                .distinct()
                .toList()) {
            freed.add(ecs.complete(hold.id(), hold.incident(), story)
                    .handleAsync(
                            (how, failure) -> new Freed(hold, failure == null && how != Completed.NOT_NOW), executor)
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(freed.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        done -> answer(
                                incidents,
                                freed.stream().map(CompletableFuture::join).toList()),
                        executor);
    }

    private record Freed(Hold hold, boolean isFree) {}

    private static HttpResponse answer(Collection<String> incidents, List<Freed> all) {
        var body = JsonNodeFactory.instance.objectNode();
        incidents.forEach(body.putArray("ended")::add);
        var freed = body.putArray("freed");
        ids(all, true).forEach(freed::add);
        var left = ids(all, false);
        if (left.isEmpty()) return Answers.json(body);
        left.forEach(body.putArray("held")::add);
        body.put(
                "error",
                "No call hears of " + String.join(", ", incidents) + " any more, but " + left.size()
                        + " of what was held could not be let go: the same again lets go the rest");
        return Answers.json(503, body);
    }

    private static List<String> ids(List<Freed> all, boolean free) {
        return all.stream()
                .filter(one -> one.isFree() == free)
                .map(one -> one.hold().id().value())
                .distinct()
                .toList();
    }
}
