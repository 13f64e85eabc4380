package dev.moorage.http;

import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.RequestEntity;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.Materializer;
import akka.util.ByteString;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Reads the bodies of requests whole, as far as they keep within bounds. */
final class Bodies {
    /** Why there is no body to be had. */
    enum Problem {
        TOO_LARGE,
        TOO_SLOW,
        BROKEN_OFF,
        NO_ROOM
    }

    /** All bodies together hold as much as they may. */
    private static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoRoom() {
            super("no room", null, false, false);
        }
    }

    /** What one body holds: from its first bytes until its call is answered. */
    private final class Share {
        private long bytes;
        private boolean isBack;

        synchronized boolean take(int more) {
            if (isBack) return false;
            bytes += more;
            return held.addAndGet(more) <= maxTogether;
        }

        synchronized void giveBack() {
            if (!isBack) held.addAndGet(-bytes);
            isBack = true;
        }

        ByteString taking(ByteString part) {
            if (!take(part.size())) throw new NoRoom();
            return part;
        }
    }

    private static final byte[] NOTHING = {};

    private final AtomicLong held = new AtomicLong();
    private final long maxBytes;
    private final long maxTogether;
    private final Duration timeout;
    private final Materializer materializer;
    private final Executor executor;

    /**
     * Reads within these bounds.
     *
     * @param maxBytes the most that is read of a body
     * @param maxTogether the most that all those hold that are not answered yet
     * @param timeout how long a body may take to arrive
     */
    Bodies(long maxBytes, long maxTogether, Duration timeout, Materializer materializer, Executor executor) {
        this.maxBytes = maxBytes;
        this.maxTogether = maxTogether;
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
        if (entity instanceof HttpEntity.Strict strict && strict.getData().isEmpty()) return receive.apply(NOTHING);
        var share = new Share();
        return whole(entity, share, receive, refuse)
                .whenCompleteAsync((answer, failure) -> share.giveBack(), Runnable::run);
    }

    private CompletionStage<HttpResponse> whole(
            RequestEntity entity,
            Share share,
            Function<byte[], CompletionStage<HttpResponse>> receive,
            Function<Problem, HttpResponse> refuse) {
        if (entity instanceof HttpEntity.Strict strict) {
            var problem = strict.getData().length() > maxBytes
                    ? Problem.TOO_LARGE
                    : share.take(strict.getData().length()) ? null : Problem.NO_ROOM;
            return problem == null
                    ? receive.apply(strict.getData().toArray())
                    : CompletableFuture.completedStage(refuse.apply(problem));
        }
        var arriving = entity.withSizeLimit(maxBytes).getDataBytes().map(share::taking);
        return HttpEntities.createChunked(entity.getContentType(), arriving)
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
        if (cause instanceof NoRoom) return Problem.NO_ROOM;
        return cause instanceof EntityStreamSizeException ? Problem.TOO_LARGE : Problem.BROKEN_OFF;
    }
}
