package dev.moorage.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a client adds to its calls so that they are believed: the other side of what the gateway verifies. */
public record Signer(Version version, String accessKeyId, String accessKeySecret) {
    private static final String ECS = "2014-05-26";
    private static final byte[] NO_BODY = {};

    public enum Version {
        V1,
        V3,
        NONE
    }

    /** To be sent as {@code POST /?query} without a body. */
    public record Signed(String query, Map<String, String> headers) {}

    /**
     * The call as it is to be sent now.
     *
     * @param nonce not used before with this key
     */
    public Signed sign(String action, Map<String, String> parameters, String host, Instant now, String nonce) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return switch (version) {
            case NONE -> new Signed(Hmac.query(common(action, parameters)), Map.of());
            case V1 -> new Signed(Hmac.query(withSignature(common(action, parameters), time, nonce)), Map.of());
            case V3 -> new Signed(Hmac.query(parameters), headers(action, parameters, host, time, nonce));
        };
    }

    private static Map<String, String> common(String action, Map<String, String> parameters) {
        var all = new TreeMap<>(parameters);
        all.put("Action", action);
        all.put("Version", ECS);
        all.put("Format", "JSON");
        return all;
    }

    private Map<String, String> withSignature(Map<String, String> all, String time, String nonce) {
        all.put("AccessKeyId", accessKeyId);
        all.put("SignatureMethod", "HMAC-SHA1");
        all.put("SignatureVersion", "1.0");
        all.put("SignatureNonce", nonce);
        all.put("Timestamp", time);
        String toSign = ParameterSignature.stringToSign("POST", all, true);
        all.put("Signature", ParameterSignature.sign("HmacSHA1", accessKeySecret, toSign));
        return all;
    }

    private Map<String, String> headers(
            String action, Map<String, String> parameters, String host, String time, String nonce) {
        var headers = new TreeMap<String, String>();
        headers.put("host", host);
        headers.put("x-acs-action", action);
        headers.put("x-acs-version", ECS);
        headers.put("x-acs-date", time);
        headers.put("x-acs-signature-nonce", nonce);
        headers.put("x-acs-content-sha256", Hmac.sha256Hex(NO_BODY));
        var names = List.copyOf(headers.keySet());
        String canonical = HeaderSignature.canonicalRequest(
                "POST", parameters, names, name -> Objects.requireNonNull(headers.get(name)), NO_BODY);
        String signature = HeaderSignature.sign(accessKeySecret, HeaderSignature.stringToSign(canonical));
        headers.put(
                "Authorization",
                HeaderSignature.ALGORITHM + " Credential=" + accessKeyId + ",SignedHeaders=" + String.join(";", names)
                        + ",Signature=" + signature);
        return headers;
    }
}
