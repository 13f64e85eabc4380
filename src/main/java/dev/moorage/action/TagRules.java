package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DUPLICATE_TAG_KEY;
import static dev.moorage.contract.ErrorCode.INVALID_TAG_COUNT;
import static dev.moorage.contract.ErrorCode.INVALID_TAG_KEY_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_TAG_MISMATCH;
import static dev.moorage.contract.ErrorCode.INVALID_TAG_VALUE_MALFORMED;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Tags in the parameters of a call, to be set or to be looked for: {@code Tag.1.Key}, or {@code Tag.1.key} of old. */
final class TagRules {
    /** Of a resource, and of a call. */
    static final int MAX_TAGS = 20;

    private static final int MAX_CHARACTERS = 128;

    private TagRules() {}

    private record Tag(Optional<String> key, String value) {
        boolean isOn(Map<String, String> tags) {
            String actual = tags.get(key.orElseThrow());
            return actual != null && (value.isEmpty() || value.equals(actual));
        }
    }

    private static List<Tag> listed(Arguments arguments, String list) {
        return arguments.indexes(list).stream()
                .map(index -> list + "." + index + ".")
                .map(member -> new Tag(
                        arguments.string(member + "Key").or(() -> arguments.string(member + "key")),
                        arguments
                                .string(member + "Value")
                                .or(() -> arguments.string(member + "value"))
                                .orElse("")))
                .filter(tag -> tag.key().isPresent() || !tag.value().isEmpty())
                .toList();
    }

    /** The tags to be set. Check {@link #wrong} first. */
    static SortedMap<String, String> read(Arguments arguments, String list) {
        var tags = new TreeMap<String, String>();
        listed(arguments, list).forEach(tag -> tags.put(tag.key().orElseThrow(), tag.value()));
        return Tags.of(tags);
    }

    /**
     * What is wrong with tags to be set.
     *
     * @param tooMany what the action says of more than a resource can have
     */
    static Optional<Rejection> wrong(Arguments arguments, String list, ErrorCode tooMany) {
        var tags = listed(arguments, list);
        if (tags.size() > MAX_TAGS) return reject(tooMany);
        var keys = new HashSet<String>();
        for (var tag : tags) {
            if (!tag.key().map(TagRules::isKey).orElse(false)) return reject(INVALID_TAG_KEY_MALFORMED);
            if (!isValue(tag.value())) return reject(INVALID_TAG_VALUE_MALFORMED);
            if (!keys.add(tag.key().orElseThrow())) return reject(DUPLICATE_TAG_KEY);
        }
        return Optional.empty();
    }

    /** What is wrong with tags to be looked for. */
    static Optional<Rejection> wrongFilter(Arguments arguments, String list) {
        var tags = listed(arguments, list);
        if (tags.size() > MAX_TAGS) return reject(INVALID_TAG_COUNT);
        return tags.stream().allMatch(tag -> tag.key().isPresent()) ? Optional.empty() : reject(INVALID_TAG_MISMATCH);
    }

    /** Has all the tags that are looked for; one without a value has any. Check {@link #wrongFilter} first. */
    static Predicate<Map<String, String>> matching(Arguments arguments, String list) {
        var tags = listed(arguments, list);
        return actual -> tags.stream().allMatch(tag -> tag.isOn(actual));
    }

    static boolean isKey(String key) {
        return !key.isEmpty()
                && key.length() <= MAX_CHARACTERS
                && !key.startsWith("aliyun")
                && !key.startsWith("acs:")
                && isNoAddress(key);
    }

    private static boolean isValue(String value) {
        return value.length() <= MAX_CHARACTERS && isNoAddress(value);
    }

    private static boolean isNoAddress(String text) {
        return !text.contains("http://") && !text.contains("https://");
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }
}
