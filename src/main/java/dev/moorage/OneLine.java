package dev.moorage;

import java.io.PrintWriter;

/** A line that is written over and over, where there is a terminal; else nothing. */
record OneLine(PrintWriter err) {
    private static final String AGAIN = "\r\u001b[K";

    @SuppressWarnings("SystemConsoleNull") // on the Java 17 that this is for, it is null where there is no terminal
    private static boolean isTerminal() {
        return System.console() != null;
    }

    void say(String line) {
        if (!isTerminal()) return;
        err.print(AGAIN + line);
        err.flush();
    }

    void end() {
        if (!isTerminal()) return;
        err.print(AGAIN);
        err.flush();
    }
}
