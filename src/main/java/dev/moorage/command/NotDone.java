package dev.moorage.command;

/** A server did not do what it was asked. The message says why, in one sentence. */
public final class NotDone extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean askedWrongly;

    private NotDone(String message, boolean askedWrongly) {
        super(message, null, false, false);
        this.askedWrongly = askedWrongly;
    }

    /** The one who asked can ask better. */
    static NotDone wrong(String message) {
        return new NotDone(message, true);
    }

    /** The server is not there, or cannot. */
    static NotDone failed(String message) {
        return new NotDone(message, false);
    }

    public boolean isAskedWrongly() {
        return askedWrongly;
    }
}
