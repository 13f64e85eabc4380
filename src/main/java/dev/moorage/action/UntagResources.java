package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.MISSING_PARAMETER_RESOURCE_IDS;
import static dev.moorage.contract.ErrorCode.MISSING_PARAMETER_TAGS;
import static dev.moorage.contract.ErrorCode.NUMBER_EXCEED_RESOURCE_IDS;
import static dev.moorage.contract.ErrorCode.NUMBER_EXCEED_TAGS;

import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/**
 * Removes tags of several resources of one type. A key that a resource does not have is no error.
 *
 * @param all heeded if no keys are named
 */
record UntagResources(TagTargets targets, List<String> keys, boolean all) implements Batch {
    static UntagResources of(Call call) {
        var arguments = call.arguments();
        return new UntagResources(
                new TagTargets(
                        arguments.required("RegionId"),
                        arguments.required("ResourceType"),
                        arguments.strings("ResourceId")),
                arguments.strings("TagKey"),
                arguments.isTrue("All"));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (targets.ids().isEmpty()) return Change.reject(MISSING_PARAMETER_RESOURCE_IDS);
        if (targets.ids().size() > TagResources.MAX_RESOURCES) return Change.reject(NUMBER_EXCEED_RESOURCE_IDS);
        if (keys.size() > TagRules.MAX_TAGS) return Change.reject(NUMBER_EXCEED_TAGS);
        if (keys.isEmpty() && !all) return Change.reject(MISSING_PARAMETER_TAGS);
        return targets.wrong().or(() -> targets.objection(edit(), view)).map(Outcome.class::cast);
    }

    private TagEdit edit() {
        return new TagEdit.Remove(tag -> keys.isEmpty() || keys.contains(tag.getKey()));
    }

    /** One for each resource, once it is known what there is. */
    @Override
    public List<Change> parts() {
        return List.of();
    }

    @Override
    public Change routed(AccountView view) {
        return targets.edited(edit(), this, view);
    }
}
