package dev.moorage.action;

import java.util.regex.Pattern;

/**
 * The vendor's accounts are numbers of sixteen digits; ours have names. A name that is such a number stands for itself;
 * any other gets one from its SHA-256, the same on every machine and for ever.
 */
final class AccountIds {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{15}");
    private static final long SMALLEST = 1_000_000_000_000_000L;

    private AccountIds() {}

    static String of(String account) {
        if (NUMBER.matcher(account).matches()) return account;
        return String.valueOf(SMALLEST + Math.floorMod(Ids.seed(account), 9 * SMALLEST));
    }
}
