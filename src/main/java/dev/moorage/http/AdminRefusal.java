package dev.moorage.http;

/** The admin door does not do what was asked. The message, one sentence for people, says what was expected and what came. */
final class AdminRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    AdminRefusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
