package dev.moorage.contract;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of an error table.
 *
 * @param message the text; {@code {Name}} stands for the parameter at fault
 * @param about the parameter at fault, or the kind of thing, where one code has a text of its own for it
 * @param never why Moorage never answers so; empty for what it can answer
 */
public record ErrorSpec(
        int status,
        String code,
        String message,
        @Nullable String about,
        @Nullable String never) {

    /** The row for a rejection: one for just the parameter at fault goes before one for any. */
    static Optional<Failure> find(List<ErrorSpec> table, Rejection rejection) {
        return table.stream()
                .filter(spec ->
                        spec.never == null && spec.code.equals(rejection.code().wire()))
                .filter(spec -> spec.about == null || spec.about.equals(rejection.about()))
                .min(Comparator.comparing(spec -> spec.about == null))
                .map(spec -> spec.of(rejection.about()));
    }

    private Failure of(@Nullable String parameter) {
        return new Failure(status, code, parameter == null ? message : message.replace("{Name}", parameter));
    }
}
