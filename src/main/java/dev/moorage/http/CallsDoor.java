package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Caller;
import dev.moorage.contract.Gateway;
import dev.moorage.http.RecentCalls.Recent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** What was called last, by whom, and how it was answered. */
final class CallsDoor {
    private static final int USUALLY = 100;
    private static final int MOST = 100_000;
    private static final double NANOS_PER_MILLI = 1e6;

    /** What each parameter of the query asks of a call. */
    private static final Map<String, BiPredicate<Recent, String>> FILTERS = filters();

    private final RecentCalls recent;
    private final Gateway gateway;

    CallsDoor(RecentCalls recent, Gateway gateway) {
        this.recent = recent;
        this.gateway = gateway;
    }

    private static Map<String, BiPredicate<Recent, String>> filters() {
        var filters = new LinkedHashMap<String, BiPredicate<Recent, String>>();
        filters.put("action", (call, action) -> call.action().equalsIgnoreCase(action));
        filters.put("code", (call, code) -> call.code().equalsIgnoreCase(code));
        filters.put("status", CallsDoor::hasStatus);
        filters.put("caller", (call, caller) -> name(call).equals(caller));
        filters.put("requestId", (call, id) -> call.requestId().equalsIgnoreCase(id));
        filters.put("diskId", Recent::names);
        filters.put("instanceId", Recent::names);
        return filters;
    }

    List<AdminRoute> routes() {
        var query = new ArrayList<>(FILTERS.keySet());
        query.add("limit");
        return List.of(AdminRoute.get("calls", "The last calls, newest last, with what may have been meant", this::list)
                .asking(query.toArray(String[]::new)));
    }

    private HttpResponse list(AdminRequest request) {
        request.text("status").ifPresent(CallsDoor::checkStatus);
        int limit = request.limit(USUALLY, MOST);
        var all = recent.all();
        var found = all.stream().filter(call -> isWanted(call, request)).toList();
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("calls");
        found.subList(Math.max(0, found.size() - limit), found.size()).forEach(call -> list.add(json(call)));
        body.put("found", found.size());
        body.put("remembered", all.size());
        return Answers.json(body);
    }

    private static boolean isWanted(Recent call, AdminRequest request) {
        return FILTERS.entrySet().stream()
                .allMatch(filter -> request.text(filter.getKey())
                        .map(wanted -> filter.getValue().test(call, wanted))
                        .orElse(true));
    }

    private static void checkStatus(String status) {
        if (!status.matches("[1-5]([0-9]{2}|[xX]{2})")) {
            throw new AdminRefusal(400, "status is one such as 404, or a class of them such as 4xx, not " + status);
        }
    }

    private static boolean hasStatus(Recent call, String status) {
        return String.valueOf(call.status()).matches(status.replaceAll("[xX]", "."));
    }

    /** Who it was, or, if nobody looked, who they say they are. */
    private static String name(Recent call) {
        if (call.caller() != null) return call.caller().name();
        return call.keyId().isEmpty() ? Caller.ANONYMOUS : call.keyId();
    }

    private ObjectNode json(Recent call) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("at", call.at().toString())
                .put("requestId", call.requestId())
                .put("remote", call.remote())
                .put("method", call.method())
                .put("path", call.path())
                .put("action", call.action())
                .put("version", call.version())
                .put("caller", name(call));
        if (call.caller() != null) json.put("account", call.caller().account());
        var parameters = call.shownParameters();
        var shown = json.putObject("parameters");
        parameters.forEach(shown::put);
        int leftOut = call.leftOut() + call.parameters().size() - parameters.size();
        if (leftOut > 0) json.put("parametersLeftOut", leftOut);
        json.put("status", call.status()).put("code", call.code());
        if (!call.message().isEmpty()) json.put("message", call.message());
        json.put("millis", call.took().toNanos() / NANOS_PER_MILLI);
        String hint = gateway.hint(call.action(), call.version(), call.parameters());
        if (!hint.isEmpty()) json.put("hint", hint);
        return json;
    }
}
