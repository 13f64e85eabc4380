package dev.moorage.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import dev.moorage.contract.Envelope;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Failure;
import dev.moorage.contract.Format;
import dev.moorage.contract.Gateway;
import dev.moorage.contract.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What those are told for whom there is no room. It comes when there is least to spend: so the answer is prepared,
 * nothing that was sent is decoded, and the log has one line a second for all of them.
 */
final class TurnedAway {
    private static final Failure FAILURE = Gateway.failure(ErrorCode.SERVICE_UNAVAILABLE);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
    private static final String ID = "{RequestId}";

    /** An answer but for its RequestId. */
    private record Prepared(String before, String after) {
        static Prepared of(Format format) {
            String whole = new String(Envelope.failure(FAILURE, ID, "", format).body(), StandardCharsets.UTF_8);
            int at = whole.indexOf(ID);
            return new Prepared(whole.substring(0, at), whole.substring(at + ID.length()));
        }

        Reply with(String requestId, Format format) {
            byte[] body = (before + requestId + after).getBytes(StandardCharsets.UTF_8);
            return new Reply(FAILURE.status(), format, FAILURE.code(), body);
        }
    }

    private final Map<Format, Prepared> prepared = new EnumMap<>(Format.class);
    private final ActorSystem<?> system;
    private final CallMetrics metrics;

    // Guarded by this. By reason, since the last line.
    private final Map<String, Integer> unsaid = new TreeMap<>();

    TurnedAway(ActorSystem<?> system, CallMetrics metrics) {
        for (var format : Format.values()) prepared.put(format, Prepared.of(format));
        this.system = system;
        this.metrics = metrics;
    }

    /** Answers a call that had {@link CallMetrics#begun}. */
    HttpResponse answer(HttpRequest request, String requestId, Duration took, String why) {
        metrics.answered("-", FAILURE.code(), took);
        count(why);
        var format = Format.of(Requests.undecoded(request));
        return Responses.of(prepared.get(format).with(requestId, format), requestId);
    }

    private synchronized void count(String why) {
        if (unsaid.isEmpty()) {
            system.scheduler().scheduleOnce(BETWEEN_LINES, this::say, system.executionContext());
        }
        unsaid.merge(why, 1, Integer::sum);
    }

    private synchronized void say() {
        unsaid.forEach((why, calls) -> CallLog.turnedAway(calls, why));
        unsaid.clear();
    }
}
