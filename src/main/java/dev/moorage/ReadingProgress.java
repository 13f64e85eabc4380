package dev.moorage;

import dev.moorage.replay.Rebuild;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar for people, if reading the journal takes more than a moment. */
final class ReadingProgress implements Rebuild.Progress, AutoCloseable {
    /** Java cannot say whether standard error is one; the launcher can. */
    private static final boolean IS_TERMINAL = Boolean.getBoolean("moorage.terminal");

    private static final long PATIENCE_NANOS = 1_500_000_000;

    private final long events;
    private final long begunNanos = System.nanoTime();
    private @Nullable ProgressBar bar;

    ReadingProgress(long events) {
        this.events = events;
    }

    @Override
    public void reached(long offset) {
        if (!IS_TERMINAL || System.nanoTime() - begunNanos < PATIENCE_NANOS) return;
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("Reading the journal")
                    .setInitialMax(events)
                    .setUnit(" events", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }
        bar.stepTo(offset + 1);
    }

    @Override
    public void close() {
        if (bar != null) bar.close();
    }
}
