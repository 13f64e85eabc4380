package dev.moorage.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a call, checked against the contract. An empty value is no value. */
public final class Arguments {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String LIST = ".N";
    /** What stands for the index of a list in the names of the contract. */
    private static final Pattern INDEX = Pattern.compile("\\.N(?=\\.|$)");

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    public static Arguments of(Map<String, String> values) {
        return new Arguments(values);
    }

    /** The first parameter that is missing or is not of its type, in the order of the contract. */
    public Optional<Rejection> check(List<ParameterSpec> specs) {
        for (var spec : specs) {
            if (spec.required() && !has(spec.name())) return Optional.of(missing(spec));
        }
        for (var spec : specs) {
            for (var name : namesOf(spec.name())) {
                if (!isOf(spec.type(), name)) return Optional.of(Rejection.of(ErrorCode.INVALID_PARAMETER, name));
            }
        }
        return Optional.empty();
    }

    private static Rejection missing(ParameterSpec spec) {
        var code = spec.missing() == null ? ErrorCode.MISSING_PARAMETER : ErrorCode.of(spec.missing());
        return Rejection.of(code, spec.name());
    }

    /** The parameters that are set and are meant by a name in the contract. A list can hold lists. */
    private List<String> namesOf(String name) {
        // Most are no lists, and every call comes by here.
        if (!name.contains(LIST)) return has(name) ? List.of(name) : List.of();
        var index = INDEX.matcher(name);
        if (!index.find()) return has(name) ? List.of(name) : List.of();
        String list = name.substring(0, index.start());
        return indexes(list).stream()
                .flatMap(number -> namesOf(list + "." + number + name.substring(index.end())).stream())
                .toList();
    }

    private boolean isOf(ParameterSpec.Type type, String name) {
        return switch (type) {
            case String -> true;
            case Integer -> INTEGER.matcher(required(name)).matches();
            case Decimal -> DECIMAL.matcher(required(name)).matches();
            case Boolean -> isBoolean(required(name));
            // What is wrong with a list of ids is said by the action: it has a code for it.
            case JsonArray -> true;
        };
    }

    /** The parameters that are set and in the contract, by name. */
    SortedMap<String, String> of(List<ParameterSpec> specs) {
        var known = new TreeMap<String, String>();
        for (var spec : specs) {
            for (var name : namesOf(spec.name())) known.put(name, required(name));
        }
        return known;
    }

    private static boolean isBoolean(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }

    public boolean has(String name) {
        return !values.getOrDefault(name, "").isEmpty();
    }

    public Optional<String> string(String name) {
        return has(name) ? Optional.ofNullable(values.get(name)) : Optional.empty();
    }

    /**
     * A parameter that the contract requires.
     *
     * @throws IllegalStateException if the contract let it pass unset: a bug
     */
    public String required(String name) {
        return string(name)
                .orElseThrow(() -> new IllegalStateException("The contract let a call without " + name + " pass"));
    }

    public Optional<Integer> integer(String name) {
        return string(name).map(Integer::valueOf);
    }

    public Optional<BigDecimal> decimal(String name) {
        return string(name).map(BigDecimal::new);
    }

    public Optional<Boolean> bool(String name) {
        return string(name).map(Boolean::valueOf);
    }

    public boolean isTrue(String name) {
        return bool(name).orElse(false);
    }

    /** The strings of a JSON array, or nothing if it is not one. Check {@link #has} first. */
    public Optional<List<String>> jsonArray(String name) {
        JsonNode array;
        try {
            array = JSON.readTree(values.getOrDefault(name, ""));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (array == null || !array.isArray()) return Optional.empty();
        var strings = new ArrayList<String>();
        for (var element : array) {
            if (!element.isTextual()) return Optional.empty();
            strings.add(element.textValue());
        }
        return Optional.of(strings);
    }

    /** The indexes that a list has members for, in numerical order: 1 and 3 for {@code Tag.1.Key, Tag.3.Value}. */
    public List<Integer> indexes(String list) {
        var indexes = new TreeMap<Integer, Boolean>();
        for (var name : values.keySet()) {
            var index = indexIn(name, list + ".");
            if (index != null) indexes.put(index, true);
        }
        return List.copyOf(indexes.keySet());
    }

    /** The values of a list that has one for each index, in numerical order: those of {@code InstanceTypes.1} and so on. */
    public List<String> strings(String list) {
        return indexes(list).stream()
                .flatMap(index -> string(list + "." + index).stream())
                .toList();
    }

    private static @Nullable Integer indexIn(String name, String prefix) {
        if (!name.startsWith(prefix)) return null;
        int end = name.indexOf('.', prefix.length());
        String index = name.substring(prefix.length(), end < 0 ? name.length() : end);
        return index.matches("[0-9]{1,6}") ? Integer.valueOf(index) : null;
    }
}
