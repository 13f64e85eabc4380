package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A way through the admin door.
 *
 * @param path under the prefix; a part in braces stands for any one
 * @param query the parameters that its query can have
 * @param fields the fields that the JSON object in its body can have
 * @param about one sentence for those who look around
 * @param takesText whether its body is a text, and not a JSON object
 * @param isForAnybody whether it is there for those too who may not come in
 */
record AdminRoute(
        String method,
        String path,
        List<String> query,
        List<String> fields,
        String about,
        boolean takesText,
        boolean isForAnybody,
        Handler handler) {

    /** Answers a request. What it throws is answered too: an {@link AdminRefusal} with its sentence. */
    interface Handler {
        CompletionStage<HttpResponse> handle(AdminRequest request);
    }

    private static final String ANY = "{";

    static AdminRoute get(String path, String about, Function<AdminRequest, HttpResponse> handler) {
        return of("GET", path, about, atOnce(handler));
    }

    static AdminRoute of(String method, String path, String about, Handler handler) {
        return new AdminRoute(method, path, List.of(), List.of(), about, false, false, handler);
    }

    /** A handler that has its answer without waiting for anything. */
    static Handler atOnce(Function<AdminRequest, HttpResponse> handler) {
        return request -> CompletableFuture.completedStage(handler.apply(request));
    }

    /** With parameters that its query can have. */
    AdminRoute asking(String... names) {
        return new AdminRoute(method, path, List.of(names), fields, about, takesText, isForAnybody, handler);
    }

    /** With fields that its body can have. */
    AdminRoute taking(String... names) {
        return new AdminRoute(method, path, query, List.of(names), about, takesText, isForAnybody, handler);
    }

    AdminRoute takingText() {
        return new AdminRoute(method, path, query, fields, about, true, isForAnybody, handler);
    }

    AdminRoute forAnybody() {
        return new AdminRoute(method, path, query, fields, about, takesText, true, handler);
    }

    /** The parts that stand in the place of those in braces, by name; nothing, if this is not the way to there. */
    Optional<Map<String, String>> match(String actual) {
        String[] expected = path.split("/", -1);
        String[] parts = actual.split("/", -1);
        if (parts.length != expected.length) return Optional.empty();
        var named = new LinkedHashMap<String, String>();
        for (int i = 0; i < parts.length; i++) {
            if (expected[i].startsWith(ANY)) {
                if (parts[i].isEmpty()) return Optional.empty();
                named.put(expected[i].substring(1, expected[i].length() - 1), decoded(parts[i]));
            } else if (!expected[i].equals(parts[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(named);
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AdminRefusal(400, "The path cannot be decoded: " + part);
        }
    }
}
