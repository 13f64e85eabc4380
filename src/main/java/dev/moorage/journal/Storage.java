package dev.moorage.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lowest edge of the journal: keys and values on a device, in the order of keys as unsigned bytes. Everything above
 * it is the same whether facts go to LevelDB, to memory, or to a device that is made to fail.
 */
public interface Storage extends AutoCloseable {
    /** A key and the value it gets; without a value the key is removed. */
    record Pair(byte[] key, byte @Nullable [] value) {}

    interface Visitor {
        /** Takes the next pair, and says whether to go on. */
        boolean visit(byte[] key, byte[] value);
    }

    /** The device cannot read what it holds. The message says why, if anything does. */
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unreadable(@Nullable String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Writes all pairs or none. Completes once they are durable: at once, or on a thread of the device's choice, where
     * one batch's completion is over before the next one's begins. What such a completion does keeps no batch from
     * being written meanwhile.
     */
    CompletionStage<Void> write(List<Pair> batch);

    /** Tells from now on how long each write keeps the device busy. What has no device has nothing to tell. */
    default void timeWrites(Consumer<Duration> watch) {}

    /**
     * Visits the pairs from one key to another, both included, in order.
     *
     * @throws Unreadable if it cannot; what comes before has been visited then
     */
    void scan(byte[] from, byte[] to, Visitor visitor);

    /**
     * Finds the value of a key.
     *
     * @throws Unreadable if it cannot
     */
    byte @Nullable [] get(byte[] key);

    /** For people: what and where. */
    String description();

    @Override
    void close();
}
