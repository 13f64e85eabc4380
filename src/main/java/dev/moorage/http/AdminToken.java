package dev.moorage.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What callers of the admin door have to know. It never says itself. */
public final class AdminToken {
    private static final String BEARER = "Bearer ";

    private final byte[] secret;

    public AdminToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the value of an Authorization header names it. Takes as long for a wrong one as for the right one. */
    boolean isIn(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) return false;
        byte[] named = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(secret, named);
    }
}
