package dev.moorage.http;

import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.EventName;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.JsonLinesWriter;
import dev.moorage.view.World;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts from one offset on, those that are still to come included, as server-sent events. They are read from the
 * journal a page at a time, when the reader is ready for more: so whoever reads slowly costs a page.
 */
final class EventPages extends GraphStage<SourceShape<ByteString>> {
    private static final int PAGE_ROWS = 256;

    /**
     * Which facts.
     *
     * @param entities of these; of all, if it is empty
     * @param names called so; called anything, if it is empty
     */
    record Wanted(Set<EntityId> entities, Set<String> names) {
        private boolean isAll() {
            return entities.isEmpty() && names.isEmpty();
        }

        private boolean includes(@Nullable EntityId entity, String name) {
            return isAll()
                    || ((entities.isEmpty() || (entity != null && entities.contains(entity)))
                            && (names.isEmpty() || names.contains(name)));
        }
    }

    private final Outlet<ByteString> out = Outlet.create("EventPages.out");
    private final SourceShape<ByteString> shape = SourceShape.of(out);
    private final EventStore store;
    private final World world;
    private final Bell bell;
    private final long from;
    private final Wanted wanted;

    EventPages(EventStore store, World world, Bell bell, long from, Wanted wanted) {
        this.store = store;
        this.world = world;
        this.bell = bell;
        this.from = from;
        this.wanted = wanted;
    }

    @Override
    public SourceShape<ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inheritedAttributes) {
        return new Reading();
    }

    private final class Reading extends GraphStageLogic implements Bell.Listener {
        private final ByteArrayOutputStream page = new ByteArrayOutputStream();
        private final AsyncCallback<Boolean> wake;
        private long next = from;
        private volatile boolean waiting;

        Reading() {
            super(shape);
            this.wake = createAsyncCallback(goesOn -> {
                if (goesOn) {
                    readOn();
                } else {
                    completeStage();
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    readOn();
                }
            });
        }

        @Override
        public void preStart() {
            bell.add(this);
        }

        @Override
        public void postStop() {
            bell.remove(this);
        }

        @Override
        public void rung() {
            if (!waiting) return;
            waiting = false;
            wake.invoke(true);
        }

        @Override
        public void closed() {
            wake.invoke(false);
        }

        private void readOn() {
            if (!isAvailable(out)) return;
            waiting = true;
            // In this order: what comes in between rings.
            if (world.offset() < next) return;
            waiting = false;
            readPage();
            if (page.size() == 0) {
                // Others want to read too before the next page.
                wake.invoke(true);
                return;
            }
            push(out, ByteString.fromArray(page.toByteArray()));
            page.reset();
        }

        private void readPage() {
            long to = world.offset();
            int[] rows = {0};
            store.read(next, to, PAGE_ROWS, (offset, value) -> {
                rows[0]++;
                next = offset + 1;
                write(offset, value);
            });
            if (rows[0] < PAGE_ROWS) next = to + 1;
        }

        private void write(long offset, byte[] value) {
            EntityId entity = null;
            String name;
            try {
                var recorded = EventCodec.decode(offset, value);
                entity = recorded.entity();
                name = EventName.of(recorded.event());
            } catch (JournalDamaged e) {
                name = "damaged";
            }
            if (!wanted.includes(entity, name)) return;
            page.writeBytes(("id: " + offset + "\nevent: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
            JsonLinesWriter.write(page, offset, value);
            page.write('\n');
        }
    }
}
