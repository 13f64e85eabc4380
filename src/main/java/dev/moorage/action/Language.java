package dev.moorage.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.moorage.contract.Arguments;
import java.util.Arrays;
import java.util.Optional;

/** In which places are named. */
enum Language {
    @JsonProperty("zh-CN")
    CHINESE("zh-CN"),
    @JsonProperty("en-US")
    ENGLISH("en-US"),
    @JsonProperty("ja")
    JAPANESE("ja");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** The one that a call wants, or nothing if there is no such language here. */
    static Optional<Language> of(Arguments arguments) {
        String wanted = arguments.string("AcceptLanguage").orElse(CHINESE.tag);
        return Arrays.stream(values())
                .filter(language -> language.tag.equalsIgnoreCase(wanted))
                .findFirst();
    }
}
