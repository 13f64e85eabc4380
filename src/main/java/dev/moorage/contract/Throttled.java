package dev.moorage.contract;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call of a known caller who has had all that there is for now.
 *
 * @param limit how many there are
 * @param timeLeft real time until there are more; null if time stands still
 */
public record Throttled(
        Failure failure,
        Caller caller,
        long limit,
        @Nullable Duration timeLeft) implements Received {}
