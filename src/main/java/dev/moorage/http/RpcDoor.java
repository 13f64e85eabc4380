package dev.moorage.http;

import akka.actor.typed.DispatcherSelector;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.stream.Materializer;
import dev.moorage.action.Actions;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.Call;
import dev.moorage.contract.Caller;
import dev.moorage.contract.EcsActions;
import dev.moorage.contract.Envelope;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Failure;
import dev.moorage.contract.Format;
import dev.moorage.contract.Gateway;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.contract.Reply;
import dev.moorage.contract.RpcRequest;
import dev.moorage.contract.Throttled;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's door. A request is read whole, decoded, passed by the gateway, executed, and answered; whatever goes
 * wrong on the way is answered too.
 */
final class RpcDoor {
    private static final byte[] NOTHING = {};

    private final Faults faults;
    private final Gateway gateway;
    private final Bodies bodies;
    private final Turnstile turnstile;
    private final TurnedAway turnedAway;
    private final RecentCalls recent;
    private final CallMetrics metrics;
    private final Materializer materializer;
    private final Executor executor;

    RpcDoor(
            Faults faults,
            Ecs ecs,
            Gateway gateway,
            Bodies bodies,
            Turnstile turnstile,
            RecentCalls recent,
            CallMetrics metrics) {
        this.faults = faults;
        this.gateway = gateway;
        this.bodies = bodies;
        this.turnstile = turnstile;
        this.turnedAway = new TurnedAway(ecs.system(), metrics);
        this.recent = recent;
        this.metrics = metrics;
        this.materializer = Materializer.matFromSystem(ecs.system());
        this.executor = ecs.system().dispatchers().lookup(DispatcherSelector.fromConfig("moorage.dispatchers.calls"));
    }

    /** One call, from the moment it came in. */
    private record Visit(String requestId, long begunNanos, HttpRequest http) {
        Duration took() {
            return Duration.ofNanos(System.nanoTime() - begunNanos);
        }
    }

    private Visit begin(HttpRequest request) {
        metrics.begun();
        return new Visit(RequestIds.next(), System.nanoTime(), request);
    }

    CompletionStage<HttpResponse> handle(HttpRequest request) {
        var visit = begin(request);
        if (!turnstile.hasRoom()) {
            request.discardEntityBytes(materializer);
            return CompletableFuture.completedStage(turnedAway(visit));
        }
        return bodies.read(request, body -> enter(visit, body), problem -> unreadable(visit, problem));
    }

    /** A body that takes its time to arrive keeps nobody else out: only who has sent all is in. */
    private CompletionStage<HttpResponse> enter(Visit visit, byte[] body) {
        if (!turnstile.enter()) return CompletableFuture.completedStage(turnedAway(visit));
        return CompletableFuture.completedFuture(body)
                .thenComposeAsync(whole -> receive(visit, whole), executor)
                .whenCompleteAsync((answer, failure) -> turnstile.leave(), Runnable::run);
    }

    /** Neither the body nor the signature has been looked at. Who is to come back comes back by another connection. */
    private HttpResponse turnedAway(Visit visit) {
        return turnstile.isClosed()
                ? turnedAway(visit, "Moorage is stopping").addHeader(Connection.create("close"))
                : turnedAway(visit, "more than " + turnstile.room() + " in flight");
    }

    private HttpResponse turnedAway(Visit visit, String why) {
        return turnedAway.answer(visit.http(), visit.requestId(), visit.took(), why);
    }

    /** A body that is too large, or comes too slowly, or breaks off. */
    private HttpResponse unreadable(Visit visit, Bodies.Problem problem) {
        if (problem == Bodies.Problem.NO_ROOM) return turnedAway(visit, "too many bodies at once");
        var request = Requests.of(visit.http(), NOTHING);
        return answer(visit, request, null, Gateway.malformed());
    }

    private CompletionStage<HttpResponse> receive(Visit visit, byte[] body) {
        var request = Requests.of(visit.http(), body);
        try {
            var received = gateway.receive(request, visit.requestId());
            if (received instanceof Call call) return execute(visit, request, call);
            return CompletableFuture.completedStage(
                    received instanceof Throttled throttled
                            ? answer(visit, request, throttled)
                            : answer(visit, request, null, (Failure) received));
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.completedStage(answerBroken(visit, request, null, e));
        }
    }

    private CompletionStage<HttpResponse> execute(Visit visit, RpcRequest request, Call call) {
        return faults.pass(call, null, new HttpReplies() {
            @Override
            public HttpResponse answer(@Nullable Outcome outcome, @Nullable Throwable failure) {
                return failure == null
                        ? answerWhole(visit, request, call, Objects.requireNonNull(outcome))
                        : answerBroken(visit, request, call.caller(), failure);
            }

            @Override
            public HttpResponse fail(Failure failure) {
                return RpcDoor.this.answer(visit, request, call.caller(), failure);
            }
        });
    }

    private HttpResponse answer(Visit visit, RpcRequest request, Throttled throttled) {
        return Responses.throttled(answer(visit, request, throttled.caller(), throttled.failure()), throttled);
    }

    /** An answer that cannot be written is answered too. */
    private HttpResponse answerWhole(Visit visit, RpcRequest request, Call call, Outcome outcome) {
        try {
            return answer(visit, request, call, outcome);
        } catch (RuntimeException e) {
            return answerBroken(visit, request, call.caller(), e);
        }
    }

    private HttpResponse answer(Visit visit, RpcRequest request, Call call, Outcome outcome) {
        if (outcome instanceof Rejection rejection) {
            return answer(visit, request, call.caller(), call.action().failure(rejection));
        }
        var body = ((Outcome.Success) outcome).body();
        var reply = Envelope.success(call.action().action(), visit.requestId(), body, Format.of(request));
        return answer(visit, request, call.caller(), reply, "");
    }

    private HttpResponse answerBroken(Visit visit, RpcRequest request, @Nullable Caller caller, Throwable failure) {
        CallLog.failed(visit.requestId(), failure);
        return answer(visit, request, caller, Gateway.failure(ErrorCode.INTERNAL_ERROR));
    }

    private HttpResponse answer(Visit visit, RpcRequest request, @Nullable Caller caller, Failure failure) {
        var reply = Envelope.failure(failure, visit.requestId(), request.hostId(), Format.of(request));
        return answer(visit, request, caller, reply, failure.message());
    }

    private HttpResponse answer(Visit visit, RpcRequest request, @Nullable Caller caller, Reply reply, String message) {
        String action = request.action();
        // A log line holds what is known, not whatever was sent.
        boolean known =
                Actions.specs().containsKey(action) || EcsActions.names().contains(action);
        String name = known ? action : "-";
        var took = visit.took();
        metrics.answered(name, reply.code(), took);
        CallLog.answered(visit.requestId(), name, caller == null ? "-" : caller.name(), reply, took);
        if (!known && !action.isEmpty()) {
            CallLog.noSuchAction(visit.requestId(), action, gateway.hint(action, request.version(), Map.of()));
        }
        recent.add(visit.http(), request, caller, new RecentCalls.Answered(visit.requestId(), reply, message, took));
        return Responses.of(reply, visit.requestId());
    }

    /** The answer for a path where no API is. */
    HttpResponse noApi(HttpRequest http) {
        var visit = begin(http);
        http.discardEntityBytes(materializer);
        var request = Requests.of(http, NOTHING);
        return answer(visit, request, null, Gateway.failure(ErrorCode.INVALID_ACTION_NOT_FOUND));
    }
}
