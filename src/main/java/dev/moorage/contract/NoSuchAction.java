package dev.moorage.contract;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        var failure = Gateway.failure(ErrorCode.INVALID_ACTION_NOT_FOUND);
        String hint = hint(request.action(), request.version());
        return hint.isEmpty() ? failure : failure.adding(" " + hint);
    }

    /** What helps. Empty if nothing is known that does. */
    String hint(String name, String version) {
        String product = version.isEmpty() ? ActionSpec.ECS : version;
        boolean isOfEcs = product.equals(ActionSpec.ECS) && EcsActions.names().contains(name);
        return Stream.of(
                        isOfEcs ? "ECS has " + name + ", but Moorage does not." : "",
                        nearest(name, product)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse(""))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private Optional<String> nearest(String name, String version) {
        return NearNames.nearest(
                name,
                actions.stream()
                        .filter(action -> action.version().equals(version))
                        .map(ActionSpec::action)
                        .toList());
    }
}
