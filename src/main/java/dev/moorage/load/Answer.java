package dev.moorage.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a server says, as JSON. */
final class Answer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENT_ERROR = 400;

    private Answer() {}

    static boolean isGood(int status) {
        return status < CLIENT_ERROR;
    }

    /** The code of an error, or the status where it has none; null if it is none. */
    static @Nullable String error(int status, byte[] body) {
        if (isGood(status)) return null;
        String code = read(body).path("Code").asText();
        return code.isEmpty() ? "HTTP " + status : code;
    }

    /** Missing when it cannot be read. */
    static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
