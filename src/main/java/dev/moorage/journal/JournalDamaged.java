package dev.moorage.journal;

/** The journal holds something that cannot be read. The message says what and where. */
public final class JournalDamaged extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JournalDamaged(String message) {
        super(message);
    }

    JournalDamaged(String message, Throwable cause) {
        super(message, cause);
    }
}
