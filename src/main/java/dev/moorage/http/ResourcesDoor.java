package dev.moorage.http;

import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.actor.Ecs;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.SnapshotId;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JsonLinesWriter;
import dev.moorage.journal.PersistenceIds;
import dev.moorage.view.Chronicle;
import dev.moorage.view.Explanation;
import dev.moorage.view.ExplanationTree;
import dev.moorage.view.Waiting;
import dev.moorage.view.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Disks, instances and snapshots: what there is, and of each all that is known. */
final class ResourcesDoor {
    private static final int USUALLY = 100;
    private static final int MOST = 1_000;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final EventStore store;
    private final World world;
    private final Clock clock;
    private final Executor executor;

    ResourcesDoor(EventStore store, Ecs ecs) {
        this.store = store;
        this.world = ecs.environment().world();
        this.clock = ecs.environment().clock();
        this.executor = ecs.system().dispatchers().lookup(DispatcherSelector.fromConfig("moorage.dispatchers.replay"));
    }

    List<AdminRoute> routes() {
        return List.of(
                AdminRoute.of(
                                "GET",
                                "resources",
                                "Disks, instances and snapshots of all accounts, oldest first",
                                later(this::list))
                        .asking("kind", "status", "account", "limit", "after"),
                AdminRoute.of(
                                "GET",
                                "resources/{id}",
                                "One of them: its state, what it waits for, and what happened to it",
                                later(this::one))
                        .asking("limit", "before"));
    }

    /** A large world takes a while to look through, and calls are not to wait for that. */
    private AdminRoute.Handler later(Function<AdminRequest, HttpResponse> handler) {
        return request -> CompletableFuture.supplyAsync(() -> handler.apply(request), executor);
    }

    private HttpResponse list(AdminRequest request) {
        var kind = oneOf("kind", Resource.KINDS, request);
        var status = oneOf("status", Resource.STATUSES, request);
        var account = request.text("account");
        var after = request.text("after").map(this::find);
        int limit = request.limit(USUALLY, MOST);
        // One more than are wanted, so that it is known whether there are more.
        var found = Resource.all(world)
                .filter(resource -> kind.map(resource.kind().wire()::equals).orElse(true))
                // What is gone is there for who asks for it.
                .filter(resource -> status.map(resource.status()::equals).orElse(!resource.isGone()))
                .filter(resource -> account.map(resource.account()::equals).orElse(true))
                .filter(resource -> after.map(last -> Resource.ORDER.compare(resource, last) > 0)
                        .orElse(true))
                .sorted(Resource.ORDER)
                .limit(limit + 1L)
                .toList();
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("resources");
        found.stream().limit(limit).forEach(resource -> list.add(resource.json()));
        // To be asked for as "after".
        if (found.size() > limit && limit > 0)
            body.put("more", found.get(limit - 1).id());
        return Answers.json(body);
    }

    /** A parameter that has to be one of these, in whichever case. */
    private static Optional<String> oneOf(String name, List<String> values, AdminRequest request) {
        return request.text(name)
                .map(text -> values.stream()
                        .filter(text::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> JsonFields.unknown(name, "", text, values)));
    }

    private Resource find(String id) {
        return Resource.find(world, id)
                .orElseThrow(() -> new AdminRefusal(404, "There is no " + id + ", and there never was"));
    }

    private HttpResponse one(AdminRequest request) {
        var resource = find(request.part("id"));
        var page =
                new Page(request.limit(USUALLY, MOST), request.whole("before").orElse(Long.MAX_VALUE));
        return switch (resource.kind()) {
            case DISK -> entity(new DiskId(resource.id()), resource, page);
            case INSTANCE -> entity(new InstanceId(resource.id()), resource, page);
            case SNAPSHOT -> snapshot(new SnapshotId(resource.id()), resource, page);
        };
    }

    private HttpResponse entity(EntityId id, Resource resource, Page page) {
        var chronicle = new Chronicle();
        readHistory(id, (offset, value) -> {
            chronicle.apply(offset, id, EventCodec.decode(offset, value).event());
            page.add(offset, value);
        });
        var explanation = Explanation.of(world, id, Objects.requireNonNull(chronicle.stay(id)), null, clock.instant());
        var json = resource.json();
        json.set("state", EventCodec.tree(state(id)));
        json.set("why", ExplanationTree.of(explanation, "now"));
        page.putInto(json);
        return Answers.json(json);
    }

    private Object state(EntityId id) {
        return Objects.requireNonNull(id instanceof DiskId disk ? world.disk(disk) : world.instance((InstanceId) id));
    }

    /** What happens to a snapshot stands in the history of its disk. */
    private HttpResponse snapshot(SnapshotId id, Resource resource, Page page) {
        var taken = world.everSnapshot(id).orElseThrow();
        String named = "\"" + id.value() + "\"";
        readHistory(taken.diskId(), (offset, value) -> {
            if (EventCodec.json(value).contains(named)) page.add(offset, value);
        });
        var json = resource.json();
        json.set("state", EventCodec.tree(taken.snapshot()));
        var waiting = resource.isGone() ? new Waiting.ForNothing() : Waiting.of(taken.snapshot());
        ExplanationTree.putWaiting(json.putObject("why"), waiting, clock.instant());
        page.putInto(json);
        return Answers.json(json);
    }

    private void readHistory(EntityId id, EventStore.Reader reader) {
        store.readHistory(PersistenceIds.of(id), 1, Long.MAX_VALUE, Long.MAX_VALUE, reader);
    }

    /** The newest events of a history before an offset. */
    private static final class Page {
        private final int limit;
        private final long before;
        private final Deque<ObjectNode> newest = new ArrayDeque<>();
        private boolean isMore;

        Page(int limit, long before) {
            this.limit = limit;
            this.before = before;
        }

        void add(long offset, byte[] value) {
            if (offset >= before) return;
            newest.add(line(offset, value));
            if (newest.size() > limit) {
                newest.remove();
                isMore = true;
            }
        }

        private static ObjectNode line(long offset, byte[] value) {
            var line = new ByteArrayOutputStream();
            JsonLinesWriter.write(line, offset, value);
            try {
                return (ObjectNode) JSON.readTree(line.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void putInto(ObjectNode json) {
            var history = json.putArray("history");
            newest.forEach(history::add);
            // To be asked for as "before".
            if (isMore && !newest.isEmpty())
                json.put("more", newest.element().path("offset").longValue());
        }
    }
}
