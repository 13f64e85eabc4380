package dev.moorage.http;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import dev.moorage.contract.Caller;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.NearNames;
import dev.moorage.contract.Printable;
import dev.moorage.contract.Reply;
import dev.moorage.contract.RpcRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls that came last, whatever became of them. Their number is bounded, and so is what is kept of each. */
final class RecentCalls {
    /** Enough for a hundred ids. */
    private static final int MOST_CHARACTERS = 4_096;

    private static final int MOST_PARAMETERS = 100;
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_MESSAGE = 512;
    private static final Set<String> SECRETS =
            Set.of("AccessKeySecret", "BearerToken", "Password", "SecurityToken", "Signature", "UserData");

    /**
     * A call, and how it was answered.
     *
     * @param at real time at which it came
     * @param remote where it came from
     * @param keyId what it says it is signed with; empty if it is not signed
     * @param caller whose it is; null if it was refused before that mattered
     * @param parameters without secrets, and no more than a few thousand characters of them
     * @param leftOut how many parameters are not among these
     * @param code the error's, or OK
     * @param message the error's, or empty
     */
    record Recent(
            Instant at,
            String requestId,
            String remote,
            String method,
            String path,
            String action,
            String version,
            String keyId,
            @Nullable Caller caller,
            Map<String, String> parameters,
            int leftOut,
            int status,
            String code,
            String message,
            Duration took) {

        /** Whether the value of any parameter is this id, or a list with it. */
        boolean names(String id) {
            return parameters.values().stream().anyMatch(value -> isIn(id, value));
        }

        /** Also without what may be a secret that was misspelt. */
        Map<String, String> shownParameters() {
            var shown = new LinkedHashMap<>(parameters);
            shown.keySet()
                    .removeIf(name -> NearNames.nearest(lastPart(name), SECRETS).isPresent());
            return shown;
        }

        private static boolean isIn(String id, String value) {
            for (int at = value.indexOf(id); at >= 0; at = value.indexOf(id, at + 1)) {
                if (!isPartOfId(value, at - 1) && !isPartOfId(value, at + id.length())) return true;
            }
            return false;
        }

        private static boolean isPartOfId(String value, int at) {
            if (at < 0 || at >= value.length()) return false;
            char c = value.charAt(at);
            return Character.isLetterOrDigit(c) || c == '-' || c == '_';
        }
    }

    private final int most;
    private final Deque<Recent> calls = new ArrayDeque<>();

    RecentCalls(int most) {
        this.most = most;
    }

    /** What became of a call. */
    record Answered(String requestId, Reply reply, String message, Duration took) {
        /** The strings to sign hold all that was sent, secrets too. */
        private String safeMessage() {
            String safe = reply.code().equals(ErrorCode.SIGNATURE_DOES_NOT_MATCH.wire())
                    ? message.replaceFirst("(?s) server .*", "")
                    : message;
            return safe.substring(0, Math.min(safe.length(), LONGEST_MESSAGE));
        }
    }

    void add(HttpRequest http, RpcRequest request, @Nullable Caller caller, Answered answered) {
        if (most == 0) return;
        var kept = Kept.of(request);
        var call = new Recent(
                Instant.now().minus(answered.took()).truncatedTo(ChronoUnit.MILLIS),
                answered.requestId(),
                remote(http),
                request.method(),
                Printable.cut(Requests.path(http), LONGEST_NAME),
                Printable.cut(request.action(), LONGEST_NAME),
                Printable.cut(request.version(), LONGEST_NAME),
                Printable.cut(request.accessKeyId(), LONGEST_NAME),
                caller,
                kept.parameters(),
                kept.leftOut(),
                answered.reply().status(),
                answered.reply().code(),
                answered.safeMessage(),
                answered.took());
        synchronized (this) {
            if (calls.size() == most) calls.remove();
            calls.add(call);
        }
    }

    private static String remote(HttpRequest http) {
        return http.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(
                        remote -> remote.getAddress().map(address -> address.getHostAddress() + ":" + remote.getPort()))
                .orElse("");
    }

    /** Oldest first. */
    synchronized List<Recent> all() {
        return List.copyOf(calls);
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** What is kept of a request's parameters. */
    record Kept(Map<String, String> parameters, int leftOut) {
        static Kept of(RpcRequest request) {
            var all = request.parameters();
            var kept = new LinkedHashMap<String, String>();
            int left = MOST_CHARACTERS;
            for (var parameter : all.entrySet()) {
                if (kept.size() == MOST_PARAMETERS || left <= 0) break;
                String name = Printable.cut(parameter.getKey(), LONGEST_NAME);
                if (SECRETS.contains(lastPart(name))) continue;
                String value = parameter.getValue();
                String cut = value.substring(0, Math.min(value.length(), Math.max(0, left - name.length())));
                left -= name.length() + cut.length();
                kept.put(name, cut);
            }
            return new Kept(kept, all.size() - kept.size());
        }
    }
}
