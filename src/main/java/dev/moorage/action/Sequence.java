package dev.moorage.action;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How instances that are made together are told apart by name: {@code web-[6,4]-a} makes {@code web-0006-a} and {@code
 * web-0007-a}, a unique suffix makes {@code web001} and {@code web002}.
 */
record Sequence(String name, boolean uniqueSuffix) {
    /** What a unique suffix adds to a name. */
    static final int SUFFIX_CHARACTERS = 3;

    private static final Pattern NUMBERED =
            Pattern.compile("(?<prefix>.+)\\[(?<first>[0-9]{0,6})(,(?<digits>[1-6]?))?](?<rest>[^\\[\\]]*)");
    private static final int MAX_DIGITS = 6;
    private static final int MAX_NUMBER = 999_999;

    /** @param index counts the instances from 0 */
    String at(int index) {
        var numbered = NUMBERED.matcher(name);
        if (!numbered.matches()) return name + suffix(index);
        String rest = numbered.group("rest");
        // Numbers at the end are suffix enough.
        return numbered.group("prefix") + number(numbered, index) + (rest.isEmpty() ? "" : rest + suffix(index));
    }

    private String suffix(int index) {
        return uniqueSuffix ? padded(index + 1, SUFFIX_CHARACTERS) : "";
    }

    private static String number(Matcher numbered, int index) {
        String first = numbered.group("first");
        String digits = numbered.group("digits");
        int asked = digits == null || digits.isEmpty() ? MAX_DIGITS : Integer.parseInt(digits);
        int number = (first.isEmpty() ? 0 : Integer.parseInt(first)) + index;
        return padded(Math.min(number, MAX_NUMBER), first.length() > asked ? MAX_DIGITS : asked);
    }

    private static String padded(int number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }
}
