package dev.moorage.http;

import dev.moorage.contract.Failure;
import dev.moorage.contract.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a caller, whatever it is that callers get.
 *
 * @param <R> an answer on its way
 */
public interface Replies<R> {
    /**
     * The answer to a call that was carried out or refused.
     *
     * @param outcome null if the call failed otherwise
     * @param failure why it did; null if there is an outcome
     */
    R answer(@Nullable Outcome outcome, @Nullable Throwable failure);

    /** The answer to a call that a rule lets fail. */
    R fail(Failure failure);

    /** The connection goes, and nothing was done. */
    R reset();

    /**
     * What was to be answered, as a rule lets it arrive.
     *
     * @param how {@code lost}, {@code truncated-body} or {@code slow-body}
     */
    R spoilt(R answer, String how);
}
