package dev.moorage.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer to a call of an action that is not here: the vendor's, and behind it what helps.
 *
 * <p>Only names that are in a list are repeated, never what was sent: clients search answers for codes.
 */
final class NoSuchAction {
    private static final int LONGEST_NAME = 64;
    private static final int FEW_LETTERS = 2;

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

    private Optional<String> nearest(String name, String version) {
        if (name.length() > LONGEST_NAME) return Optional.empty();
        return actions.stream()
                .filter(action -> action.version().equals(version))
                .map(ActionSpec::action)
                .filter(known -> distance(name, known) <= FEW_LETTERS)
                .min(Comparator.comparing((String known) -> distance(name, known))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters to add, drop or change make one word of the other, in whichever case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
