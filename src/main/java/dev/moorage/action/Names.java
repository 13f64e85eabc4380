package dev.moorage.action;

import java.util.regex.Pattern;

/** What resources may be called. */
final class Names {
    private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}:_.-]{1,127}");

    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]+([.-][A-Za-z0-9]+)*");

    private Names() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !isAddress(name);
    }

    /** As systems other than Windows take it, which are less strict. */
    static boolean isHostName(String name) {
        return name.length() >= 2
                && name.length() <= 64
                && HOST_NAME.matcher(name).matches();
    }

    static boolean isDescription(String description) {
        return description.length() >= 2 && description.length() <= 256 && !isAddress(description);
    }

    private static boolean isAddress(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }
}
