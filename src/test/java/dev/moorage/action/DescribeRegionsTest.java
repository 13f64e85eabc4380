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

class DescribeRegionsTest {
    private static Outcome ask(String... arguments) {
        return ((Query) Examples.verb("DescribeRegions", arguments)).answer(new World().of("nobody"), Examples.NOW);
    }

    private static JsonNode regions(String... arguments) {
        return ((Outcome.Success) ask(arguments)).body().at("/Regions/Region");
    }

    @Test
    void listsEveryRegionOnceWithItsEndpoint() {
        assertThat(regions().findValuesAsText("RegionId"))
                .hasSize(29)
                .doesNotHaveDuplicates()
                .contains("cn-hangzhou", "me-central-1")
                .allMatch(Regions::isRegion);
        assertThat(regions()).allSatisfy(region -> {
            assertThat(region.get("RegionEndpoint").textValue())
                    .isEqualTo("ecs." + region.get("RegionId").textValue() + ".aliyuncs.com");
            assertThat(region.get("Status").textValue()).isEqualTo("available");
            assertThat(region.get("LocalName").textValue()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''    | \u534e\u4e1c1\uff08\u676d\u5dde\uff09
                    zh-CN | \u534e\u4e1c1\uff08\u676d\u5dde\uff09
                    en-US | China (Hangzhou)
                    en-us | China (Hangzhou)
                    ja    | \u4e2d\u56fd (\u676d\u5dde)
                    """)
    void namesThemInTheLanguageThatIsWanted(String language, String name) {
        assertThat(regions("AcceptLanguage", language))
                .anySatisfy(region ->
                        assertThat(region.get("LocalName").textValue()).isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource({"instance", "Instance", "disk", "reservedinstance", "scu"})
    void everyRegionHasEverything(String resource) {
        assertThat(regions("ResourceType", resource, "InstanceChargeType", "SpotAsPriceGo"))
                .hasSize(29);
    }

    @ParameterizedTest
    @CsvSource({
        "AcceptLanguage, fr,   INVALID_ACCEPT_LANGUAGE_NOT_FOUND",
        "ResourceType,   tape, INVALID_RESOURCE_TYPE_NOT_FOUND"
    })
    void whatCannotBeAskedIsRefused(String parameter, String value, ErrorCode expected) {
        assertThat(((Rejection) ask(parameter, value)).code()).isEqualTo(expected);
    }
}
