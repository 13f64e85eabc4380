package dev.moorage.replay;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/** How far a tool has come. Shown on standard error if that is a terminal, and if it takes more than two seconds. */
public final class Progress implements AutoCloseable {
    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** Nothing done so far of what {@code task} names. */
    static Progress of(String task) {
        return of(task, -1);
    }

    /**
     * Nothing done so far of what {@code task} names.
     *
     * @param events how many it will be, or -1
     */
    public static Progress of(String task, long events) {
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(events)
                .setUnit(" events", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setUpdateIntervalMillis(1_000)
                .setConsumer(new Late(new ConsoleProgressBarConsumer(System.err, Late.WIDTH)))
                .build());
    }

    void step() {
        bar.step();
    }

    /** So many are done. */
    void reached(long events) {
        bar.stepTo(events);
    }

    @Override
    public void close() {
        bar.close();
    }

    /** Lets nothing through in the first two seconds: the bar is drawn once at the start, and then every second. */
    private static final class Late implements ProgressBarConsumer {
        static final int WIDTH = 80;
        private static final int TOO_EARLY = 2;

        private final ConsoleProgressBarConsumer console;
        private int drawn;
        private boolean isShown;

        Late(ConsoleProgressBarConsumer console) {
            this.console = console;
        }

        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(String rendered) {
            // Which terminal it is takes a process to find out, so it is asked once, and only if it matters.
            if (drawn++ == TOO_EARLY) isShown = new ExecTerminalProvider().isSystemStream(SystemStream.Error);
            if (isShown) console.accept(rendered);
        }

        @Override
        public void close() {
            if (isShown) console.close();
        }
    }
}
