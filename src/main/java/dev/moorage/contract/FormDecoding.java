package dev.moorage.contract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code application/x-www-form-urlencoded}, in a query or a body. Strict, unlike {@code URLDecoder}: what is not
 * properly encoded is refused, since a guess would be signed differently by the next client.
 */
final class FormDecoding {
    static final int MAX_PARAMETERS = 2_000;

    private FormDecoding() {}

    /**
     * Adds what {@code encoded} holds to {@code into}. Of a name that comes twice the first value counts.
     *
     * @return what is wrong with it, or null
     */
    static @Nullable String decode(String encoded, Map<String, String> into) {
        if (encoded.isEmpty()) return null;
        int from = 0;
        int parameters = 0;
        while (from <= encoded.length()) {
            int end = encoded.indexOf('&', from);
            if (end < 0) end = encoded.length();
            if (end > from) {
                String pair = encoded.substring(from, end);
                int equals = pair.indexOf('=');
                String name = text(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : text(pair.substring(equals + 1));
                if (name == null || value == null) return "percent-encoding";
                into.putIfAbsent(name, value);
                // A name that comes again costs as much as a new one.
                if (++parameters > MAX_PARAMETERS) return "number of parameters";
            }
            from = end + 1;
        }
        return null;
    }

    static @Nullable String decode(byte[] encoded, Map<String, String> into) {
        String text = utf8(encoded);
        return text == null ? "encoding" : decode(text, into);
    }

    static Map<String, String> map() {
        return new LinkedHashMap<>();
    }

    private static @Nullable String text(String encoded) {
        if (isPlain(encoded)) return encoded.replace('+', ' ');
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '+') {
                bytes.write(' ');
            } else if (raw[i] == '%') {
                if (i + 2 >= raw.length) return null;
                int high = Character.digit(raw[i + 1], 16);
                int low = Character.digit(raw[i + 2], 16);
                if (high < 0 || low < 0) return null;
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static boolean isPlain(String encoded) {
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%' || encoded.charAt(i) >= 0x80) return false;
        }
        return true;
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
