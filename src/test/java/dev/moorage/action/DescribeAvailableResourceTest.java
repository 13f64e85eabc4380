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

class DescribeAvailableResourceTest {
    private static Outcome ask(String destination, String... arguments) {
        var all = new ArrayList<>(List.of("RegionId", "ap-southeast-1", "DestinationResource", destination));
        all.addAll(List.of(arguments));
        return ((Query) Examples.verb("DescribeAvailableResource", all.toArray(String[]::new)))
                .answer(new World().of("nobody"), Examples.NOW);
    }

    private static JsonNode zones(String destination, String... arguments) {
        return ((Outcome.Success) ask(destination, arguments)).body().at("/AvailableZones/AvailableZone");
    }

    /** What the first zone has of it. */
    private static List<String> values(String destination, String... arguments) {
        return zones(destination, arguments).path(0).findValuesAsText("Value");
    }

    @Test
    void everyZoneOfTheRegionIsAvailable() {
        var zones = zones("Zone", "IoOptimized", "optimized");
        assertThat(zones.findValuesAsText("ZoneId"))
                .containsExactly("ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c");
        assertThat(zones).allSatisfy(zone -> {
            assertThat(zone.get("RegionId").textValue()).isEqualTo("ap-southeast-1");
            assertThat(zone.get("Status").textValue()).isEqualTo("Available");
            assertThat(zone.get("StatusCategory").textValue()).isEqualTo("WithStock");
            assertThat(zone.at("/AvailableResources/AvailableResource")).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ZoneId, ap-southeast-1b, 1",
        "ZoneId, ap-southeast-1z, 1",
        "ZoneId, cn-hangzhou-b, 0",
        "InstanceType, ecs.g6.large, 3",
        "InstanceType, ecs.none.large, 0",
        "IoOptimized, none, 0",
        "NetworkCategory, Vpc, 3",
        "NetworkCategory, classic, 0",
        "InstanceChargeType, PrePaid, 3",
        "SpotStrategy, SpotAsPriceGo, 3",
        "SystemDiskCategory, cloud_essd, 3",
        "SystemDiskCategory, ephemeral_ssd, 0",
        "DataDiskCategory, cloud, 3",
        "DataDiskCategory, tape, 0",
        "Scope, region, 3"
    })
    void zonesAreThoseThatHaveWhatWasSaid(String parameter, String value, int count) {
        assertThat(zones("Zone", parameter, value)).hasSize(count);
    }

    @Test
    void dataDisksComeWithTheirSizes() {
        var resource = zones("DataDisk", "InstanceType", "ecs.g6.large", "ZoneId", "ap-southeast-1a")
                .at("/0/AvailableResources/AvailableResource/0");
        assertThat(resource.get("Type").textValue()).isEqualTo("DataDisk");
        var supported = resource.at("/SupportedResources/SupportedResource");
        assertThat(supported.findValuesAsText("Value"))
                .containsExactly("cloud_efficiency", "cloud_ssd", "cloud_essd", "cloud_auto");
        assertThat(supported).allSatisfy(disk -> {
            var category = disk.get("Value").textValue();
            int min = disk.get("Min").intValue();
            int max = disk.get("Max").intValue();
            assertThat(DiskCategories.comesIn(category, min)).isTrue();
            assertThat(DiskCategories.comesIn(category, max)).isTrue();
            assertThat(DiskCategories.comesIn(category, min - 1)).isFalse();
            assertThat(DiskCategories.comesIn(category, max + 1)).isFalse();
            assertThat(disk.get("Unit").textValue()).isEqualTo("GiB");
        });
    }

    @Test
    void systemDisksComeInTheSizesOfSystemDisks() {
        var disk = zones("SystemDisk", "InstanceType", "ecs.g7.large")
                .at("/0/AvailableResources/AvailableResource/0/SupportedResources/SupportedResource/0");
        assertThat(disk.get("Value").textValue()).isEqualTo("cloud_essd");
        assertThat(disk.get("Min").intValue()).isEqualTo(DiskCategories.MIN_SYSTEM_GIB);
        assertThat(disk.get("Max").intValue()).isEqualTo(DiskCategories.MAX_SYSTEM_GIB);
    }

    @Test
    void disksCanBeAskedForOnTheirOwn() {
        assertThat(values("DataDisk", "ResourceType", "disk"))
                .containsExactlyInAnyOrder(
                        "cloud", "cloud_efficiency", "cloud_ssd", "cloud_essd", "cloud_auto", "cloud_essd_entry");
        assertThat(values("DataDisk", "ResourceType", "disk", "DataDiskCategory", "cloud_ssd"))
                .containsExactly("cloud_ssd");
        assertThat(values("SystemDisk", "InstanceType", "ecs.g6.large", "SystemDiskCategory", "cloud_ssd"))
                .containsExactly("cloud_ssd");
    }

    @Test
    void instanceTypesAreNarrowedByWhatTheyHave() {
        assertThat(values("InstanceType")).hasSize(InstanceTypes.ALL.size());
        assertThat(values("InstanceType", "InstanceType", "ecs.g5.large")).containsExactly("ecs.g5.large");
        assertThat(values("InstanceType", "Cores", "2", "Memory", "16.0"))
                .containsExactlyInAnyOrder("ecs.r5.large", "ecs.r6.large", "ecs.r7.large", "ecs.r8y.large");
        assertThat(values("InstanceType", "SystemDiskCategory", "cloud"))
                .containsExactly("ecs.n4.small", "ecs.n4.large", "ecs.n4.xlarge", "ecs.n4.2xlarge");
        assertThat(zones("InstanceType", "Cores", "3")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"IoOptimized, optimized", "Network, vpc", "network, vpc"})
    void whatIsTheSameEverywhereIsSaid(String destination, String value) {
        assertThat(values(destination)).containsExactly(value);
    }

    @Test
    void thereAreNoDedicatedHosts() {
        assertThat(zones("ddh")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Zone         | RegionId           | mars-1       | INVALID_REGION_ID
                    Moon         | ZoneId             | mars-1a      | INVALID_DESTINATION_RESOURCE
                    Zone         | ResourceType       | tape         | INVALID_RESOURCE_TYPE
                    Zone         | InstanceChargeType | Barter       | INVALID_INSTANCE_CHARGE_TYPE
                    Zone         | SpotStrategy       | Haggle       | INVALID_SPOT_STRATEGY_WITH_DOT
                    Zone         | IoOptimized        | maybe        | INVALID_IO_OPTIMIZED
                    Zone         | NetworkCategory    | avian        | INVALID_NETWORK_CATEGORY
                    Zone         | DedicatedHostId    | dh-1         | INVALID_DEDICATED_HOST_ID_NOT_FOUND
                    DataDisk     | ResourceType       | instance     | INVALID_PARAM_TYPE_AND_CPU_MEM_CONFLICT
                    SystemDisk   | ZoneId             | mars-1a      | INVALID_PARAM_TYPE_AND_CPU_MEM_CONFLICT
                    Zone         | Cores              | 2            | INVALID_PARAM_CORES
                    Zone         | Memory             | 2            | INVALID_PARAM_MEMORY
                    """)
    void whatCannotBeAskedIsRefused(String destination, String parameter, String value, ErrorCode expected) {
        assertThat(((Rejection) ask(destination, parameter, value)).code()).isEqualTo(expected);
    }

    @Test
    void aTypeIsNamedOrDescribedNotBoth() {
        assertThat(((Rejection) ask("InstanceType", "InstanceType", "ecs.g5.large", "Cores", "2")).code())
                .isEqualTo(ErrorCode.INVALID_PARAM_CORES);
        assertThat(((Rejection) ask("InstanceType", "InstanceType", "ecs.g5.large", "Memory", "8")).code())
                .isEqualTo(ErrorCode.INVALID_PARAM_MEMORY);
    }
}
