package dev.moorage.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ctrl-C, or a kill: ends what goes on by then, and lets its report be written before the process is gone. */
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::asked, "moorage-load-stop");
    private boolean isAsked;
    private @Nullable Runnable end;
    private @Nullable Runnable last;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    synchronized boolean isAsked() {
        return isAsked;
    }

    /** What ends that which goes on now. At once, if that has been asked for. */
    synchronized void endsBy(Runnable end) {
        this.end = end;
        if (isAsked) end.run();
    }

    /** What must not outlive the process, even if the report takes too long. */
    synchronized void takesWithIt(Runnable last) {
        this.last = last;
    }

    private void asked() {
        beginsToEnd();
        try {
            if (over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        takeAlong();
    }

    private synchronized void beginsToEnd() {
        isAsked = true;
        if (end != null) end.run();
    }

    private synchronized void takeAlong() {
        if (last != null) last.run();
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs: that is how the run came to its end.
            return;
        }
    }
}
