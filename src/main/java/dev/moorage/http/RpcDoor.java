package dev.moorage.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import dev.moorage.action.Actions;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.ActionSpec;
import dev.moorage.contract.Call;
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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The vendor's door. A request is read whole, decoded, passed by the gateway, executed, and answered; whatever goes
 * wrong on the way is answered too.
 */
final class RpcDoor {
    private static final byte[] NOTHING = {};

    private final Ecs ecs;
    private final Gateway gateway;
    private final Bodies bodies;
    private final Materializer materializer;
    private final Executor executor;

    RpcDoor(Ecs ecs, Gateway gateway, Bodies bodies) {
        this.ecs = ecs;
        this.gateway = gateway;
        this.bodies = bodies;
        this.materializer = Materializer.matFromSystem(ecs.system());
        this.executor = ecs.system().executionContext();
    }

    /** One call, from the moment it came in. */
    private record Visit(String requestId, long begunNanos, HttpRequest http) {
        Duration took() {
            return Duration.ofNanos(System.nanoTime() - begunNanos);
        }
    }

    CompletionStage<HttpResponse> handle(HttpRequest request) {
        var visit = new Visit(RequestIds.next(), System.nanoTime(), request);
        return bodies.read(request, body -> receive(visit, body), problem -> unreadable(visit));
    }

    /** A body that is too large, or comes too slowly, or breaks off. */
    private HttpResponse unreadable(Visit visit) {
        var request = Requests.of(visit.http(), NOTHING);
        return answer(visit, request, request.action(), "-", Gateway.malformed());
    }

    private CompletionStage<HttpResponse> receive(Visit visit, byte[] body) {
        var request = Requests.of(visit.http(), body);
        try {
            var received = gateway.receive(request, visit.requestId());
            return received instanceof Call call
                    ? execute(visit, request, call)
                    : CompletableFuture.completedStage(
                            answer(visit, request, request.action(), "-", (Failure) received));
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.completedStage(answerBroken(visit, request, request.action(), "-", e));
        }
    }

    private CompletionStage<HttpResponse> execute(Visit visit, RpcRequest request, Call call) {
        String action = call.action().action();
        String caller = call.caller().name();
        return faults.pass(
                call,
                (outcome, failure) -> failure == null
                        ? answerWhole(visit, request, call, outcome)
                        : answerBroken(visit, request, action, caller, failure),
                error -> answer(visit, request, action, caller, error));
    }

    /** An answer that cannot be written is answered too. */
    private HttpResponse answerWhole(Visit visit, RpcRequest request, Call call, Outcome outcome) {
        try {
            return answer(visit, request, call, outcome);
        } catch (RuntimeException e) {
            return answerBroken(
                    visit, request, call.action().action(), call.caller().name(), e);
        }
    }

    private HttpResponse answer(Visit visit, RpcRequest request, Call call, Outcome outcome) {
        ActionSpec action = call.action();
        if (outcome instanceof Rejection rejection) {
            return answer(visit, request, action.action(), call.caller().name(), action.failure(rejection));
        }
        var body = ((Outcome.Success) outcome).body();
        return answer(
                visit,
                action.action(),
                call.caller().name(),
                Envelope.success(action.action(), visit.requestId(), body, Format.of(request)));
    }

    private HttpResponse answerBroken(
            Visit visit, RpcRequest request, String action, String caller, Throwable failure) {
        CallLog.failed(visit.requestId(), failure);
        return answer(visit, request, action, caller, Gateway.failure(ErrorCode.INTERNAL_ERROR));
    }

    private HttpResponse answer(Visit visit, RpcRequest request, String action, String caller, Failure failure) {
        return answer(
                visit,
                action,
                caller,
                Envelope.failure(failure, visit.requestId(), request.hostId(), Format.of(request)));
    }

    private HttpResponse answer(Visit visit, String action, String caller, Reply reply) {
        // A log line holds what is known, not whatever was sent.
        boolean known =
                Actions.specs().containsKey(action) || EcsActions.names().contains(action);
        String name = known ? action : "-";
        CallLog.answered(visit.requestId(), name, caller, reply, visit.took());
        return Responses.of(reply, visit.requestId());
    }

    /** The answer for a path where no API is. */
    HttpResponse noApi(HttpRequest http) {
        var visit = new Visit(RequestIds.next(), System.nanoTime(), http);
        http.discardEntityBytes(materializer);
        var request = Requests.of(http, NOTHING);
        return answer(visit, request, request.action(), "-", Gateway.failure(ErrorCode.INVALID_ACTION_NOT_FOUND));
    }
}
