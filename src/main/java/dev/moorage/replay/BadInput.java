package dev.moorage.replay;

/** What was asked for cannot be done. The message, one sentence for people, says what was expected and what came. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadInput(String message) {
        super(message);
    }
}
