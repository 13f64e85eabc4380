package dev.moorage.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who misspelt a name. */
public final class NearNames {
    private static final int LONGEST_NAME = 64;
    private static final int FEW_LETTERS = 2;
    /** Of a short name even a letter is much: any other is near to it. */
    private static final int LETTERS_A_MISTAKE = 3;

    private NearNames() {}

    /** The one of {@code known} that is spelt nearly like {@code name}, in whichever case; the nearest, if several are. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() > LONGEST_NAME) return Optional.empty();
        int most = Math.min(FEW_LETTERS, name.length() / LETTERS_A_MISTAKE);
        return known.stream()
                .filter(other -> Math.abs(other.length() - name.length()) <= most && distance(name, other) <= most)
                .min(Comparator.comparing((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters to add, drop, change or swap with the next make one word of the other, in whichever case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) rows[i][0] = i;
        for (int j = 0; j <= b.length(); j++) rows[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int changed = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(changed, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (areSwapped(a, i, b, j)) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static boolean areSwapped(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
