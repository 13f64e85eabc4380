package dev.moorage.http;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.Materializer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Reads the bodies of requests whole, as far as they keep within bounds. */
final class Bodies {
    /** Why there is no body to be had. */
    enum Problem {
        TOO_LARGE,
        TOO_SLOW,
        BROKEN_OFF
    }

    private static final byte[] NOTHING = {};

    private final long maxBytes;
    private final Duration timeout;
    private final Materializer materializer;
    private final Executor executor;

    /**
     * Reads within these bounds.
     *
     * @param maxBytes the most that is read of a body
     * @param timeout how long a body may take to arrive
     */
    Bodies(long maxBytes, Duration timeout, Materializer materializer, Executor executor) {
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        this.materializer = materializer;
        this.executor = executor;
    }

    /** What one of the two says, to the body or to why there is none. One that is there already is handed on at once. */
    CompletionStage<HttpResponse> read(
            HttpRequest request,
            Function<byte[], CompletionStage<HttpResponse>> receive,
            Function<Problem, HttpResponse> refuse) {
        var entity = request.entity();
        if (entity instanceof HttpEntity.Strict strict) {
            if (strict.getData().length() > maxBytes)
                return CompletableFuture.completedStage(refuse.apply(Problem.TOO_LARGE));
            return receive.apply(
                    strict.getData().isEmpty() ? NOTHING : strict.getData().toArray());
        }
        return entity.withSizeLimit(maxBytes)
                .toStrict(timeout.toMillis(), materializer)
                .handleAsync(
                        (strict, failure) -> failure == null
                                ? receive.apply(strict.getData().toArray())
                                : CompletableFuture.completedStage(refuse.apply(problem(failure))),
                        executor)
                .thenComposeAsync(answer -> answer, executor);
    }

    private static Problem problem(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) return Problem.TOO_SLOW;
        return cause instanceof EntityStreamSizeException ? Problem.TOO_LARGE : Problem.BROKEN_OFF;
    }
}
