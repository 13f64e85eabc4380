package dev.moorage.simulation;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Lets all that Akka does later happen in virtual time. Named in configuration. */
public final class VirtualScheduler extends AbstractScheduler {
    private static final double AS_OFTEN_AS_ONE_LIKES = 1e9;

    private final VirtualTime time = VirtualTime.ofBeginning();

    /** What Akka gives to every scheduler. */
    public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

    VirtualTime time() {
        return time;
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
        return new Once(time.schedule(delay.toNanos(), () -> executor.execute(task)));
    }

    @Override
    @SuppressWarnings("deprecation") // It is this one that all others go through.
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        var again = new Again(interval.toNanos(), task, executor);
        again.next(initialDelay.toNanos());
        return again;
    }

    @Override
    public double maxFrequency() {
        return AS_OFTEN_AS_ONE_LIKES;
    }

    private record Once(VirtualTime.Deadline deadline) implements Cancellable {
        @Override
        public boolean cancel() {
            return deadline.cancel();
        }

        @Override
        public boolean isCancelled() {
            return deadline.isOver();
        }
    }

    private final class Again implements Cancellable {
        private final long interval;
        private final Runnable task;
        private final ExecutionContext executor;
        private VirtualTime.@Nullable Deadline next;
        private boolean cancelled;

        private Again(long interval, Runnable task, ExecutionContext executor) {
            this.interval = interval;
            this.task = task;
            this.executor = executor;
        }

        private void next(long delay) {
            next = time.schedule(delay, this::due);
        }

        private void due() {
            executor.execute(task);
            if (!cancelled) next(interval);
        }

        @Override
        public boolean cancel() {
            if (cancelled) return false;
            cancelled = true;
            if (next != null) next.cancel();
            return true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
