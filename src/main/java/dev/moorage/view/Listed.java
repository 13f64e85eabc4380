package dev.moorage.view;

import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A thing in a list.
 *
 * @param place where it stands in every list, for ever; lists are ordered by it
 */
public record Listed<T>(long place, T thing) {
    public static <T> Stream<Listed<T>> inOrder(Stream<Listed<T>> few) {
        return few.sorted(Comparator.comparingLong(Listed::place));
    }
}
