package dev.moorage.http;

import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.ActorAttributes;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import dev.moorage.domain.EventName;
import dev.moorage.journal.EventStore;
import dev.moorage.view.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every fact as it is written, as server-sent events. */
final class EventsDoor {
    /** Who hears nothing for a minute is cut off, here and by many a proxy. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final ByteString BEAT = ByteString.fromString(":\n\n");

    private final EventStore store;
    private final World world;
    private final Bell bell;

    EventsDoor(EventStore store, World world, Bell bell) {
        this.store = store;
        this.world = world;
        this.bell = bell;
    }

    List<AdminRoute> routes() {
        return List.of(AdminRoute.get(
                        "events",
                        "Every fact as it is written, as server-sent events; from an offset or Last-Event-ID on",
                        this::events)
                .asking("from", "entity", "event"));
    }

    private HttpResponse events(AdminRequest request) {
        // What a client has seen last goes before where it began.
        long from = lastSeen(request)
                .map(seen -> seen + 1)
                .or(() -> request.whole("from"))
                .orElse(world.offset() + 1);
        var wanted = new EventPages.Wanted(
                several(request, "entity", EntityIds::of), several(request, "event", EventsDoor::name));
        var pages = Source.fromGraph(new EventPages(store, world, bell, from, wanted))
                .withAttributes(ActorAttributes.dispatcher("moorage.dispatchers.replay"))
                .keepAlive(HEARTBEAT, () -> BEAT)
                // So that a client knows at once that it is heard.
                .prepend(Source.single(BEAT));
        return HttpResponse.create()
                .addHeader(RawHeader.create("Cache-Control", "no-cache"))
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), pages));
    }

    private static Optional<Long> lastSeen(AdminRequest request) {
        return request.http()
                .getHeader("Last-Event-ID")
                .map(header -> AdminRequest.wholeNumber("Last-Event-ID", header.value()));
    }

    private static <T> Set<T> several(AdminRequest request, String name, Function<String, T> read) {
        return request.text(name).stream()
                .flatMap(texts -> Stream.of(texts.split(",", -1)))
                .map(read)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String name(String text) {
        JsonFields.checkName("event", "", text, EventName.all());
        return text;
    }
}
