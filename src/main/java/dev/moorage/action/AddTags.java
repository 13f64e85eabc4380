package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_TAG_COUNT;
import static dev.moorage.contract.ErrorCode.MISSING_PARAMETER_TAG_KEY;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/** Sets tags of one resource: the old form of {@link TagResources}. */
record AddTags(Arguments arguments, TagTargets target) implements Batch {
    static AddTags of(Call call) {
        var arguments = call.arguments();
        return new AddTags(
                arguments,
                new TagTargets(
                        arguments.required("RegionId"),
                        arguments.required("ResourceType"),
                        List.of(arguments.required("ResourceId"))));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrong = TagRules.wrong(arguments, "Tag", INVALID_TAG_COUNT);
        if (wrong.isPresent()) return Optional.of(wrong.get());
        if (TagRules.read(arguments, "Tag").isEmpty()) return Change.reject(MISSING_PARAMETER_TAG_KEY);
        return target.wrong().or(() -> target.objection(edit(), view)).map(Outcome.class::cast);
    }

    private TagEdit edit() {
        return new TagEdit.Add(TagRules.read(arguments, "Tag"), INVALID_TAG_COUNT);
    }

    /** One, once it is known whether the resource is there. */
    @Override
    public List<Change> parts() {
        return List.of();
    }

    @Override
    public Change routed(AccountView view) {
        return target.edited(edit(), this, view);
    }
}
