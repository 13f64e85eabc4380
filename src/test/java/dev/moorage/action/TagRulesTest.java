package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TagRulesTest {
    @Test
    void readsKeysAndValuesInBothSpellings() {
        var given = Arguments.of(Map.of(
                "Tag.1.Key",
                "env",
                "Tag.1.Value",
                "test",
                "Tag.7.key",
                "owner",
                "Tag.7.value",
                "me",
                "Tag.9.Key",
                "x"));
        assertThat(TagRules.read(given, "Tag"))
                .containsExactly(entry("env", "test"), entry("owner", "me"), entry("x", ""));
    }

    @Test
    void aMemberWithoutAnythingIsNoTag() {
        var given = Arguments.of(Map.of("Tag.1.Key", "", "Tag.1.Value", ""));
        assertThat(TagRules.wrong(given, "Tag", ErrorCode.QUOTA_EXCEED_TAGS)).isEmpty();
        assertThat(TagRules.read(given, "Tag")).isEmpty();
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> wrongTags() {
        return Stream.of(
                arguments(Map.of("Tag.1.Value", "v"), ErrorCode.INVALID_TAG_KEY_MALFORMED),
                arguments(Map.of("Tag.1.Key", "aliyun-x"), ErrorCode.INVALID_TAG_KEY_MALFORMED),
                arguments(Map.of("Tag.1.Key", "acs:x"), ErrorCode.INVALID_TAG_KEY_MALFORMED),
                arguments(Map.of("Tag.1.Key", "see http://x"), ErrorCode.INVALID_TAG_KEY_MALFORMED),
                arguments(Map.of("Tag.1.Key", "see https://x"), ErrorCode.INVALID_TAG_KEY_MALFORMED),
                arguments(Map.of("Tag.1.Key", "k".repeat(129)), ErrorCode.INVALID_TAG_KEY_MALFORMED),
                arguments(Map.of("Tag.1.Key", "k", "Tag.1.Value", "http://x"), ErrorCode.INVALID_TAG_VALUE_MALFORMED),
                arguments(Map.of("Tag.1.Key", "k", "Tag.1.Value", "https://x"), ErrorCode.INVALID_TAG_VALUE_MALFORMED),
                arguments(
                        Map.of("Tag.1.Key", "k", "Tag.1.Value", "v".repeat(129)),
                        ErrorCode.INVALID_TAG_VALUE_MALFORMED),
                arguments(Map.of("Tag.1.Key", "k", "Tag.2.Key", "k"), ErrorCode.DUPLICATE_TAG_KEY),
                arguments(keys(21), ErrorCode.QUOTA_EXCEED_TAGS));
    }

    private static Map<String, String> keys(int count) {
        var tags = new HashMap<String, String>();
        for (int n = 1; n <= count; n++) tags.put("Tag." + n + ".Key", "k" + n);
        return tags;
    }

    @ParameterizedTest
    @MethodSource("wrongTags")
    void rejectsWhatIsNoTag(Map<String, String> given, ErrorCode code) {
        assertThat(TagRules.wrong(Arguments.of(given), "Tag", ErrorCode.QUOTA_EXCEED_TAGS))
                .contains(Rejection.of(code));
    }

    @Test
    void takesTheLongestAndTheMost() {
        var given = keys(20);
        given.put("Tag.1.Key", "k".repeat(128));
        given.put("Tag.1.Value", "v".repeat(128));
        given.put("Tag.2.Key", "k8s.aliyun.com");
        assertThat(TagRules.wrong(Arguments.of(given), "Tag", ErrorCode.QUOTA_EXCEED_TAGS))
                .isEmpty();
    }

    @Test
    void aFilterNeedsItsKeyAndHasItsLimit() {
        assertThat(TagRules.wrongFilter(Arguments.of(Map.of("Tag.1.Value", "v")), "Tag"))
                .contains(Rejection.of(ErrorCode.INVALID_TAG_MISMATCH));
        assertThat(TagRules.wrongFilter(Arguments.of(keys(21)), "Tag"))
                .contains(Rejection.of(ErrorCode.INVALID_TAG_COUNT));
        assertThat(TagRules.wrongFilter(Arguments.of(keys(20)), "Tag")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "env,  test, ,      ,   true",
        "env,  ,     ,      ,   true",
        "env,  prod, ,      ,   false",
        "gone, ,     ,      ,   false",
        "env,  test, owner, me, true",
        "env,  test, owner, ,   true",
        "env,  test, gone,  ,   false",
        "env,  test, owner, you, false"
    })
    void aFilterIsEveryTagInIt(String key1, String value1, String key2, String value2, boolean matches) {
        var given = new HashMap<String, String>();
        given.put("Tag.1.Key", key1);
        if (value1 != null) given.put("Tag.1.Value", value1);
        if (key2 != null) given.put("Tag.2.Key", key2);
        if (value2 != null) given.put("Tag.2.Value", value2);
        assertThat(TagRules.matching(Arguments.of(given), "Tag").test(Map.of("env", "test", "owner", "me")))
                .isEqualTo(matches);
    }
}
