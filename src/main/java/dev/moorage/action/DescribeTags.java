package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_RESOURCE_TYPE_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import dev.moorage.view.Listed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lists the tags that resources have, each once, with how many have it: the old form of {@link ListTagResources}. */
record DescribeTags(Arguments arguments) implements Query {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 100;
    private static final long BEFORE_ALL = -1;

    /** The types, by what they are called where they are counted. */
    private static final Map<String, String> COUNTED = new TreeMap<>(Map.of(
            "Instance", Taggable.OfInstance.TYPE,
            "Disk", Taggable.OfDisk.TYPE,
            "Snapshot", Taggable.OfSnapshot.TYPE,
            "Image", "image",
            "Securitygroup", "securitygroup"));

    /** A tag, in the order of lists. */
    private record Tag(String key, String value) implements Comparable<Tag> {
        @Override
        public int compareTo(Tag other) {
            return Comparator.comparing(Tag::key).thenComparing(Tag::value).compare(this, other);
        }
    }

    static DescribeTags of(Call call) {
        return new DescribeTags(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var counts = counts(view);
        var all = List.copyOf(counts.keySet());
        int from = (int) Math.min(all.size(), (number() - 1L) * size());
        var body = JsonNodeFactory.instance.objectNode();
        body.put("PageNumber", number());
        body.put("PageSize", size());
        body.put("TotalCount", all.size());
        var tags = body.putObject("Tags").putArray("Tag");
        for (var tag : all.subList(from, Math.min(all.size(), from + size()))) {
            tags.add(describe(tag, counts.getOrDefault(tag, Map.of())));
        }
        return Outcome.success(body);
    }

    private Optional<Rejection> wrong() {
        if (number() < 1) return Optional.of(Rejection.of(INVALID_PARAMETER, "PageNumber"));
        if (size() < 1 || size() > MAX_SIZE) return Optional.of(Rejection.of(INVALID_PARAMETER, "PageSize"));
        var wrong = TagRules.wrongFilter(arguments, "Tag");
        if (wrong.isPresent()) return wrong;
        if (!Regions.isRegion(arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_REGION_ID_NOT_FOUND));
        }
        return arguments.string("ResourceType").map(TagTargets::isType).orElse(true)
                ? Optional.empty()
                : Optional.of(Rejection.of(INVALID_RESOURCE_TYPE_NOT_FOUND));
    }

    private int number() {
        return arguments.integer("PageNumber").orElse(1);
    }

    private int size() {
        return arguments.integer("PageSize").orElse(DEFAULT_SIZE);
    }

    /** How many resources of each type have a tag. */
    private Map<Tag, Map<String, Integer>> counts(AccountView view) {
        String region = arguments.required("RegionId");
        var type = arguments.string("ResourceType");
        var id = arguments.string("ResourceId");
        var matching = TagRules.matching(arguments, "Tag");
        var shown = TagRules.named(arguments, "Tag");
        var counts = new TreeMap<Tag, Map<String, Integer>>();
        COUNTED.values().stream()
                .filter(counted -> type.map(counted::equals).orElse(true))
                .flatMap(counted -> Taggable.after(BEFORE_ALL, counted, view))
                .map(Listed::thing)
                .filter(resource -> resource.regionId().equals(region)
                        && id.map(resource.id()::equals).orElse(true)
                        && matching.test(resource.tags()))
                .forEach(resource -> resource.tags().entrySet().stream()
                        .filter(shown)
                        .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                        .forEach(tag -> counts.computeIfAbsent(tag, first -> new TreeMap<>())
                                .merge(resource.type(), 1, Integer::sum)));
        return counts;
    }

    private static ObjectNode describe(Tag tag, Map<String, Integer> count) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("TagKey", tag.key());
        node.put("TagValue", tag.value());
        var counts = node.putObject("ResourceTypeCount");
        COUNTED.forEach((name, type) -> counts.put(name, count.getOrDefault(type, 0)));
        return node;
    }
}
