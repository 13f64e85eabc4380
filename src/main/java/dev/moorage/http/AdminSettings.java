package dev.moorage.http;

import org.jspecify.annotations.Nullable;

/**
 * How the admin door is reached, and what it remembers.
 *
 * @param token what callers have to know, if they have to know something
 * @param port its own, if it has one; 0 for a free one
 * @param host what its own port is on
 * @param calls how many calls it can tell of
 */
public record AdminSettings(
        @Nullable AdminToken token, @Nullable Integer port, String host, int calls) {}
