package dev.moorage;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a tool said. */
record Ran(int exitCode, String out, String err) {
    /** Runs a command line as a user would, in this process. */
    static Ran moorage(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) words[i] = arguments[i].toString();
        int exitCode = Moorage.commandLine(words)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        return new Ran(exitCode, out.toString(), err.toString());
    }
}
