package dev.moorage.contract;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Errors as an operator has them answered: also those that no rule of an action ever gives. */
public final class AnyError {
    private final Map<String, ActionSpec> actions;

    public AnyError(Map<String, ActionSpec> actions) {
        this.actions = actions;
    }

    /** Status and text of a code: the action's own, else the gateway's, else those of whichever action has it. */
    public Optional<Failure> of(String action, String code) {
        var own = actions.get(action);
        var others = actions.values().stream().map(ActionSpec::errors);
        return Stream.concat(Stream.of(own == null ? List.<ErrorSpec>of() : own.errors(), Gateway.ERRORS), others)
                .flatMap(Collection::stream)
                .filter(spec -> spec.code().equals(code))
                .findFirst()
                .map(spec -> new Failure(spec.status(), code, spec.message()));
    }

    /** Every code that there is a text for. */
    public List<String> codes() {
        return Stream.concat(
                        Gateway.ERRORS.stream(), actions.values().stream().flatMap(action -> action.errors().stream()))
                .map(ErrorSpec::code)
                .distinct()
                .sorted()
                .toList();
    }
}
