package dev.moorage.contract;

import org.jspecify.annotations.Nullable;

/**
 * A rule's no, before it has a status and a text.
 *
 * @param about the parameter at fault, where that matters for the text
 */
public record Rejection(ErrorCode code, @Nullable String about) implements Outcome {
    public static Rejection of(ErrorCode code) {
        return new Rejection(code, null);
    }

    public static Rejection of(ErrorCode code, String about) {
        return new Rejection(code, about);
    }
}
