package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_RESOURCE_TYPE_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.MISSING_PARAMETER_TAGS;
import static dev.moorage.contract.ErrorCode.NUMBER_EXCEED_RESOURCE_IDS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import dev.moorage.view.Listed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Lists tags of resources of one type: of those that are named and have all the tags that are asked for. Where tags are
 * asked for, only they are listed. A resource that is not there has none.
 */
record ListTagResources(Arguments arguments) implements Query {
    /** The tags of one resource are not torn apart, so there can be a few more on a page. */
    static final int PAGE_SIZE = 50;

    private static final long BEFORE_ALL = -1;

    static ListTagResources of(Call call) {
        return new ListTagResources(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var shown = TagRules.named(arguments, "Tag");
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putObject("TagResources").putArray("TagResource");
        long last = arguments.string("NextToken").map(Paging::place).orElse(BEFORE_ALL);
        String next = "";
        var found = matchingAfter(last, shown, view).iterator();
        while (found.hasNext()) {
            var listed = found.next();
            if (list.size() >= PAGE_SIZE) {
                next = Paging.token(last);
                break;
            }
            var resource = listed.thing();
            resource.tags().entrySet().stream()
                    .filter(shown)
                    .forEach(tag -> list.addObject()
                            .put("ResourceId", resource.id())
                            .put("ResourceType", resource.type())
                            .put("TagKey", tag.getKey())
                            .put("TagValue", tag.getValue()));
            last = listed.place();
        }
        body.put("NextToken", next);
        return Outcome.success(body);
    }

    private Optional<Rejection> wrong() {
        var ids = arguments.strings("ResourceId");
        if (ids.size() > TagResources.MAX_RESOURCES) return reject(NUMBER_EXCEED_RESOURCE_IDS);
        if (ids.isEmpty() && arguments.indexes("Tag").isEmpty()) return reject(MISSING_PARAMETER_TAGS);
        var wrong = TagRules.wrongFilter(arguments, "Tag");
        if (wrong.isPresent()) return wrong;
        if (!Regions.isRegion(arguments.required("RegionId"))) return reject(INVALID_REGION_ID_NOT_FOUND);
        if (!TagTargets.isType(arguments.required("ResourceType"))) return reject(INVALID_RESOURCE_TYPE_NOT_FOUND);
        return arguments.string("NextToken").map(Paging::place).orElse(0L) < 0
                ? Optional.of(Rejection.of(INVALID_PARAMETER, "NextToken"))
                : Optional.empty();
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }

    private Stream<Listed<Taggable>> matchingAfter(
            long place, Predicate<Map.Entry<String, String>> shown, AccountView view) {
        String region = arguments.required("RegionId");
        var tags = TagRules.matching(arguments, "Tag");
        return candidatesAfter(place, view).filter(listed -> {
            var resource = listed.thing();
            return resource.regionId().equals(region)
                    && tags.test(resource.tags())
                    && resource.tags().entrySet().stream().anyMatch(shown);
        });
    }

    private Stream<Listed<Taggable>> candidatesAfter(long place, AccountView view) {
        String type = arguments.required("ResourceType");
        var ids = arguments.strings("ResourceId");
        return ids.isEmpty()
                ? Taggable.after(place, type, view)
                : Listed.inOrder(Taggable.named(ids, type, view), place);
    }
}
