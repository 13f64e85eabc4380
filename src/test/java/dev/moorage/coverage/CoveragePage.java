package dev.moorage.coverage;

import dev.moorage.contract.ActionSpec;
import dev.moorage.contract.EcsActions;
import dev.moorage.contract.ErrorSpec;
import dev.moorage.contract.ParameterSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the contracts say, and where it was checked, as a page for people. */
final class CoveragePage {
    private static final String ACCEPTED = "accepted, without effect";
    private static final Map<String, String> PRODUCTS =
            Map.of(ActionSpec.ECS, "ECS", "2015-04-01", "STS", "2015-06-12", "Location", "2017-12-14", "BssOpenApi");

    private final List<ActionSpec> actions;
    private final Checks checks;
    private final StringBuilder page = new StringBuilder();

    private CoveragePage(Collection<ActionSpec> actions, Checks checks) {
        this.actions = List.copyOf(actions);
        this.checks = checks;
    }

    static String of(Collection<ActionSpec> actions, Checks checks) {
        var page = new CoveragePage(actions, checks);
        page.introduce();
        page.summarize();
        page.actions.forEach(page::describe);
        page.listWhatIsMissing();
        return page.page.toString();
    }

    private void introduce() {
        long ofEcs = actions.stream().filter(CoveragePage::isOfEcs).count();
        page.append("""
                # Coverage

                Made by `scripts/coverage` from the contracts in `src/main/resources/contract`, the tests, and the calls of the
                client suites. A test fails while it is not as they are.

                Moorage has %d of the %d actions of ECS, and %d of other products that clients call on the way.

                - *emulated*: parameters that have the effect the vendor documents, or the one in brackets
                - *accepted*: parameters that are taken and change nothing
                - *given*: errors that Moorage answers, besides those that any call can get (`gateway.json`)
                - *never*: errors of the vendor's list that Moorage has no occasion for
                - *tests*: test classes that call the action or have its name, as far as the sources show
                  (`ContractParityTest` goes through all actions besides)
                - *clients*: suites of real clients that called it

                """.formatted(ofEcs, EcsActions.names().size(), actions.size() - ofEcs));
    }

    private void summarize() {
        line("| action | emulated | accepted | given | never | tests | clients |");
        line("|---|---|---|---|---|---|---|");
        for (var action : actions) {
            var cells = List.of(
                    "[" + action.action() + "](#" + action.action().toLowerCase(Locale.ROOT) + ")"
                            + (isOfEcs(action) ? "" : " (" + product(action) + ")"),
                    count(emulated(action)),
                    count(accepted(action)),
                    count(given(action)),
                    count(never(action)),
                    count(checks.tests(action.action())),
                    String.join(", ", checks.clients(action.action())));
            line("| " + String.join(" | ", cells) + " |");
        }
        line("");
    }

    private void describe(ActionSpec action) {
        line("## " + action.action());
        line("");
        line(text(action.summary()) + (isOfEcs(action) ? "" : " (" + product(action) + " " + action.version() + ")"));
        line("");
        item("order of checks", List.of(text(action.order())));
        item("emulated", emulated(action).stream().map(CoveragePage::emulated).toList());
        items("accepted", accepted(action), CoveragePage::reason, ParameterSpec::name);
        item(
                "given",
                given(action).stream()
                        .map(CoveragePage::statusAndCode)
                        .distinct()
                        .toList());
        items("never", never(action), ErrorSpec::never, ErrorSpec::code);
        item(
                "tests",
                checks.tests(action.action()).stream().map(CoveragePage::code).toList());
        item("clients", checks.clients(action.action()));
        line("");
    }

    private void listWhatIsMissing() {
        var here = actions.stream().map(ActionSpec::action).collect(Collectors.toSet());
        line("## Not there");
        line("");
        line("What else ECS has. A call of these gets a 404 `InvalidAction.NotFound` with a sentence that says so.");
        line("");
        line(EcsActions.names().stream().filter(name -> !here.contains(name)).collect(Collectors.joining(", ")) + ".");
    }

    private static List<ParameterSpec> emulated(ActionSpec action) {
        return action.parameters().stream().filter(spec -> !isAccepted(spec)).toList();
    }

    private static List<ParameterSpec> accepted(ActionSpec action) {
        return action.parameters().stream().filter(CoveragePage::isAccepted).toList();
    }

    private static boolean isAccepted(ParameterSpec parameter) {
        return parameter.note() != null && parameter.note().startsWith(ACCEPTED);
    }

    private static String emulated(ParameterSpec parameter) {
        String required = parameter.required() ? " (required)" : "";
        String note = parameter.note() == null ? "" : " (" + text(parameter.note()) + ")";
        return code(parameter.name()) + required + note;
    }

    private static String reason(ParameterSpec parameter) {
        return String.valueOf(parameter.note()).substring(ACCEPTED.length()).replaceFirst("^[:,;]? *", "");
    }

    private static List<ErrorSpec> given(ActionSpec action) {
        return action.errors().stream().filter(error -> error.never() == null).toList();
    }

    private static List<ErrorSpec> never(ActionSpec action) {
        return action.errors().stream().filter(error -> error.never() != null).toList();
    }

    private static String statusAndCode(ErrorSpec error) {
        return error.status() + " " + code(error.code());
    }

    private static boolean isOfEcs(ActionSpec action) {
        return action.version().equals(ActionSpec.ECS);
    }

    private static String product(ActionSpec action) {
        return PRODUCTS.getOrDefault(action.version(), action.version());
    }

    private static String count(Collection<?> all) {
        return all.isEmpty() ? "" : String.valueOf(all.size());
    }

    private static String code(String name) {
        return "`" + name + "`";
    }

    private static String text(String sentence) {
        return sentence.replace("<", "&lt;");
    }

    private void item(String name, Collection<String> values) {
        if (!values.isEmpty()) line("- *" + name + "*: " + String.join(", ", values));
    }

    /** What has the same reason is said in one breath. */
    private <T> void items(String name, List<T> all, Function<T, String> reason, Function<T, String> nameOf) {
        if (all.isEmpty()) return;
        var groups = new LinkedHashMap<String, Set<String>>();
        for (var one : all) {
            groups.computeIfAbsent(reason.apply(one), key -> new LinkedHashSet<>())
                    .add(code(nameOf.apply(one)));
        }
        line("- *" + name + "*:");
        groups.forEach(
                (why, names) -> line("  - " + String.join(", ", names) + (why.isEmpty() ? "" : ": " + text(why))));
    }

    private void line(String line) {
        page.append(line).append('\n');
    }
}
