package dev.moorage.http;

import java.util.Locale;
import java.util.UUID;

/** A new id for every answer: an upper-case UUID. */
final class RequestIds {
    private RequestIds() {}

    static String next() {
        return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    }
}
