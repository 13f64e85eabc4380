package dev.moorage;

import org.jspecify.annotations.Nullable;

/** Something the user can put right. The message is one sentence that says what. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStart(@Nullable String message) {
        super(message);
    }
}
