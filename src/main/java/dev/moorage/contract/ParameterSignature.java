package dev.moorage.contract;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Signature version 1.0: a base64 HMAC over all parameters, sent as the parameter {@code Signature}.
 *
 * <p>Clients differ in one thing: Go and Python sign the empty values that they send, one generation of the Java SDK
 * leaves them out. Either verifies.
 */
final class ParameterSignature {
    static final Map<String, String> ALGORITHMS = Map.of("HMAC-SHA1", "HmacSHA1", "HMAC-SHA256", "HmacSHA256");

    private ParameterSignature() {}

    static boolean verifies(RpcRequest request, String algorithm, String secret) {
        String signature = request.parameter("Signature");
        String withEmpty = stringToSign(request, true);
        if (Hmac.same(sign(algorithm, secret, withEmpty), signature)) return true;
        String withoutEmpty = stringToSign(request, false);
        return !withoutEmpty.equals(withEmpty) && Hmac.same(sign(algorithm, secret, withoutEmpty), signature);
    }

    static String sign(String algorithm, String secret, String stringToSign) {
        return Base64.getEncoder().encodeToString(Hmac.of(algorithm, secret + "&", stringToSign));
    }

    static String stringToSign(RpcRequest request, boolean withEmptyValues) {
        return stringToSign(request.method(), request.parameters(), withEmptyValues);
    }

    static String stringToSign(String method, Map<String, String> parameters, boolean withEmptyValues) {
        var sorted = new TreeMap<>(parameters);
        sorted.remove("Signature");
        if (!withEmptyValues) sorted.values().removeIf(String::isEmpty);
        return method + "&%2F&" + Hmac.percentEncode(Hmac.query(sorted));
    }
}
