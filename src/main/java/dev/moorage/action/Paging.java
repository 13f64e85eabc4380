package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Rejection;
import dev.moorage.view.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which part of a list is asked for: a page by its number, or so many results after a token. A token wins.
 *
 * @param maxResults the most that a caller can ask for with a token; the least is ten
 */
record Paging(Arguments arguments, int maxResults) {
    private static final int DEFAULT_SIZE = 10;
    private static final int MAX_PAGE_SIZE = 100;
    private static final String TOKEN_PREFIX = "p";
    private static final int TOKEN_RADIX = 36;
    private static final long BEFORE_ALL = -1;

    /** @param nextToken where to go on, or the empty string */
    record Page<T>(List<T> items, int number, int size, int total, String nextToken) {
        /** Writes what every list says of itself. */
        void describe(ObjectNode body) {
            describeNumbers(body);
            body.put("NextToken", nextToken);
        }

        /** Writes what lists say of themselves that have no tokens. */
        void describeNumbers(ObjectNode body) {
            body.put("PageNumber", number);
            body.put("PageSize", size);
            body.put("TotalCount", total);
        }
    }

    Optional<Rejection> wrong() {
        var wrongNumber = wrongNumber();
        if (wrongNumber.isPresent()) return wrongNumber;
        return arguments.string("NextToken").map(token -> place(token) < 0).orElse(false)
                ? Optional.of(Rejection.of(INVALID_PARAMETER, "NextToken"))
                : Optional.empty();
    }

    /** For a list that has no tokens. */
    Optional<Rejection> wrongNumber() {
        if (number() < 1) return Optional.of(Rejection.of(INVALID_PARAMETER, "PageNumber"));
        int size = arguments.integer("PageSize").orElse(DEFAULT_SIZE);
        if (size < 1 || size > MAX_PAGE_SIZE) return Optional.of(Rejection.of(INVALID_PARAMETER, "PageSize"));
        return Optional.empty();
    }

    /**
     * The page of what passes the filter.
     *
     * @param listAfter the list, from the first place after the given one on
     */
    <T> Page<T> of(LongFunction<Stream<Listed<T>>> listAfter, Predicate<T> filter) {
        return arguments.has("NextToken") || arguments.has("MaxResults")
                ? byToken(listAfter, filter)
                : byNumber(listAfter, filter);
    }

    /** Reads no more than it answers. How many there are in all is not said then, as with the vendor. */
    private <T> Page<T> byToken(LongFunction<Stream<Listed<T>>> listAfter, Predicate<T> filter) {
        int asked = arguments.integer("MaxResults").orElse(DEFAULT_SIZE);
        int size = Math.max(DEFAULT_SIZE, Math.min(maxResults, asked));
        long after = arguments.string("NextToken").map(Paging::place).orElse(BEFORE_ALL);
        var found = listAfter
                .apply(after)
                .filter(listed -> filter.test(listed.thing()))
                .limit(size + 1L)
                .toList();
        var items = found.subList(0, Math.min(size, found.size()));
        boolean more = found.size() > size;
        return new Page<>(things(items), 1, size, 0, more ? token(items) : "");
    }

    <T> Page<T> byNumber(LongFunction<Stream<Listed<T>>> listAfter, Predicate<T> filter) {
        int size = arguments.integer("PageSize").orElse(DEFAULT_SIZE);
        var window = new Window<T>((number() - 1L) * size, size);
        listAfter
                .apply(BEFORE_ALL)
                .filter(listed -> filter.test(listed.thing()))
                .forEachOrdered(window);
        var items = window.items;
        return new Page<>(things(items), number(), size, window.total, window.endsBefore() ? token(items) : "");
    }

    /** Counts all that comes, and keeps what is on one page. */
    private static final class Window<T> implements Consumer<Listed<T>> {
        private final List<Listed<T>> items = new ArrayList<>();
        private final long first;
        private final int size;
        private int total;

        private Window(long first, int size) {
            this.first = first;
            this.size = size;
        }

        @Override
        public void accept(Listed<T> listed) {
            if (total >= first && items.size() < size) items.add(listed);
            total++;
        }

        private boolean endsBefore() {
            return !items.isEmpty() && total > first + items.size();
        }
    }

    private static <T> List<T> things(List<Listed<T>> items) {
        return items.stream().map(Listed::thing).toList();
    }

    private static <T> String token(List<Listed<T>> items) {
        return token(items.get(items.size() - 1).place());
    }

    static String token(long place) {
        return TOKEN_PREFIX + Long.toString(place, TOKEN_RADIX);
    }

    private int number() {
        return arguments.integer("PageNumber").orElse(1);
    }

    /** The place that a token stands for, or a negative number if it is none. */
    static long place(String token) {
        if (!token.matches(TOKEN_PREFIX + "[0-9a-z]{1,12}")) return -1;
        return Long.parseLong(token.substring(1), TOKEN_RADIX);
    }
}
