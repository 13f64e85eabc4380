package dev.moorage.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a caller hears: an answer, an error, or nothing. */
public final class Answer {
    public static final String TIMEOUT = "timeout";
    public static final String RESET = "reset";
    public static final String REFUSED = "refused";
    public static final String UNANSWERED = "unanswered";

    private static final Set<String> NONE = Set.of(TIMEOUT, RESET, UNANSWERED);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENT_ERROR = 400;
    private static final byte[] NOTHING = {};

    private final @Nullable String error;
    private final byte[] bytes;
    private @Nullable JsonNode body;

    private Answer(@Nullable String error, byte[] bytes, @Nullable JsonNode body) {
        this.error = error;
        this.bytes = bytes;
        this.body = body;
    }

    /** Whether this word says that nothing is known of what became of a call. */
    static boolean isNone(String error) {
        return NONE.contains(error);
    }

    static Answer of(int status, byte[] bytes) {
        if (status < CLIENT_ERROR) return new Answer(null, bytes, null);
        var body = read(bytes);
        String code = body.path("Code").asText();
        return new Answer(code.isEmpty() ? "HTTP " + status : code, bytes, body);
    }

    public static Answer good(JsonNode body) {
        return new Answer(null, NOTHING, body);
    }

    public static Answer refused(String code) {
        return new Answer(code, NOTHING, MissingNode.getInstance());
    }

    /** Something came in place of an answer, for which there is one of the words above. */
    public static Answer none(String word) {
        return new Answer(word, NOTHING, MissingNode.getInstance());
    }

    /** The code of an error, its status where it has none, or the word for what is no answer; null if all is good. */
    public @Nullable String error() {
        return error;
    }

    /** Missing when it cannot be read. Most are never looked at, so they are read when they are. */
    public JsonNode body() {
        var known = body;
        if (known == null) {
            known = read(bytes);
            body = known;
        }
        return known;
    }

    private static JsonNode read(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
