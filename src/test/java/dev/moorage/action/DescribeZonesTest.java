package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeZonesTest {
    private static Outcome ask(String region, String... arguments) {
        var all = new String[arguments.length + 2];
        all[0] = "RegionId";
        all[1] = region;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return ((Query) Examples.verb("DescribeZones", all)).answer(new World().of("nobody"), Examples.NOW);
    }

    private static JsonNode zones(String region, String... arguments) {
        return ((Outcome.Success) ask(region, arguments)).body().at("/Zones/Zone");
    }

    @Test
    void listsTheZonesOfTheRegion() {
        assertThat(zones("cn-hangzhou").findValuesAsText("ZoneId"))
                .startsWith("cn-hangzhou-b", "cn-hangzhou-c")
                .allMatch(zone -> Regions.isZone("cn-hangzhou", zone));
        assertThat(zones("ap-southeast-1").findValuesAsText("ZoneId"))
                .containsExactly("ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c");
    }

    @Test
    void everyZoneSellsWhatThereIs() {
        assertThat(zones("cn-beijing")).allSatisfy(zone -> {
            assertThat(zone.at("/AvailableInstanceTypes/InstanceTypes")).hasSize(InstanceTypes.ALL.size());
            assertThat(zone.at("/AvailableDiskCategories/DiskCategories"))
                    .extracting(JsonNode::textValue)
                    .contains("cloud", "cloud_efficiency", "cloud_ssd", "cloud_essd", "cloud_auto", "cloud_essd_entry");
            assertThat(zone.at("/AvailableResourceCreation/ResourceTypes"))
                    .extracting(JsonNode::textValue)
                    .contains("Instance", "Disk", "VSwitch");
            assertThat(zone.at("/AvailableResources/ResourcesInfo/0/InstanceTypeFamilies/supportedInstanceTypeFamily"))
                    .extracting(JsonNode::textValue)
                    .contains("ecs.t5", "ecs.g8y");
        });
    }

    @Test
    void leavesTheDetailsOutForWhoDoesNotWantThem() {
        assertThat(zones("cn-beijing", "Verbose", "false"))
                .allSatisfy(zone -> assertThat(zone.has("AvailableResources")).isFalse());
        assertThat(zones("cn-beijing", "Verbose", "true"))
                .allSatisfy(zone -> assertThat(zone.has("AvailableResources")).isTrue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''    | \u676d\u5dde \u53ef\u7528\u533aB
                    en-US | Hangzhou Zone B
                    ja    | \u676d\u5dde \u30be\u30fc\u30f3B
                    """)
    void namesThemInTheLanguageThatIsWanted(String language, String name) {
        assertThat(zones("cn-hangzhou", "AcceptLanguage", language).findValuesAsText("LocalName"))
                .contains(name);
    }

    @ParameterizedTest
    @CsvSource({"InstanceChargeType, PrePaid", "InstanceChargeType, PostPaid", "SpotStrategy, SpotAsPriceGo"})
    void theTermsMakeNoDifference(String parameter, String value) {
        assertThat(zones("cn-hangzhou", parameter, value)).isEqualTo(zones("cn-hangzhou"));
    }

    @ParameterizedTest
    @CsvSource({
        "cn-hangzhou, InstanceChargeType, Barter,  INVALID_INSTANCE_CHARGE_TYPE_NOT_FOUND",
        "cn-hangzhou, SpotStrategy,       Haggle,  INVALID_SPOT_STRATEGY",
        "cn-hangzhou, AcceptLanguage,     fr,      INVALID_ACCEPT_LANGUAGE_NOT_FOUND",
        "mars-1,      AcceptLanguage,     fr,      INVALID_REGION_ID_NOT_FOUND"
    })
    void whatCannotBeAskedIsRefused(String region, String parameter, String value, ErrorCode expected) {
        assertThat(((Rejection) ask(region, parameter, value)).code()).isEqualTo(expected);
    }
}
