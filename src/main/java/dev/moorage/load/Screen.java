package dev.moorage.load;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A table that grows by a line each second, and on a terminal a line below it that says how far the run is. */
final class Screen implements Live {
    private static final int LINES_OF_A_SCREEN = 20;
    private static final int BAR = 30;
    private static final String AGAIN = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final AtomicInteger lines = new AtomicInteger();

    Screen(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    @Override
    public void second(Report.Second second, long finished, long planned) {
        if (isTerminal) out.print(AGAIN);
        if (lines.getAndIncrement() % LINES_OF_A_SCREEN == 0) out.println(Summary.SECONDS);
        out.println(Summary.second(second));
        if (isTerminal) out.print(progress(finished, planned, second.detaching()));
        out.flush();
    }

    @Override
    public void end() {
        if (isTerminal) out.print(AGAIN);
        out.flush();
    }

    static String progress(long finished, long planned, int detaching) {
        int done = (int) (BAR * finished / Math.max(1, planned));
        return String.format(
                Locale.ROOT,
                "[%s%s] %d of %d calls, %d detaching",
                "=".repeat(done),
                " ".repeat(BAR - done),
                finished,
                planned,
                detaching);
    }
}
