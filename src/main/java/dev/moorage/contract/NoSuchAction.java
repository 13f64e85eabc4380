package dev.moorage.contract;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a call of an action that is not here: the vendor's, and behind it what helps.
 *
 * <p>Only names that are in a list are repeated, never what was sent: clients search answers for codes.
 */
final class NoSuchAction {
    private final Collection<ActionSpec> actions;

    NoSuchAction(Collection<ActionSpec> actions) {
        this.actions = List.copyOf(actions);
    }

    Failure failure(RpcRequest request) {
        String version = request.version().isEmpty() ? ActionSpec.ECS : request.version();
        String name = request.action();
        var failure = Gateway.failure(ErrorCode.INVALID_ACTION_NOT_FOUND);
        if (version.equals(ActionSpec.ECS) && EcsActions.names().contains(name)) {
            failure = failure.adding(" ECS has " + name + ", but Moorage does not.");
        }
        var near = nearest(name, version);
        return near.isEmpty() ? failure : failure.adding(" Did you mean " + near.get() + "?");
    }

    /** The action that is spelt nearly like {@code name}. */
    Optional<String> nearest(String name, String version) {
        return NearNames.nearest(
                name,
                actions.stream()
                        .filter(action -> action.version().equals(version))
                        .map(ActionSpec::action)
                        .toList());
    }
}
