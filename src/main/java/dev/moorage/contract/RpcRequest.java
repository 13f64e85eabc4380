package dev.moorage.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came, decoded.
 *
 * <p>Parameters arrive in the query, in a form body, or in both; clients differ, and the vendor takes all three.
 *
 * @param headers by lower-case name; several values of one header are joined with a comma
 * @param contentTypes the content type, in every spelling the client can have meant (and signed)
 * @param malformed what could not be decoded, or null
 */
public record RpcRequest(
        String method,
        Map<String, String> query,
        Map<String, String> form,
        Map<String, String> headers,
        List<String> contentTypes,
        byte[] body,
        @Nullable String malformed) {

    private static final String FORM = "application/x-www-form-urlencoded";

    public static RpcRequest read(
            String method, String rawQuery, Map<String, String> headers, List<String> contentTypes, byte[] body) {
        var query = FormDecoding.map();
        var form = FormDecoding.map();
        String malformed = FormDecoding.decode(rawQuery, query);
        if (contentTypes.stream().anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith(FORM))) {
            String malformedForm = FormDecoding.decode(body, form);
            if (malformed == null) malformed = malformedForm;
        }
        return new RpcRequest(method, query, form, headers, contentTypes, body, malformed);
    }

    /** Query and form together; of a name in both the query's value counts. */
    public Map<String, String> parameters() {
        var all = new LinkedHashMap<>(form);
        all.putAll(query);
        return all;
    }

    /** A parameter's value, or the empty string. */
    public String parameter(String name) {
        var inQuery = query.get(name);
        return inQuery != null ? inQuery : form.getOrDefault(name, "");
    }

    /** A header's value, or the empty string. */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /**
     * Signed the newer way. Requests that are signed in their parameters carry {@code x-acs-action} headers too, so that
     * header says nothing.
     */
    public boolean isSignedInHeaders() {
        return hasHeaderSignature() || headers.containsKey("x-acs-content-sha256");
    }

    boolean hasHeaderSignature() {
        return header("authorization").startsWith("ACS3-");
    }

    /** The action's name, from the parameter or the header; empty if there is none. */
    public String action() {
        String inParameter = parameter("Action");
        return inParameter.isEmpty() ? header("x-acs-action") : inParameter;
    }

    /** The key that it says it is signed with, be that so or not; empty if it is not signed. */
    public String accessKeyId() {
        String inParameter = parameter("AccessKeyId");
        return inParameter.isEmpty()
                ? HeaderSignature.read(header("authorization"))
                        .map(HeaderSignature::accessKeyId)
                        .orElse("")
                : inParameter;
    }

    public String version() {
        String inParameter = parameter("Version");
        return inParameter.isEmpty() ? header("x-acs-version") : inParameter;
    }

    /** The endpoint that was called, with its port where the client named one. */
    public String endpoint() {
        return header("host");
    }

    /** The endpoint that was called, without its port. */
    public String hostId() {
        String host = endpoint();
        int port = host.lastIndexOf(':');
        return port > 0 && host.indexOf(']', port) < 0 ? host.substring(0, port) : host;
    }
}
