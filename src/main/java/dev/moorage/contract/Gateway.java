package dev.moorage.contract;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes before any rule of any action: a known action, the version that has it, a caller, and
 * parameters as the contract has them. The order is the vendor's.
 */
public final class Gateway {
    static final List<ErrorSpec> ERRORS = errors();

    /**
     * How callers are checked.
     *
     * @param required unsigned calls are refused
     * @param window how far a timestamp may be off, either way
     * @param nonces how many nonces are remembered
     */
    public record Auth(boolean required, Duration window, int nonces) {}

    private final Map<String, ActionSpec> actions;
    private final Set<String> versions;
    private final NoSuchAction noSuchAction;
    private final UnknownParameters unknownParameters;
    private final AccessKeys keys;
    private final Auth auth;
    private final Clock realClock;
    private final Function<Call, Optional<Throttled>> throttling;
    private final Nonces nonces;

    /**
     * A gateway to these actions.
     *
     * @param realClock what timestamps are held against: real time, also where simulated time runs otherwise
     * @param throttling what is said to a call that is one too many; its parameters are not checked yet
     */
    public Gateway(
            Map<String, ActionSpec> actions,
            AccessKeys keys,
            Auth auth,
            Clock realClock,
            Function<Call, Optional<Throttled>> throttling) {
        this.actions = actions;
        this.versions = actions.values().stream().map(ActionSpec::version).collect(Collectors.toUnmodifiableSet());
        this.noSuchAction = new NoSuchAction(actions.values());
        this.unknownParameters = new UnknownParameters(actions.values(), realClock);
        this.keys = keys;
        this.auth = auth;
        this.realClock = realClock;
        this.throttling = throttling;
        // A timestamp from the far end of the window stays good for twice its width, the last moment included.
        this.nonces = new Nonces(auth.window().multipliedBy(2).plusSeconds(1), auth.nonces());
    }

    public Received receive(RpcRequest request, String requestId) {
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            return failure(ErrorCode.UNSUPPORTED_HTTP_METHOD);
        }
        if (request.malformed() != null) return failure(ErrorCode.INVALID_PARAMETER, request.malformed());
        if (request.action().isEmpty()) return failure(ErrorCode.MISSING_PARAMETER, "Action");
        var action = actions.get(request.action());
        if (action == null) return noSuchAction.failure(request);
        if (request.version().isEmpty()) return failure(ErrorCode.MISSING_PARAMETER, "Version");
        if (!versions.contains(request.version())) return failure(ErrorCode.INVALID_VERSION);
        if (!request.version().equals(action.version())) return noSuchAction.failure(request);

        var who = authenticate(request);
        if (who.failure() != null) return who.failure();
        var parameters = request.parameters();
        // Before they are checked: whoever misspelt a parameter hears that it is missing.
        unknownParameters.look(action, parameters, requestId);
        var call = new Call(action, Arguments.of(parameters), requestId, who.caller(), request.endpoint());
        var throttled = throttling.apply(call);
        if (throttled.isPresent()) return throttled.get();
        return call.arguments()
                .check(action.parameters())
                .<Received>map(action::failure)
                .orElse(call);
    }

    /**
     * What may help whoever sent this: an action or parameters that are not there, and what is spelt nearly like them.
     * Empty if there is nothing to say.
     */
    public String hint(String action, String version, Map<String, String> parameters) {
        if (action.isEmpty()) return "";
        var known = actions.get(action);
        return known != null && (version.isEmpty() || version.equals(known.version()))
                ? unknownParameters.hint(known, parameters)
                : noSuchAction.hint(action, version);
    }

    /** What was sent that no action has. */
    public UnknownParameters unknownParameters() {
        return unknownParameters;
    }

    /** The answer to what is not even HTTP. */
    public static Failure malformed() {
        return failure(ErrorCode.INVALID_PARAMETER, "request");
    }

    public static Failure failure(ErrorCode code) {
        return failure(code, null);
    }

    private record Authenticated(
            @Nullable Caller knownCaller, @Nullable Failure failure) {
        static Authenticated as(String account, String name) {
            return new Authenticated(new Caller(account, name), null);
        }

        static Authenticated not(ErrorCode code) {
            return new Authenticated(null, Gateway.failure(code, null));
        }

        static Authenticated not(ErrorCode code, String about) {
            return new Authenticated(null, Gateway.failure(code, about));
        }

        Caller caller() {
            return Objects.requireNonNull(knownCaller);
        }
    }

    private Authenticated authenticate(RpcRequest request) {
        if (request.hasHeaderSignature()) return authenticateByHeaders(request);
        if (!request.parameter("AccessKeyId").isEmpty()
                || !request.parameter("Signature").isEmpty()) {
            return authenticateByParameters(request);
        }
        if (auth.required()) return Authenticated.not(ErrorCode.MISSING_PARAMETER, "AccessKeyId");
        return Authenticated.as(AccessKeys.DEFAULT_ACCOUNT, Caller.ANONYMOUS);
    }

    private Authenticated authenticateByParameters(RpcRequest request) {
        String keyId = request.parameter("AccessKeyId");
        if (keyId.isEmpty()) return Authenticated.not(ErrorCode.MISSING_PARAMETER, "AccessKeyId");
        var key = keys.find(keyId);
        if (key.isEmpty()) return Authenticated.not(ErrorCode.INVALID_ACCESS_KEY_ID_NOT_FOUND);
        for (String name : List.of("Signature", "SignatureMethod", "SignatureVersion")) {
            if (request.parameter(name).isEmpty()) return Authenticated.not(ErrorCode.MISSING_PARAMETER, name);
        }
        String algorithm = ParameterSignature.ALGORITHMS.get(request.parameter("SignatureMethod"));
        if (algorithm == null) return Authenticated.not(ErrorCode.INVALID_PARAMATER, "SignatureMethod");
        if (!request.parameter("SignatureVersion").equals("1.0")) {
            return Authenticated.not(ErrorCode.INVALID_PARAMATER, "SignatureVersion");
        }
        var unfresh = checkFreshness(
                keyId,
                "TimeStamp",
                request.parameter("Timestamp"),
                "SignatureNonce",
                request.parameter("SignatureNonce"));
        if (unfresh.isPresent()) return unfresh.get();
        if (!ParameterSignature.verifies(request, algorithm, key.get().secret())) {
            // Clients compare what follows the colon with their own string, to tell a wrong secret from a wrong string.
            return Authenticated.not(
                    ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                    "is not matched with our calculation. server string to sign is:"
                            + ParameterSignature.stringToSign(request, true));
        }
        return admit(key.get(), request.parameter("SignatureNonce"));
    }

    private Authenticated authenticateByHeaders(RpcRequest request) {
        var signature = HeaderSignature.read(request.header("authorization"));
        if (signature.isEmpty() || !signature.get().coversWhatMatters(request)) {
            return Authenticated.not(ErrorCode.INCOMPLETE_SIGNATURE);
        }
        var key = keys.find(signature.get().accessKeyId());
        if (key.isEmpty()) return Authenticated.not(ErrorCode.INVALID_ACCESS_KEY_ID_NOT_FOUND);
        String nonce = request.header("x-acs-signature-nonce");
        var unfresh = checkFreshness(
                key.get().id(), "x-acs-date", request.header("x-acs-date"), "x-acs-signature-nonce", nonce);
        if (unfresh.isPresent()) return unfresh.get();
        if (!signature.get().verifies(request, key.get().secret())) {
            String canonical = signature.get().canonicalRequest(request);
            return Authenticated.not(
                    ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                    "does not match our calculation. server StringToSign is [" + HeaderSignature.stringToSign(canonical)
                            + "] server CanonicalRequest is [" + canonical + "]");
        }
        return admit(key.get(), nonce);
    }

    private Optional<Authenticated> checkFreshness(
            String keyId, String timeName, String time, String nonceName, String nonce) {
        if (time.isEmpty()) return Optional.of(Authenticated.not(ErrorCode.MISSING_PARAMETER, timeName));
        Instant signedAt;
        try {
            signedAt = Instant.parse(time);
        } catch (DateTimeException e) {
            return Optional.of(Authenticated.not(ErrorCode.INVALID_TIME_STAMP_FORMAT));
        }
        Instant now = realClock.instant();
        if (signedAt.isBefore(now.minus(auth.window())) || signedAt.isAfter(now.plus(auth.window()))) {
            return Optional.of(Authenticated.not(ErrorCode.INVALID_TIME_STAMP_EXPIRED));
        }
        if (nonce.isEmpty()) return Optional.of(Authenticated.not(ErrorCode.MISSING_PARAMETER, nonceName));
        return nonces.isUsed(keyId, nonce, now)
                ? Optional.of(Authenticated.not(ErrorCode.SIGNATURE_NONCE_USED))
                : Optional.empty();
    }

    /** A nonce counts as used only once its signature was good: others must not be able to use it up. */
    private Authenticated admit(AccessKeys.Key key, String nonce) {
        if (!nonces.use(key.id(), nonce, realClock.instant())) {
            return Authenticated.not(ErrorCode.SIGNATURE_NONCE_USED);
        }
        return Authenticated.as(Objects.requireNonNull(key.account()), key.id());
    }

    private static Failure failure(ErrorCode code, @Nullable String about) {
        return ErrorSpec.find(ERRORS, new Rejection(code, about))
                .orElseThrow(() -> new IllegalStateException("The gateway has no text for " + code.wire()));
    }

    private static List<ErrorSpec> errors() {
        try (InputStream file = Gateway.class.getResourceAsStream("/contract/gateway.json")) {
            return JsonMapper.builder().build().readValue(Objects.requireNonNull(file), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
