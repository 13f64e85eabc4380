package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.MISSING_PARAMETER_RESOURCE_IDS;
import static dev.moorage.contract.ErrorCode.MISSING_PARAMETER_TAGS;
import static dev.moorage.contract.ErrorCode.NUMBER_EXCEED_RESOURCE_IDS;
import static dev.moorage.contract.ErrorCode.NUMBER_EXCEED_TAGS;
import static dev.moorage.contract.ErrorCode.OPERATION_DENIED_QUOTA_EXCEED;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/** Sets tags of several resources of one type. */
record TagResources(Arguments arguments, TagTargets targets) implements Batch {
    static final int MAX_RESOURCES = 50;

    static TagResources of(Call call) {
        var arguments = call.arguments();
        return new TagResources(
                arguments,
                new TagTargets(
                        arguments.required("RegionId"),
                        arguments.required("ResourceType"),
                        arguments.strings("ResourceId")));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (targets.ids().isEmpty()) return Change.reject(MISSING_PARAMETER_RESOURCE_IDS);
        if (targets.ids().size() > MAX_RESOURCES) return Change.reject(NUMBER_EXCEED_RESOURCE_IDS);
        var wrong = TagRules.wrong(arguments, "Tag", NUMBER_EXCEED_TAGS);
        if (wrong.isPresent()) return Optional.of(wrong.get());
        if (TagRules.read(arguments, "Tag").isEmpty()) return Change.reject(MISSING_PARAMETER_TAGS);
        return targets.wrong().or(() -> targets.objection(edit(), view)).map(Outcome.class::cast);
    }

    private TagEdit edit() {
        return new TagEdit.Add(TagRules.read(arguments, "Tag"), OPERATION_DENIED_QUOTA_EXCEED);
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
