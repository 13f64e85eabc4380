package dev.moorage.journal;

import java.nio.file.Path;

/** The journal holds something that cannot be read. The message says what and where. */
public final class JournalDamaged extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JournalDamaged(String message) {
        super(message);
    }

    JournalDamaged(String message, Throwable cause) {
        super(message, cause);
    }

    /** A sentence for people who have the journal in this data directory: what is damaged, and what they can do. */
    public String in(Path directory) {
        return "The journal in " + directory + " is damaged. " + getMessage()
                + ". \"moorage journal verify\" says what else is, \"moorage journal export --skip-damaged\" saves the rest";
    }
}
