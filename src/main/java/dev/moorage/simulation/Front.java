package dev.moorage.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.action.Actions;
import dev.moorage.actor.Ecs;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Failure;
import dev.moorage.contract.Gateway;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.contract.RpcRequest;
import dev.moorage.contract.Throttled;
import dev.moorage.http.Faults;
import dev.moorage.http.Replies;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The front door without sockets: the same checks, throttling and rules, and an answer that is not rendered. */
final class Front {
    private static final String HOST = "ecs.cn-hangzhou.aliyuncs.com";
    private static final byte[] NOTHING = {};

    /**
     * What a caller hears.
     *
     * @param code of an error; empty if it went well
     * @param body null if it did not
     * @param isUnanswered nobody has answered in time, so the door does
     * @param isLost the answer does not reach the caller
     */
    record Reply(String requestId, String code, @Nullable ObjectNode body, boolean isUnanswered, boolean isLost) {
        boolean isGood() {
            return code.isEmpty();
        }
    }

    private final Ecs ecs;
    private final Gateway gateway;
    private final Faults faults;
    private final VirtualTime time;
    private final SplittableRandom chance;

    Front(Ecs ecs, Gateway gateway, VirtualTime time, SplittableRandom chance) {
        this.time = time;
        this.ecs = ecs;
        this.gateway = gateway;
        this.faults = new Faults(ecs);
        this.chance = chance;
    }

    /** Carries out a call; the answer comes later, or never if the power goes. Returns the call's RequestId. */
    String call(String action, Map<String, String> parameters, Consumer<Reply> replyTo) {
        String requestId =
                new UUID(chance.nextLong(), chance.nextLong()).toString().toUpperCase(Locale.ROOT);
        var query = new HashMap<>(parameters);
        query.put("Action", action);
        var spec = Actions.specs().get(action);
        if (spec != null) query.put("Version", spec.version());
        var request = new RpcRequest("POST", query, Map.of(), Map.of("host", HOST), List.of(), NOTHING, null);
        var received = gateway.receive(request, requestId);
        if (received instanceof Call call) {
            execute(call, replyTo);
        } else if (received instanceof Throttled throttled) {
            replyTo.accept(reply(requestId, throttled.failure()));
        } else {
            replyTo.accept(reply(requestId, (Failure) received));
        }
        return requestId;
    }

    private void execute(Call call, Consumer<Reply> replyTo) {
        var unused = faults.pass(call, null, new OfOneCall(call))
                .whenCompleteAsync(
                        (reply, failure) -> {
                            if (failure == null) replyTo.accept(reply);
                            else
                                time.fail(
                                        new IllegalStateException(call.action().action() + " has failed", failure));
                        },
                        ecs.system().executionContext());
    }

    /** What rules make of an answer that is not rendered: that it does not arrive is all that can happen to it. */
    private record OfOneCall(Call call) implements Replies<Reply> {
        @Override
        public Reply answer(@Nullable Outcome outcome, @Nullable Throwable failure) {
            return reply(call, outcome, failure);
        }

        @Override
        public Reply fail(Failure failure) {
            return reply(call.requestId(), failure);
        }

        @Override
        public Reply reset() {
            return new Reply(call.requestId(), "", null, false, true);
        }

        @Override
        public Reply spoilt(Reply answer, String how) {
            return how.equals("slow-body") ? answer : reset();
        }
    }

    private static Reply reply(Call call, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome == null) {
            if (!(failure instanceof TimeoutException)) {
                throw new IllegalStateException(call.action().action() + " has failed", failure);
            }
            String code = Gateway.failure(ErrorCode.INTERNAL_ERROR).code();
            return new Reply(call.requestId(), code, null, true, false);
        }
        if (outcome instanceof Rejection rejection) {
            return reply(call.requestId(), call.action().failure(rejection));
        }
        return new Reply(call.requestId(), "", ((Outcome.Success) outcome).body(), false, false);
    }

    private static Reply reply(String requestId, Failure failure) {
        return new Reply(requestId, failure.code(), null, false, false);
    }
}
