package dev.moorage.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.stream.ActorAttributes;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JsonLinesWriter;
import dev.moorage.journal.PersistenceIds;
import dev.moorage.view.World;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal as JSON Lines. It is read a page at a time, when the caller is ready for more, on threads that nobody else
 * waits for: whoever reads slowly costs a page.
 */
final class JournalDoor {
    private static final int PAGE_ROWS = 256;
    // To Akka a binary type: it would write a charset behind any other.
    private static final ContentType JSON_LINES =
            ContentTypes.create(MediaTypes.customBinary("application", "x-ndjson", true));
    private final EventStore store;
    private final World world;

    JournalDoor(EventStore store, World world) {
        this.store = store;
        this.world = world;
    }

    List<AdminRoute> routes() {
        return List.of(AdminRoute.get("journal", "The journal as it stands, as JSON Lines", this::journal)
                .asking("from", "to", "entity"));
    }

    private HttpResponse journal(AdminRequest request) {
        long from = request.whole("from").orElse(0L);
        // What is written from now on is the next caller's: so an answer has an end.
        long to = Math.min(request.whole("to").orElse(Long.MAX_VALUE), world.offset());
        var entity = request.text("entity").map(EntityIds::of);
        var pages = new Pages(from, to, entity.map(PersistenceIds::of).orElse(null));
        var rows = Source.unfoldResource(() -> pages, Pages::next, done -> {})
                .withAttributes(ActorAttributes.dispatcher("moorage.dispatchers.replay"));
        return HttpResponse.create().withEntity(HttpEntities.createChunked(JSON_LINES, rows));
    }

    /** One answer on its way. */
    private final class Pages {
        private final long from;
        private final long to;
        private final @Nullable String persistenceId;
        private final ByteArrayOutputStream page = new ByteArrayOutputStream();
        private final JsonLinesWriter writer = new JsonLinesWriter(page);
        /** An offset, or of one entity's history a sequence number. */
        private long next;

        private boolean ended;

        Pages(long from, long to, @Nullable String persistenceId) {
            this.from = from;
            this.to = to;
            this.persistenceId = persistenceId;
            this.next = persistenceId == null ? from : 1;
        }

        Optional<ByteString> next() {
            if (ended) return Optional.empty();
            int rows = persistenceId == null ? readAll() : readHistory(persistenceId);
            if (rows < PAGE_ROWS) {
                writer.end();
                ended = true;
            }
            var bytes = ByteString.fromArray(page.toByteArray());
            page.reset();
            return Optional.of(bytes);
        }

        private int readAll() {
            int[] rows = {0};
            store.read(next, to, PAGE_ROWS, (offset, value) -> {
                rows[0]++;
                next = offset + 1;
                writer.row(offset, value);
            });
            return rows[0];
        }

        private int readHistory(String id) {
            int[] rows = {0};
            store.readHistory(id, next, Long.MAX_VALUE, PAGE_ROWS, (offset, value) -> {
                rows[0]++;
                if (from <= offset && offset <= to) writer.row(offset, value);
            });
            next += rows[0];
            return rows[0];
        }
    }
}
