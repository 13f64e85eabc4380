package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeInstanceTypesTest {
    private static Outcome ask(String... arguments) {
        return ((Query) Examples.verb("DescribeInstanceTypes", arguments)).answer(new World().of("nobody"), Examples.NOW);
    }

    private static JsonNode body(String... arguments) {
        return ((Outcome.Success) ask(arguments)).body();
    }

    private static List<String> ids(JsonNode body) {
        return body.at("/InstanceTypes").findValuesAsText("InstanceTypeId");
    }

    @Test
    void saysWhatATypeHas() {
        var type = body("InstanceTypes.1", "ecs.g7.xlarge").at("/InstanceTypes/InstanceType/0");
        assertThat(type.get("InstanceTypeId").textValue()).isEqualTo("ecs.g7.xlarge");
        assertThat(type.get("InstanceTypeFamily").textValue()).isEqualTo("ecs.g7");
        assertThat(type.get("CpuCoreCount").intValue()).isEqualTo(4);
        assertThat(type.get("MemorySize").toString()).isEqualTo("16");
        assertThat(type.get("CpuSpeedFrequency").toString()).isEqualTo("2.7");
        assertThat(type.get("DiskQuantity").intValue()).isEqualTo(17);
        assertThat(type.get("InstanceBandwidthRx").intValue()).isEqualTo(3_072_000);
        assertThat(type.get("EniQuantity").intValue()).isEqualTo(4);
        assertThat(type.get("TotalEniQueueQuantity").intValue()).isEqualTo(16);
        assertThat(type.get("InitialCredit").intValue()).isZero();
        assertThat(type.get("GPUAmount").intValue()).isZero();
    }

    @Test
    void aTypeThatLendsItsPerformanceHasCredits() {
        var type = body("InstanceTypes.1", "ecs.t5-lc2m1.nano").at("/InstanceTypes/InstanceType/0");
        assertThat(type.get("MemorySize").toString()).isEqualTo("0.5");
        assertThat(type.get("BaselineCredit").intValue()).isEqualTo(20);
        assertThat(type.get("InitialCredit").intValue()).isEqualTo(30);
    }

    @Test
    void withoutFiltersAllTypesAreOnOnePage() {
        assertThat(ids(body())).hasSize(InstanceTypes.ALL.size()).doesNotHaveDuplicates();
        assertThat(body().get("NextToken").textValue()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "10", "100", "1600"})
    void pagesByToken(int size) {
        var seen = new ArrayList<String>();
        String token = "";
        do {
            var page = body("MaxResults", String.valueOf(size), "NextToken", token);
            assertThat(ids(page)).hasSizeBetween(1, Math.min(size, 100));
            seen.addAll(ids(page));
            token = page.get("NextToken").textValue();
        } while (!token.isEmpty());
        assertThat(seen).isEqualTo(ids(body()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    InstanceTypes.1                    | ecs.g6.large                | g6.large
                    InstanceTypes.1                    | ecs.none.large              |
                    InstanceType                       | ecs.c6.xlarge               | c6.xlarge
                    InstanceTypeFamily                 | ecs.n4                      | n4.small n4.large n4.xlarge n4.2xlarge
                    InstanceTypeFamilies.1             | ecs.sn2ne                   | sn2ne.large sn2ne.xlarge sn2ne.2xlarge
                    InstanceFamilyLevel                | EntryLevel                  | n4.small n4.large n4.xlarge n4.2xlarge
                    InstanceCategory                   | Compute-optimized with GPU  | gn6i-c4g1.xlarge gn6i-c8g1.2xlarge gn6i-c24g1.12xlarge
                    InstanceCategories.1               | compute-optimized with gpu  | gn6i-c4g1.xlarge gn6i-c8g1.2xlarge gn6i-c24g1.12xlarge
                    CpuArchitecture                    | ARM                         | g8y.large g8y.xlarge g8y.2xlarge c8y.large c8y.xlarge c8y.2xlarge r8y.large r8y.xlarge r8y.2xlarge
                    CpuArchitectures.1                 | ARM                         | g8y.large g8y.xlarge g8y.2xlarge c8y.large c8y.xlarge c8y.2xlarge r8y.large r8y.xlarge r8y.2xlarge
                    PhysicalProcessorModel             | yitian                      | g8y.large g8y.xlarge g8y.2xlarge c8y.large c8y.xlarge c8y.2xlarge r8y.large r8y.xlarge r8y.2xlarge
                    PhysicalProcessorModels.1          | yitian                      |
                    GPUSpec                            | nvidia                      | gn6i-c4g1.xlarge gn6i-c8g1.2xlarge gn6i-c24g1.12xlarge
                    GpuSpecs.1                         | NVIDIA T4                   | gn6i-c4g1.xlarge gn6i-c8g1.2xlarge gn6i-c24g1.12xlarge
                    LocalStorageCategory               | local_ssd_pro               |
                    LocalStorageCategories.1           | local_ssd_pro               |
                    NvmeSupport                        | required                    |
                    MinimumCpuCoreCount                | 33                          | gn6i-c24g1.12xlarge
                    MinimumMemorySize                  | 186.5                       | r5.8xlarge r6.8xlarge r7.8xlarge
                    MaximumMemorySize                  | 0.5                         | t5-lc2m1.nano t6-c4m1.large e-c4m1.large
                    MinimumGPUAmount                   | 2                           | gn6i-c24g1.12xlarge
                    MinimumCpuSpeedFrequency           | 2.71                        | g8y.large g8y.xlarge g8y.2xlarge c8y.large c8y.xlarge c8y.2xlarge r8y.large r8y.xlarge r8y.2xlarge
                    MinimumCpuTurboFrequency           | 9                           |
                    MinimumInstancePpsRx               | 6000000                     | g7.8xlarge c7.8xlarge r7.8xlarge
                    MinimumInstancePpsTx               | 6000000                     | g7.8xlarge c7.8xlarge r7.8xlarge
                    MinimumInstanceBandwidthRx         | 16384000                    | g7.8xlarge c7.8xlarge r7.8xlarge
                    MinimumInstanceBandwidthTx         | 16384001                    |
                    MinimumPrimaryEniQueueNumber       | 17                          |
                    MinimumSecondaryEniQueueNumber     | 17                          |
                    MinimumEniQuantity                 | 9                           |
                    MinimumEniPrivateIpAddressQuantity | 31                          |
                    MinimumEniIpv6AddressQuantity      | 30                          | g7.4xlarge g7.8xlarge c7.4xlarge c7.8xlarge r7.4xlarge r7.8xlarge
                    MinimumEriQuantity                 | 1                           |
                    MinimumQueuePairNumber             | 1                           |
                    MinimumLocalStorageAmount          | 1                           |
                    MinimumLocalStorageCapacity        | 1                           |
                    MinimumDiskQuantity                | 18                          |
                    MinimumBaselineCredit              | 160                         | t6-c1m4.xlarge t6-c1m4.2xlarge
                    MinimumInitialCredit               | 240                         | t6-c1m4.2xlarge
                    """)
    void aFilterNarrows(String parameter, String value, String expected) {
        var names = expected == null
                ? List.<String>of()
                : List.of(expected.split(" ")).stream()
                        .map(name -> "ecs." + name)
                        .toList();
        var found = ids(body(parameter, value));
        if (parameter.equals("InstanceFamilyLevel")) found.removeIf(id -> id.startsWith("ecs.e-"));
        assertThat(found).containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @CsvSource({
        "MaximumCpuCoreCount, 1",
        "MaximumGPUAmount, 0",
        "MaximumCpuSpeedFrequency, 2.5",
        "MaximumCpuTurboFrequency, 2.9"
    })
    void aMaximumLeavesTheRestOut(String parameter, String value) {
        assertThat(ids(body(parameter, value))).isNotEmpty().hasSizeLessThan(InstanceTypes.ALL.size());
    }

    @Test
    void filtersNarrowOneAnother() {
        assertThat(ids(body("InstanceTypes.1", "ecs.g6.large", "InstanceTypes.3", "ecs.c6.large")))
                .containsExactlyInAnyOrder("ecs.g6.large", "ecs.c6.large");
        assertThat(ids(body(
                        "InstanceTypes.1",
                        "ecs.g6.large",
                        "InstanceTypes.2",
                        "ecs.c6.large",
                        "MinimumMemorySize",
                        "5")))
                .containsExactly("ecs.g6.large");
    }

    @ParameterizedTest
    @CsvSource({"MaxResults, 0", "MaxResults, -1", "NextToken, nonsense!"})
    void whatCannotBeAskedIsRefused(String parameter, String value) {
        var rejection = (Rejection) ask(parameter, value);
        assertThat(rejection.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(rejection.about()).isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource({"MaximumEniQuantity, many", "MinimumTotalEniQueueQuantity, 99", "InstanceTypeId, ecs.g6.large"})
    void whatIsNoFilterHasNoEffect(String parameter, String value) {
        assertThat(ids(body(parameter, value))).hasSize(InstanceTypes.ALL.size());
    }

    @Test
    void tenNamesAreTheLimit() {
        var names = new ArrayList<String>();
        for (int n = 1; n <= 10; n++) names.addAll(List.of("InstanceTypes." + n, "ecs.g6.large"));
        assertThat(ids(body(names.toArray(String[]::new)))).containsExactly("ecs.g6.large");
        names.addAll(List.of("InstanceTypes.11", "ecs.g6.large"));
        var rejection = (Rejection) ask(names.toArray(String[]::new));
        assertThat(rejection.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(rejection.about()).isEqualTo("InstanceTypes");
    }

    @Test
    void aTokenFromBeyondTheEndFindsNothing() {
        assertThat(ids(body("NextToken", Paging.token(Long.MAX_VALUE / 1_000_000))))
                .isEmpty();
    }
}
