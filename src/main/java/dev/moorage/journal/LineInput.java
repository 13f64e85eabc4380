package dev.moorage.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines as bytes. What comes after the last end of line is not one: it was cut off. */
final class LineInput {
    /** No line of a journal comes near it: whatever has longer ones is something else. */
    private static final int LONGEST = 1 << 24;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    LineInput(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or null after the last. */
    byte @Nullable [] next() throws IOException {
        for (int searched = start; ; searched++) {
            if (searched == end) {
                searched -= start;
                if (!fill()) return null;
            }
            if (buffer[searched] == '\n') {
                byte[] line = Arrays.copyOfRange(buffer, start, searched);
                start = searched + 1;
                return line;
            }
        }
    }

    /** Moves what is begun to the front, and reads on. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end == buffer.length) {
            if (end >= LONGEST) throw new IOException("a line is longer than " + LONGEST + " bytes");
            buffer = Arrays.copyOf(buffer, end * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read <= 0) return false;
        end += read;
        return true;
    }
}
