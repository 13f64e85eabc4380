package dev.moorage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final List<ParameterSpec> SPECS = List.of(
            new ParameterSpec("InstanceId", ParameterSpec.Type.String, true, null, null),
            new ParameterSpec("Amount", ParameterSpec.Type.Integer, false, null, null),
            new ParameterSpec("DiskId", ParameterSpec.Type.String, true, null, null),
            new ParameterSpec("RegionId", ParameterSpec.Type.String, true, "MissingParamter.RegionId", null),
            new ParameterSpec("DryRun", ParameterSpec.Type.Boolean, false, null, null),
            new ParameterSpec("DiskIds", ParameterSpec.Type.JsonArray, false, null, null),
            new ParameterSpec("DataDisk.N.Size", ParameterSpec.Type.Integer, false, null, null),
            new ParameterSpec("Flag.N", ParameterSpec.Type.Boolean, false, null, null),
            new ParameterSpec("Memory", ParameterSpec.Type.Decimal, false, null, null));

    @Test
    void reportsTheFirstThatIsMissingInTheOrderOfTheContract() {
        assertMissing(Map.of(), ErrorCode.MISSING_PARAMETER, "InstanceId");
        assertMissing(Map.of("InstanceId", "i-1"), ErrorCode.MISSING_PARAMETER, "DiskId");
        assertMissing(Map.of("DiskId", "d-1", "RegionId", "r"), ErrorCode.MISSING_PARAMETER, "InstanceId");
        assertMissing(Map.of("InstanceId", "i-1", "DiskId", "d-1"), ErrorCode.MISSING_PARAMTER_REGION_ID, "RegionId");
        assertThat(check()).isEmpty();
    }

    @Test
    void takesEmptyForMissing() {
        assertThat(check("InstanceId", "")).contains(Rejection.of(ErrorCode.MISSING_PARAMETER, "InstanceId"));
        assertThat(check("Amount", "", "DryRun", "", "DataDisk.1.Size", "")).isEmpty();
        assertThat(Arguments.of(Map.of("a", "")).has("a")).isFalse();
        assertThat(Arguments.of(Map.of("a", "")).string("a")).isEmpty();
    }

    @Test
    void reportsWhatIsMissingBeforeWhatIsWrong() {
        assertThat(check("RegionId", "", "Amount", "many"))
                .contains(Rejection.of(ErrorCode.MISSING_PARAMTER_REGION_ID, "RegionId"));
        assertThat(check("DryRun", "perhaps", "Amount", "many")).contains(invalid("Amount"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-1", "007", "123456789", "-123456789"})
    void takesIntegers(String value) {
        assertThat(check("Amount", value)).isEmpty();
        assertThat(Arguments.of(Map.of("Amount", value)).integer("Amount")).contains(Integer.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1.0",
                "1e3",
                "0x1",
                "+1",
                " 1",
                "1 ",
                "--1",
                "-",
                "1,000",
                "\u0661",
                "\uff11",
                "1\n",
                "NaN",
                "null",
                "99999999999999999999",
            })
    void refusesWhatIsNoInteger(String value) {
        assertThat(check("Amount", value)).contains(invalid("Amount"));
        assertThat(check("DataDisk.1.Size", value)).contains(invalid("DataDisk.1.Size"));
    }

    @Test
    void refusesIntegersThatWouldNotFit() {
        assertThat(check("Amount", "2147483648")).contains(invalid("Amount"));
        assertThat(check("Amount", "4294967297")).contains(invalid("Amount"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "8", "8.0", "0.5", "-1.25", "123456789.123456789"})
    void takesDecimals(String value) {
        assertThat(check("Memory", value)).isEmpty();
        assertThat(Arguments.of(Map.of("Memory", value)).decimal("Memory")).contains(new BigDecimal(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.", ".5", "1e3", "+1", "1,5", " 1", "1\n", "NaN", "1.0f", "9999999999"})
    void refusesWhatIsNoDecimal(String value) {
        assertThat(check("Memory", value)).contains(invalid("Memory"));
    }

    @Test
    void readsTheValuesOfAListInNumericalOrder() {
        var arguments =
                Arguments.of(Map.of("Type.10", "c", "Type.2", "b", "Type.1", "a", "Type.3", "", "Type.4.Name", "d"));

        assertThat(arguments.strings("Type")).containsExactly("a", "b", "c");
        assertThat(arguments.strings("Other")).isEmpty();
    }

    @Test
    void takesBooleansInAnyCase() {
        for (String value : List.of("true", "True", "TRUE")) {
            assertThat(check("DryRun", value)).isEmpty();
            assertThat(Arguments.of(Map.of("DryRun", value)).isTrue("DryRun")).isTrue();
        }
        for (String value : List.of("false", "False", "FALSE")) {
            assertThat(check("DryRun", value)).isEmpty();
            assertThat(Arguments.of(Map.of("DryRun", value)).bool("DryRun")).contains(false);
        }
        assertThat(Arguments.of(Map.of()).bool("DryRun")).isEmpty();
        assertThat(Arguments.of(Map.of()).isTrue("DryRun")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "yes", "no", "t", "true ", " true", "truefalse", "null"})
    void refusesWhatIsNoBoolean(String value) {
        assertThat(check("DryRun", value)).contains(invalid("DryRun"));
        assertThat(check("Flag.3", value)).contains(invalid("Flag.3"));
    }

    @Test
    void ignoresParametersThatTheContractDoesNotName() {
        assertThat(check("Unheard", "of", "amount", "many", "DataDisk.x.Size", "x", "DataDisk", "x"))
                .isEmpty();
    }

    @Test
    void checksEveryMemberOfAList() {
        assertThat(check("DataDisk.1.Size", "20", "DataDisk.2.Size", "20", "DataDisk.10.Size", "20"))
                .isEmpty();
        assertThat(check("DataDisk.10.Size", "x", "DataDisk.2.Size", "y", "DataDisk.1.Size", "20"))
                .contains(invalid("DataDisk.2.Size"));
    }

    @Test
    void findsTheIndexesOfAListInNumericalOrder() {
        var arguments = Arguments.of(Map.of(
                "Tag.10.Key",
                "a",
                "Tag.2.Key",
                "b",
                "Tag.2.Value",
                "c",
                "Tag.1",
                "d",
                "Tag.0.Key",
                "e",
                "Tag.3.Key",
                ""));

        assertThat(arguments.indexes("Tag")).containsExactly(0, 1, 2, 3, 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tag",
                "Tag.",
                "Tag..Key",
                "Tag.x.Key",
                "Tag.-1.Key",
                "Tag.1x.Key",
                "Tag.\u0661.Key",
                "Tagged.1.Key",
                "tag.1.Key",
                "Tag.99999999999.Key",
                "x.Tag.1.Key",
            })
    void findsNoIndexInWhatIsNoMemberOfTheList(String name) {
        assertThat(Arguments.of(Map.of(name, "x")).indexes("Tag")).isEmpty();
    }

    @Test
    void readsAJsonArrayOfStrings() {
        assertThat(jsonArray("[\"d-1\"]")).isEqualTo(List.of("d-1"));
        assertThat(jsonArray(" [ \"d-1\" , \"\\u4e2d\", \"\" ] ")).isEqualTo(List.of("d-1", "\u4e2d", ""));
        assertThat(jsonArray("[]")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d-1",
                "d-1,d-2",
                "\"d-1\"",
                "{\"a\":1}",
                "{}",
                "null",
                "true",
                "1",
                "[1]",
                "[null]",
                "[true]",
                "[[\"d-1\"]]",
                "[{}]",
                "[\"d-1\"",
                "\"d-1\"]",
                "[\"d-1\",]",
                "['d-1']",
                "[",
                "]",
                " ",
                "[\"d-1\u0000\"]",
            })
    void readsNothingElseAsAJsonArray(String value) {
        assertThat(Arguments.of(Map.of("DiskIds", value)).jsonArray("DiskIds")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"d-1\"]x", "[\"d-1\"][\"d-2\"]", "[\"d-1\"]]"})
    void readsNoArrayWithSomethingBehindIt(String value) {
        assertThat(Arguments.of(Map.of("DiskIds", value)).jsonArray("DiskIds")).isEmpty();
    }

    @Test
    void readsNoArrayOfAbsurdDepth() {
        assertThat(Arguments.of(Map.of("DiskIds", "[".repeat(100_000))).jsonArray("DiskIds"))
                .isEmpty();
        assertThat(Arguments.of(Map.of("DiskIds", "{\"a\":".repeat(100_000))).jsonArray("DiskIds"))
                .isEmpty();
    }

    /** What is wrong with one is for the action to say, which has a code of its own for it. */
    @Test
    void letsAnythingPassForAJsonArray() {
        assertThat(check("DiskIds", "d-1")).isEmpty();
    }

    @Test
    void givesWhatTheContractRequires() {
        var arguments = Arguments.of(Map.of("InstanceId", "i-1"));

        assertThat(arguments.required("InstanceId")).isEqualTo("i-1");
        assertThat(arguments.string("InstanceId")).contains("i-1");
        assertThat(arguments.integer("Amount")).isEmpty();
        assertThatThrownBy(() -> arguments.required("DiskId"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DiskId");
    }

    private static void assertMissing(Map<String, String> values, ErrorCode code, String parameter) {
        assertThat(Arguments.of(values).check(SPECS)).contains(Rejection.of(code, parameter));
    }

    /** Checks the required parameters together with these names and values. */
    private static Optional<Rejection> check(String... namesAndValues) {
        var values = new LinkedHashMap<>(Map.of("InstanceId", "i-1", "DiskId", "d-1", "RegionId", "cn-hangzhou"));
        for (int i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        return Arguments.of(values).check(SPECS);
    }

    private static Rejection invalid(String parameter) {
        return Rejection.of(ErrorCode.INVALID_PARAMETER, parameter);
    }

    private static List<String> jsonArray(String value) {
        return Arguments.of(Map.of("DiskIds", value)).jsonArray("DiskIds").orElseThrow();
    }
}
