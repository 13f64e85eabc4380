package dev.moorage.benchmark;

import akka.serialization.JSerializer;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.journal.EventCodec;
import java.time.Instant;

/** Gives Akka's own plugins the payload that Moorage's has: the same bytes, from the same work. */
public final class EventSerializer extends JSerializer {
    // Akka tells a serializer neither the id nor the number, so these stand for them: as long as the real ones.
    private static final DiskId SOME_DISK = Samples.disk(0);
    private static final int SOME_NUMBER = 1;

    @Override
    public int identifier() {
        return 864_200;
    }

    @Override
    public boolean includeManifest() {
        return false;
    }

    @Override
    public byte[] toBinary(Object event) {
        return EventCodec.encode(SOME_DISK, SOME_NUMBER, Instant.now(), (DiskEvent) event);
    }

    @Override
    public Object fromBinaryJava(byte[] bytes, Class<?> manifest) {
        return EventCodec.decode(0, bytes).event();
    }
}
