package dev.moorage.contract;

import java.util.regex.Pattern;

/** What callers sent, made fit for a line of a log. */
public final class Printable {
    private static final Pattern NOT_PRINTABLE = Pattern.compile("\\p{C}");

    private Printable() {}

    /** No more than the first characters, with marks in the place of those that cannot be printed. */
    public static String cut(String text, int most) {
        String cut = text.substring(0, Math.min(text.length(), most));
        return NOT_PRINTABLE.matcher(cut).replaceAll("?");
    }
}
