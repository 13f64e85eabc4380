package dev.moorage.http;

import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;

/** What can become of an answer on its way through a connection. */
abstract class HttpReplies implements Replies<HttpResponse> {
    private static final long SOME_LENGTH = 100;

    /** The first half is on its way by then. */
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private static final Duration BIT_BY_BIT = Duration.ofMillis(100);
    private static final int SLOW_PARTS = 20;

    /** What is under way on a connection goes with it when an answer fails: the caller sees a reset, and no answer. */
    @Override
    public HttpResponse reset() {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(
                        ContentTypes.APPLICATION_OCTET_STREAM,
                        SOME_LENGTH,
                        Source.<ByteString>failed(new IOException("A rule reset the connection"))));
    }

    @Override
    public HttpResponse spoilt(HttpResponse answer, String how) {
        return switch (how) {
            case "lost" -> reset();
            case "truncated-body" -> answer.withEntity(broken(answer));
            case "slow-body" -> answer.withEntity(slow(answer));
            default -> answer;
        };
    }

    private static HttpEntity.Default broken(HttpResponse answer) {
        var whole = ((HttpEntity.Strict) answer.entity()).getData();
        Source<ByteString, NotUsed> half = Source.single(whole.take(whole.length() / 2));
        return HttpEntities.create(
                answer.entity().getContentType(),
                whole.length(),
                half.concat(Source.<ByteString>maybe().initialTimeout(A_MOMENT)));
    }

    private static HttpEntity.Default slow(HttpResponse answer) {
        var whole = ((HttpEntity.Strict) answer.entity()).getData();
        int part = Math.max(1, whole.length() / SLOW_PARTS);
        var parts = IntStream.iterate(0, from -> from < whole.length(), from -> from + part)
                .mapToObj(from -> whole.slice(from, from + part))
                .toList();
        return HttpEntities.create(
                answer.entity().getContentType(),
                whole.length(),
                Source.from(parts).throttle(1, BIT_BY_BIT));
    }
}
