package dev.moorage.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Answers as the vendor writes them.
 *
 * <p>JSON is compact, with text beyond ASCII as it is: the older Java SDK does not decode {@code \}{@code uXXXX}. A
 * success has no top-level Code, Success or Message, since Terraform and Node take these for a failure (but
 * for DescribeEndpoints, whose readers ask for Success); every value of an error is a string, since Go panics otherwise.
 */
public final class Envelope {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private static final XmlMapper XML = XmlMapper.builder().build();
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");
    private static final String PROLOGUE = "<?xml version='1.0' encoding='UTF-8'?>";

    private Envelope() {}

    public static Reply success(String action, String requestId, ObjectNode body, Format format) {
        var answer = JsonNodeFactory.instance.objectNode();
        answer.put("RequestId", requestId);
        answer.setAll(body);
        return new Reply(200, format, "OK", write(action + "Response", answer, format));
    }

    /**
     * The answer to a call that failed.
     *
     * @param hostId the endpoint that was called
     */
    public static Reply failure(Failure failure, String requestId, String hostId, Format format) {
        var answer = JsonNodeFactory.instance.objectNode();
        answer.put("RequestId", requestId);
        answer.put("HostId", hostId);
        answer.put("Code", failure.code());
        answer.put("Message", failure.message());
        return new Reply(failure.status(), format, failure.code(), write("Error", answer, format));
    }

    private static byte[] write(String root, ObjectNode answer, Format format) {
        try {
            return switch (format) {
                case JSON -> JSON.writeValueAsBytes(answer);
                case XML ->
                    (PROLOGUE + XML.writer().withRootName(root).writeValueAsString(onlyXml(answer)))
                            .getBytes(StandardCharsets.UTF_8);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer could not be written", e);
        }
    }

    /** What callers sent comes back to them, and can hold characters that XML has no way to write. */
    private static ObjectNode onlyXml(ObjectNode answer) {
        answer.properties().forEach(field -> field.setValue(onlyXml(field.getValue())));
        return answer;
    }

    private static JsonNode onlyXml(JsonNode node) {
        if (node instanceof ObjectNode object) return onlyXml(object);
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) array.set(i, onlyXml(array.get(i)));
            return array;
        }
        if (!node.isTextual()) return node;
        var matcher = NOT_XML.matcher(node.textValue());
        return matcher.find() ? TextNode.valueOf(matcher.replaceAll("?")) : node;
    }
}
