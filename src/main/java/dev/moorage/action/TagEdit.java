package dev.moorage.action;

import dev.moorage.contract.ErrorCode;
import dev.moorage.domain.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is to become of the tags of something. What is so already is not done again. */
sealed interface TagEdit {
    /** What a resource with these tags has against it. */
    default Optional<ErrorCode> objection(SortedMap<String, String> tags) {
        return Optional.empty();
    }

    default SortedMap<String, String> added(SortedMap<String, String> tags) {
        return Tags.NONE;
    }

    default List<String> removed(SortedMap<String, String> tags) {
        return List.of();
    }

    /** Sets tags; one whose key is there takes its place. */
    record Add(SortedMap<String, String> more, ErrorCode tooMany) implements TagEdit {
        @Override
        public Optional<ErrorCode> objection(SortedMap<String, String> tags) {
            var all = new TreeMap<>(tags);
            all.putAll(more);
            return all.size() > TagRules.MAX_TAGS ? Optional.of(tooMany) : Optional.empty();
        }

        @Override
        public SortedMap<String, String> added(SortedMap<String, String> tags) {
            var added = new TreeMap<>(more);
            added.entrySet().removeAll(tags.entrySet());
            return Tags.of(added);
        }
    }

    record Remove(Predicate<Map.Entry<String, String>> which) implements TagEdit {
        @Override
        public List<String> removed(SortedMap<String, String> tags) {
            return tags.entrySet().stream().filter(which).map(Map.Entry::getKey).toList();
        }
    }
}
