package dev.moorage.action;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/**
 * Removes tags of one resource: the old form of {@link UntagResources}. A tag with a value goes only if the resource has
 * that value; without any tag all go.
 */
record RemoveTags(Arguments arguments, TagTargets target) implements Batch {
    static RemoveTags of(Call call) {
        var arguments = call.arguments();
        return new RemoveTags(
                arguments,
                new TagTargets(
                        arguments.required("RegionId"),
                        arguments.required("ResourceType"),
                        List.of(arguments.required("ResourceId"))));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        return TagRules.wrongFilter(arguments, "Tag")
                .or(() -> target.wrong())
                .or(() -> target.objection(edit(), view))
                .map(Outcome.class::cast);
    }

    private TagEdit edit() {
        return new TagEdit.Remove(TagRules.named(arguments, "Tag"));
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
