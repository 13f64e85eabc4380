package dev.moorage.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may come through the admin door. Whoever has the token; without one, whoever is on this machine and not led there
 * by a foreign page in a browser.
 */
final class AdminGuard {
    private final String host;
    private final @Nullable AdminToken token;

    /**
     * Guards a door.
     *
     * @param host what the door listens on
     */
    AdminGuard(String host, @Nullable AdminToken token) {
        this.host = host;
        this.token = token;
    }

    /** Nobody has a token, and a machine's own address is not what it listens on. */
    boolean isClosed() {
        return token == null && !Loopback.is(host);
    }

    /** Why somebody may not come in. */
    Optional<HttpResponse> objection(HttpRequest request) {
        String addressed = hostOf(header(request, "Host"));
        var origin = request.getHeader("Origin").map(header -> header.value());
        if (origin.isPresent() && isForeign(origin.get(), addressed)) {
            return refuse("A page of " + origin.get() + " has no business here");
        }
        if (token != null) {
            return token.isIn(header(request, "Authorization"))
                    ? Optional.empty()
                    : Optional.of(Answers.error(401, "This takes the admin token, as Authorization: Bearer TOKEN")
                            .addHeader(RawHeader.create("WWW-Authenticate", "Bearer")));
        }
        if (isClosed()) {
            return refuse("The admin door is closed, since others than this machine can reach " + host
                    + ": serve takes --admin-token TOKEN, or --admin-port PORT for a door on this machine alone");
        }
        // A foreign page whose name was made to point here is no foreign page to its browser.
        if (!addressed.isEmpty() && !Loopback.is(addressed)) {
            return refuse(
                    "Without a token this is for the machine itself, under a name such as localhost, not " + addressed);
        }
        return Optional.empty();
    }

    private static Optional<HttpResponse> refuse(String sentence) {
        return Optional.of(Answers.error(403, sentence));
    }

    private static String header(HttpRequest request, String name) {
        return request.getHeader(name).map(header -> header.value()).orElse("");
    }

    private static boolean isForeign(String origin, String addressed) {
        String from;
        try {
            from = URI.create(origin).getHost();
        } catch (IllegalArgumentException e) {
            return true;
        }
        if (from == null) return true;
        return !from.equalsIgnoreCase(addressed) && !(Loopback.is(from) && Loopback.is(addressed));
    }

    /** Without the port. */
    private static String hostOf(String authority) {
        int port = authority.lastIndexOf(':');
        return port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
    }
}
