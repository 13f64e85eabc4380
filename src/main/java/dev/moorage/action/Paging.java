package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Rejection;
import dev.moorage.view.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** @param nextToken where to go on, or the empty string */
    record Page<T>(List<T> items, int number, int size, int total, String nextToken) {
        /** Writes what every list says of itself. */
        void describe(ObjectNode body) {
            body.put("PageNumber", number);
            body.put("PageSize", size);
            body.put("TotalCount", total);
            body.put("NextToken", nextToken);
        }
    }

    Optional<Rejection> wrong() {
        if (number() < 1) return Optional.of(Rejection.of(INVALID_PARAMETER, "PageNumber"));
        int size = arguments.integer("PageSize").orElse(DEFAULT_SIZE);
        if (size < 1 || size > MAX_PAGE_SIZE) return Optional.of(Rejection.of(INVALID_PARAMETER, "PageSize"));
        if (arguments.string("NextToken").map(token -> place(token) < 0).orElse(false)) {
            return Optional.of(Rejection.of(INVALID_PARAMETER, "NextToken"));
        }
        return Optional.empty();
    }

    <T> Page<T> of(Stream<Listed<T>> list) {
        boolean byToken = arguments.has("NextToken") || arguments.has("MaxResults");
        int size = byToken
                ? Math.max(
                        DEFAULT_SIZE,
                        Math.min(maxResults, arguments.integer("MaxResults").orElse(DEFAULT_SIZE)))
                : arguments.integer("PageSize").orElse(DEFAULT_SIZE);
        long after = byToken ? arguments.string("NextToken").map(Paging::place).orElse(-1L) : -1L;
        long skipped = byToken ? 0 : (number() - 1L) * size;

        // One pass counts all and keeps the page, and one more to know whether there is a next.
        var all = list.iterator();
        var items = new ArrayList<T>();
        int total = 0;
        long seen = 0;
        long last = -1;
        boolean more = false;
        while (all.hasNext()) {
            var listed = all.next();
            total++;
            if (listed.place() <= after || seen++ < skipped) continue;
            if (items.size() < size) {
                items.add(listed.thing());
                last = listed.place();
            } else {
                more = true;
            }
        }
        return new Page<>(
                List.copyOf(items), number(), size, total, more ? TOKEN_PREFIX + Long.toString(last, 36) : "");
    }

    private int number() {
        return arguments.integer("PageNumber").orElse(1);
    }

    private static long place(String token) {
        if (!token.matches(TOKEN_PREFIX + "[0-9a-z]{1,12}")) return -1;
        return Long.parseLong(token.substring(1), 36);
    }
}
