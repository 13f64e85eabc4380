package dev.moorage.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.moorage.contract.NearNames;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The fields of a JSON object that somebody sent, each read as what it has to be. What it is not is refused with a
 * sentence. A field that is null is not there.
 */
final class JsonFields {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_QUOTE = 100;

    /** Where the object stands: empty, or ending in a dot. */
    private final String place;

    private final ObjectNode object;

    private JsonFields(String place, ObjectNode object) {
        this.place = place;
        this.object = object;
    }

    static JsonFields none() {
        return new JsonFields("", JsonNodeFactory.instance.objectNode());
    }

    /** Reads a body. An empty one has no fields. */
    static JsonFields of(byte[] body) {
        if (body.length == 0) return none();
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (IOException e) {
            throw new AdminRefusal(400, "The body is a JSON object, and what came is no JSON");
        }
        if (node instanceof ObjectNode object) return new JsonFields("", object);
        throw new AdminRefusal(400, "The body is a JSON object, not " + quoted(node));
    }

    /** Refuses whatever has another name. */
    JsonFields only(Collection<String> names) {
        for (var field : object.properties()) checkName("field", place, field.getKey(), names);
        return this;
    }

    /** Refuses a name that is not there, and says which are. */
    static void checkName(String kind, String place, String name, Collection<String> names) {
        if (!names.contains(name)) throw unknown(kind, place, name, names);
    }

    /** To be thrown for a name that is none of these. */
    static AdminRefusal unknown(String kind, String place, String name, Collection<String> names) {
        String meant = NearNames.nearest(name, names)
                .map(near -> ". Did you mean " + near + "?")
                .orElse(".");
        String there = names.isEmpty() ? " There are none here" : " There are " + String.join(", ", names);
        return new AdminRefusal(400, "There is no " + kind + " " + place + cut(name) + meant + there);
    }

    /** All of them, for those who read configurations. */
    Config config() {
        return ConfigFactory.parseString(
                object.toString(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
    }

    /** What each of them says, where they are texts and numbers. */
    SortedMap<String, String> written() {
        var written = new TreeMap<String, String>();
        for (var field : object.properties()) {
            if (field.getValue().isNull()) continue;
            if (!field.getValue().isValueNode()) throw isNot(field.getKey(), "a text or a number", field.getValue());
            written.put(field.getKey(), field.getValue().asText());
        }
        return written;
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    Optional<String> text(String name) {
        return field(name, "a text", JsonNode::isTextual, JsonNode::textValue);
    }

    Optional<Long> whole(String name) {
        return field(name, "a whole number", JsonFields::isWhole, JsonNode::longValue);
    }

    private static boolean isWhole(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    Optional<Double> number(String name) {
        return field(name, "a number", JsonNode::isNumber, JsonNode::doubleValue);
    }

    Optional<Boolean> bool(String name) {
        return field(name, "true or false", JsonNode::isBoolean, JsonNode::booleanValue);
    }

    /** A length of time, such as {@code "500ms"}, {@code "2 minutes"} or {@code "PT1M"}. */
    Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            try {
                return text.startsWith("P")
                        ? Duration.parse(text)
                        : ConfigFactory.parseMap(Map.of("it", text)).getDuration("it");
            } catch (ConfigException | DateTimeException e) {
                throw new AdminRefusal(
                        400, place + name + " is a length of time such as 500ms, 60s or 2m, not " + cut(text));
            }
        });
    }

    Optional<JsonFields> object(String name) {
        return field(name, "a JSON object", JsonNode::isObject, node -> within(name, node));
    }

    /** The objects of an array; none, if it is not there. */
    List<JsonFields> objects(String name) {
        return elements(name, "JSON objects", JsonNode::isObject, this::within);
    }

    /** The texts of an array; none, if it is not there. */
    List<String> texts(String name) {
        return elements(name, "texts", JsonNode::isTextual, (at, node) -> node.textValue());
    }

    private JsonFields within(String name, JsonNode node) {
        return new JsonFields(place + name + ".", (ObjectNode) node);
    }

    private <T> List<T> elements(
            String name, String kind, Predicate<JsonNode> isOne, BiFunction<String, JsonNode, T> read) {
        var elements = new ArrayList<T>();
        field(name, "an array of " + kind, JsonNode::isArray, Function.identity())
                .ifPresent(array -> {
                    for (var element : array) {
                        String at = name + "[" + elements.size() + "]";
                        if (!isOne.test(element)) throw isNot(name, "an array of " + kind, element);
                        elements.add(read.apply(at, element));
                    }
                });
        return elements;
    }

    private <T> Optional<T> field(String name, String kind, Predicate<JsonNode> isOne, Function<JsonNode, T> read) {
        if (!has(name)) return Optional.empty();
        var node = object.get(name);
        if (!isOne.test(node)) throw isNot(name, kind, node);
        return Optional.of(read.apply(node));
    }

    private AdminRefusal isNot(String name, String kind, JsonNode node) {
        return new AdminRefusal(400, place + name + " is " + kind + ", not " + quoted(node));
    }

    /** To be thrown where a field has to be there. */
    AdminRefusal missing(String name) {
        return new AdminRefusal(400, place + name + " is missing");
    }

    private static String quoted(JsonNode node) {
        return cut(node.toString());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
