package dev.moorage.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.LockReason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a disk or an instance by their paths, such as {@code status}, {@code attachment.device} or
 * {@code slots[/dev/xvdb].diskId}. A field without a value is not there.
 */
final class Fields {
    /** What is spelt otherwise in the journal than by the vendor: names of fields, and for each its words. */
    private static final Map<String, Map<String, String>> SPELLINGS = Map.of(
            "status",
                    Status.ALL.stream()
                            .distinct()
                            .collect(Collectors.toMap(Status::name, Status::wire, (disk, instance) -> disk)),
            "type", words(DiskType.values(), DiskType::wire),
            "chargeType", words(ChargeType.values(), ChargeType::wire),
            "locks", words(LockReason.values(), LockReason::wire));

    private Fields() {}

    private static <E extends Enum<E>> Map<String, String> words(E[] values, Function<E, String> wire) {
        return Arrays.stream(values).collect(Collectors.toMap(Enum::name, wire));
    }

    /** The fields of a tree, in its order. Null has none. */
    static Map<String, JsonNode> of(@Nullable JsonNode state) {
        var fields = new LinkedHashMap<String, JsonNode>();
        if (state != null) collect("", state, fields);
        return fields;
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> fields) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), fields));
        } else if (node.isArray() && node.path(0).isObject()) {
            node.forEach(element -> collect(path + "[" + name(element) + "]", element, fields));
        } else if (!node.isNull() && !(node.isArray() && node.isEmpty())) {
            fields.put(path, node);
        }
    }

    /**
     * What an element is known by, wherever it stands in its list: a slot by its device, a snapshot or a task by its
     * id, a client token by its action and its value.
     */
    private static String name(JsonNode element) {
        if (element.has("device")) return element.path("device").asText();
        if (element.has("id")) return element.path("id").asText();
        return element.path("action").asText() + " " + element.path("value").asText();
    }

    /** For people, who know the vendor's spelling; a hyphen stands for no value. */
    static String shown(String field, @Nullable JsonNode value) {
        if (value == null) return "-";
        var spelling = SPELLINGS.getOrDefault(field.substring(field.lastIndexOf('.') + 1), Map.of());
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(element -> spelling.getOrDefault(element.asText(), element.asText()))
                    .collect(Collectors.joining(", "));
        }
        String text = value.asText();
        // As JSON has it: a name that is empty is seen, and one with a line break stays on its line.
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) return value.toString();
        return spelling.getOrDefault(text, text);
    }
}
