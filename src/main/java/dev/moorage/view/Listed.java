package dev.moorage.view;

import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A thing in a list.
 *
 * @param place where it stands in every list, for ever; lists are ordered by it
 */
public record Listed<T>(long place, T thing) {
    /** Puts a few things that were looked up in the order of lists, from the first place after {@code place} on. */
    public static <T> Stream<Listed<T>> inOrder(Stream<Listed<T>> few, long place) {
        return few.filter(listed -> listed.place() > place).sorted(Comparator.comparingLong(Listed::place));
    }
}
