package dev.moorage.simulation;

import dev.moorage.journal.Storage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A device that writes in virtual time, and fails as it is told to. What it has not made durable when the power goes is
 * gone; a batch that was being written then is there as a whole or not at all, since LevelDB drops one that is torn.
 */
final class Device implements Storage {
    /** What comes of a batch. */
    enum Fate {
        WRITTEN,
        /** It fails, and nothing of it is there. */
        FAILED,
        /** It fails, and is there all the same: the error came after the write. */
        FAILED_LATE,
        /** The power goes before it is durable: what there is of it is torn. */
        CRASH_BEFORE,
        /** The power goes once it is durable, and before anybody hears of it. */
        CRASH_AFTER
    }

    /** Decides over each batch. */
    interface Weather {
        /** How long the device is busy with the next batch. */
        long nanos();

        Fate fate();
    }

    private static final class WriteFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private WriteFailed() {
            super("The device does not write", null, false, false);
        }
    }

    private final Platter platter;
    private final VirtualTime time;
    private @Nullable Weather weather;
    private long freeAt;

    /** Writes at once, until it is told what weather it is to write in. */
    Device(Platter platter, VirtualTime time) {
        this.platter = platter;
        this.time = time;
    }

    void setWeather(Weather to) {
        weather = to;
    }

    @Override
    public CompletionStage<Void> write(List<Pair> batch) {
        if (weather == null) {
            platter.commit(batch);
            return CompletableFuture.completedFuture(null);
        }
        var fate = weather.fate();
        var done = new CompletableFuture<Void>();
        // One after the other: it has one head.
        freeAt = Math.max(freeAt, time.nanos()) + weather.nanos();
        time.schedule(freeAt - time.nanos(), () -> end(batch, fate, done));
        return done;
    }

    private void end(List<Pair> batch, Fate fate, CompletableFuture<Void> done) {
        boolean isThere = fate == Fate.WRITTEN || fate == Fate.FAILED_LATE || fate == Fate.CRASH_AFTER;
        if (isThere) platter.commit(batch);
        switch (fate) {
            case WRITTEN -> done.complete(null);
            case FAILED, FAILED_LATE -> done.completeExceptionally(new WriteFailed());
            case CRASH_BEFORE, CRASH_AFTER -> time.halt();
        }
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) {
        platter.scan(from, to, visitor);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return platter.get(key);
    }

    @Override
    public String description() {
        return "simulated";
    }

    @Override
    public void close() {}
}
