package dev.moorage.action;

import java.util.regex.Pattern;

/** What resources may be called. */
final class Names {
    private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}:_.-]{1,127}");

    private Names() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !isAddress(name);
    }

    static boolean isDescription(String description) {
        return description.length() >= 2 && description.length() <= 256 && !isAddress(description);
    }

    private static boolean isAddress(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }
}
