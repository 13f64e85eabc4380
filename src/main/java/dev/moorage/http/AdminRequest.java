package dev.moorage.http;

import akka.http.javadsl.model.HttpRequest;
import dev.moorage.domain.Story;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was asked at the admin door, decoded.
 *
 * @param requestId what the answer is called
 * @param parts the parts of the path that the route has names for
 * @param query its parameters, all of which the route has
 * @param sent the body as a text, where the route takes one
 * @param body the fields of its JSON object; none, if there was no body
 */
record AdminRequest(
        String requestId,
        HttpRequest http,
        Map<String, String> parts,
        Map<String, String> query,
        JsonFields body,
        String sent) {
    private static final String OPERATOR = "operator";

    /** Of what is done because of it; its time is for whoever does it to put in. */
    Story story() {
        return new Story(requestId, OPERATOR, http.method().name() + " " + Requests.path(http), Instant.EPOCH);
    }

    String part(String name) {
        return Objects.requireNonNull(parts.get(name));
    }

    /** A parameter of the query. An empty one is none. */
    Optional<String> text(String name) {
        return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
    }

    /** A parameter of the query that is a whole number. */
    Optional<Long> whole(String name) {
        return text(name).map(text -> wholeNumber(name, text));
    }

    /** How many are wanted. */
    int limit(int otherwise, int most) {
        return whole("limit").map(limit -> (int) Math.min(limit, most)).orElse(otherwise);
    }

    static long wholeNumber(String name, String text) {
        try {
            if (text.matches("[0-9]+")) return Long.parseLong(text);
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new AdminRefusal(400, name + " is a whole number, 0 or more, not " + text);
    }
}
