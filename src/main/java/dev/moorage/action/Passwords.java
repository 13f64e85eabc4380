package dev.moorage.action;

import java.util.List;
import java.util.function.IntPredicate;

/** What passwords of instances look like. They are looked at, and not kept. */
final class Passwords {
    private static final String SPECIAL = "()`~!@#$%^&*-_+=|{}[]:;'<>,.?/";
    private static final List<IntPredicate> KINDS = List.of(
            character -> character >= 'a' && character <= 'z',
            character -> character >= 'A' && character <= 'Z',
            character -> character >= '0' && character <= '9',
            character -> SPECIAL.indexOf(character) >= 0);
    private static final int MIN_KINDS = 3;

    private Passwords() {}

    static boolean isPassword(String text) {
        if (text.length() < 8 || text.length() > 30) return false;
        boolean known = text.chars().allMatch(character -> KINDS.stream().anyMatch(kind -> kind.test(character)));
        long kinds = KINDS.stream().filter(kind -> text.chars().anyMatch(kind)).count();
        return known && kinds >= MIN_KINDS;
    }
}
