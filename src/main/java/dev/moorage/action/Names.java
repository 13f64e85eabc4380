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

    /** Whether a name fits a pattern with {@code *} for anything, in time that is linear: patterns are callers' own. */
    static boolean isLike(String name, String pattern) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) return name.equals(pattern);
        String last = parts[parts.length - 1];
        if (!name.startsWith(parts[0])) return false;
        int from = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = name.indexOf(parts[i], from);
            if (found < 0) return false;
            from = found + parts[i].length();
        }
        return name.length() - from >= last.length() && name.endsWith(last);
    }

    private static boolean isAddress(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }
}
