package dev.moorage.contract;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Signature version 3: {@code ACS3-HMAC-SHA256} in the Authorization header, over method, query, headers and body.
 *
 * @param signedHeaders lower-case names, as the client lists them: which headers are signed is the client's choice
 */
record HeaderSignature(String accessKeyId, List<String> signedHeaders, String signature) {
    static final String ALGORITHM = "ACS3-HMAC-SHA256";

    /** Reads an Authorization header. Clients differ in the order of its parts. */
    static Optional<HeaderSignature> read(String authorization) {
        if (!authorization.startsWith(ALGORITHM + " ")) return Optional.empty();
        Map<String, String> parts = new HashMap<>();
        for (String part : authorization.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0)
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
        }
        String credential = parts.getOrDefault("Credential", "");
        String headers = parts.getOrDefault("SignedHeaders", "");
        String signature = parts.getOrDefault("Signature", "");
        if (credential.isEmpty() || headers.isEmpty() || signature.isEmpty()) return Optional.empty();
        return Optional.of(new HeaderSignature(credential, List.of(headers.split(";")), signature));
    }

    /** Who could change these under a good signature could use it again, or for something else. */
    boolean coversWhatMatters(RpcRequest request) {
        return Stream.of("x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce")
                .allMatch(name -> request.header(name).isEmpty() || signedHeaders.contains(name));
    }

    boolean verifies(RpcRequest request, String secret) {
        // The server's HTTP library writes content types anew; the client signed its own spelling.
        return contentTypes(request).stream()
                .anyMatch(type -> Hmac.same(sign(secret, stringToSign(canonicalRequest(request, type))), signature));
    }

    private static List<String> contentTypes(RpcRequest request) {
        return request.contentTypes().isEmpty() ? List.of("") : request.contentTypes();
    }

    static String sign(String secret, String stringToSign) {
        return HexFormat.of().formatHex(Hmac.of("HmacSHA256", secret, stringToSign));
    }

    static String stringToSign(String canonicalRequest) {
        return ALGORITHM + "\n" + Hmac.sha256Hex(canonicalRequest.getBytes(StandardCharsets.UTF_8));
    }

    String canonicalRequest(RpcRequest request) {
        return canonicalRequest(request, contentTypes(request).get(0));
    }

    private String canonicalRequest(RpcRequest request, String contentType) {
        return canonicalRequest(
                request.method(),
                request.query(),
                signedHeaders,
                name -> name.equals("content-type")
                        ? contentType
                        : request.header(name).strip(),
                request.body());
    }

    static String canonicalRequest(
            String method,
            Map<String, String> query,
            List<String> headerNames,
            UnaryOperator<String> header,
            byte[] body) {
        String parameters = Hmac.query(new TreeMap<>(query));
        String headers = headerNames.stream()
                .map(name -> name + ":" + header.apply(name) + "\n")
                .collect(Collectors.joining());
        return String.join("\n", method, "/", parameters, headers, String.join(";", headerNames), Hmac.sha256Hex(body));
    }
}
