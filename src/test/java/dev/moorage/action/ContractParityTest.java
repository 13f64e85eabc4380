package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.moorage.contract.ActionSpec;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.ErrorSpec;
import dev.moorage.contract.FieldSpec;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.ParameterSpec;
import dev.moorage.contract.Rejection;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the contract says and what the code does are the same, in both directions. */
class ContractParityTest {
    private static final JavaClasses ACTIONS = new ClassFileImporter().importPackages("dev.moorage.action");
    private static final Set<String> OF_THE_GATEWAY =
            Set.of(ErrorCode.INVALID_PARAMETER.wire(), ErrorCode.INTERNAL_ERROR.wire());

    static Set<String> actions() {
        return Actions.specs().keySet();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void aContractIsOfItsAction(String action) {
        var spec = Actions.specs().get(action);
        assertThat(spec.action()).isEqualTo(action);
        assertThat(spec.summary()).isNotBlank();
        assertThat(spec.order()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyCodeThatAVerbNamesHasAText(String action) {
        var spec = Actions.specs().get(action);
        for (var code : codesIn(action)) {
            for (var about : aboutsOf(spec, code)) {
                var failure = spec.failure(new Rejection(code, about));
                assertThat(failure.status()).as("%s %s", action, code).isBetween(400, 503);
                assertThat(failure.message()).as("%s %s", action, code).isNotBlank();
            }
        }
    }

    private static Set<String> aboutsOf(ActionSpec spec, ErrorCode code) {
        var abouts = spec.errors().stream()
                .filter(error -> error.code().equals(code.wire()) && error.about() != null)
                .map(ErrorSpec::about)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return abouts.isEmpty() ? new LinkedHashSet<>(Set.of("Anything")) : abouts;
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyCodeOfAContractIsNamedByTheVerbOrSaysWhyItNeverComes(String action) {
        var spec = Actions.specs().get(action);
        var promised = spec.errors().stream()
                .filter(error -> error.never() == null)
                .map(ErrorSpec::code)
                .collect(Collectors.toCollection(TreeSet::new));
        var named = codesIn(action).stream().map(ErrorCode::wire).collect(Collectors.toCollection(TreeSet::new));
        named.addAll(codesForMissingParameters(spec));
        named.removeAll(OF_THE_GATEWAY);
        promised.removeAll(OF_THE_GATEWAY);
        // A parameter that is missing can also be left to the gateway's text.
        if (!promised.contains(ErrorCode.MISSING_PARAMETER.wire())) named.remove(ErrorCode.MISSING_PARAMETER.wire());
        assertThat(promised).as(action).isEqualTo(named);
        assertThat(spec.errors())
                .as(action)
                .allSatisfy(error -> assertThat(
                                error.never() == null || !error.never().isBlank())
                        .isTrue());
    }

    private static Set<String> codesForMissingParameters(ActionSpec spec) {
        return spec.parameters().stream()
                .filter(ParameterSpec::required)
                .map(parameter ->
                        parameter.missing() == null ? ErrorCode.MISSING_PARAMETER.wire() : parameter.missing())
                .collect(Collectors.toSet());
    }

    /** The codes that a verb's code reaches, through its own classes and the helpers that it calls. */
    private static Set<ErrorCode> codesIn(String action) {
        Map<String, ErrorCode> byName =
                Arrays.stream(ErrorCode.values()).collect(Collectors.toMap(Enum::name, code -> code));
        var codes = new TreeSet<ErrorCode>();
        var seen = new LinkedHashSet<JavaCodeUnit>();
        var open = new ArrayDeque<JavaCodeUnit>();
        for (JavaClass type : ACTIONS) {
            String name = type.getName();
            if (name.equals("dev.moorage.action." + action) || name.startsWith("dev.moorage.action." + action + "$")) {
                open.addAll(type.getCodeUnits());
            }
        }
        while (!open.isEmpty()) {
            var unit = open.pop();
            if (!seen.add(unit)) continue;
            unit.getFieldAccesses().stream()
                    .map(JavaFieldAccess::getTarget)
                    .filter(target -> target.getOwner().isEquivalentTo(ErrorCode.class))
                    .forEach(target -> codes.add(byName.get(target.getName())));
            unit.getCallsFromSelf().stream()
                    .flatMap(call -> call.getTarget().resolveMember().stream())
                    .filter(JavaCodeUnit.class::isInstance)
                    .map(JavaCodeUnit.class::cast)
                    .filter(called -> called.getOwner().getPackageName().equals("dev.moorage.action"))
                    .filter(called -> !called.getOwner().isInterface() && !isVerb(called.getOwner(), action))
                    .forEach(open::push);
        }
        return codes;
    }

    private static boolean isVerb(JavaClass type, String otherThan) {
        String top = type.getName().replaceAll("\\$.*", "").replace("dev.moorage.action.", "");
        return Actions.specs().containsKey(top) && !top.equals(otherThan);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyAnswerHoldsWhatItsContractSays(String action) {
        var promised = new TreeMap<String, String>();
        for (FieldSpec field : Actions.specs().get(action).response()) promised.put(field.path(), field.type());
        promised.remove("RequestId");
        var found = new TreeMap<String, String>();
        for (var outcome : Examples.answersOf(action)) collect(((Outcome.Success) outcome).body(), "", found);
        // An empty list does not show of what it would be.
        found.replaceAll((path, type) -> type.equals("Object") ? promised.getOrDefault(path, type) : type);
        assertThat(found).as(action).isEqualTo(promised);
    }

    private static void collect(JsonNode node, String path, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), into));
        } else if (node instanceof ArrayNode array) {
            // Lists that are always empty here are in the contract as what they would hold.
            if (array.isEmpty()) into.putIfAbsent(path + "[]", "Object");
            array.forEach(element -> {
                into.remove(path + "[]", "Object");
                collect(element, path + "[]", into);
            });
        } else {
            // A number that need not be whole is sometimes.
            into.merge(path, typeOf(node), (one, other) -> one.equals(other) ? one : "Number");
        }
    }

    private static String typeOf(JsonNode node) {
        if (node.isTextual()) return "String";
        if (node.isBoolean()) return "Boolean";
        return node.isIntegralNumber() ? "Integer" : "Number";
    }

    @ParameterizedTest
    @MethodSource("actions")
    void noTextMentionsACodeThatClientsSearchAnswersFor(String action) {
        // Terraform looks for these in the whole answer, texts included, and retries for ten minutes.
        for (var error : Actions.specs().get(action).errors()) {
            if (error.never() != null || error.code().startsWith("IncorrectDiskStatus")) continue;
            assertThat(error.message()).doesNotContain("IncorrectDiskStatus", "InternalError", "OperationConflict");
        }
    }
}
