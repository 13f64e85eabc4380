package dev.moorage.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import dev.moorage.contract.Format;
import dev.moorage.contract.Reply;
import dev.moorage.contract.Throttled;
import java.util.EnumMap;
import java.util.Map;

/** Replies as HTTP. */
final class Responses {
    private static final Map<Format, ContentType> CONTENT_TYPES = new EnumMap<>(Format.class);

    static {
        for (var format : Format.values()) CONTENT_TYPES.put(format, literally(format.contentType()));
    }

    private Responses() {}

    /**
     * A content type in exactly this spelling. Akka would write {@code text/xml; charset=UTF-8}, and clients compare
     * letter by letter; so to Akka all behind the slash is the name of a binary type.
     */
    static ContentType literally(String contentType) {
        int slash = contentType.indexOf('/');
        return ContentTypes.create(
                MediaTypes.customBinary(contentType.substring(0, slash), contentType.substring(slash + 1), true));
    }

    static HttpResponse of(Reply reply, String requestId) {
        return HttpResponse.create()
                .withStatus(reply.status())
                .addHeader(RawHeader.create("x-acs-request-id", requestId))
                .addHeader(RawHeader.create("Access-Control-Allow-Origin", "*"))
                .withEntity(HttpEntities.create(CONTENT_TYPES.get(reply.format()), reply.body()));
    }

    /** With what clients read to know when to come back, in milliseconds; nothing, if waiting does not help. */
    static HttpResponse throttled(HttpResponse answer, Throttled throttled) {
        var timeLeft = throttled.timeLeft();
        if (timeLeft == null) return answer;
        // Rounded up: who comes a moment early is refused again.
        long millis = timeLeft.toMillis() + 1;
        return answer.addHeader(RawHeader.create("x-acs-retry-after", String.valueOf(millis)))
                .addHeader(RawHeader.create(
                        "x-ratelimit-user-api", "Limit:" + throttled.limit() + ",Remain:0,TimeLeft:" + millis));
    }
}
