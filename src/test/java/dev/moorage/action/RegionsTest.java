package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionsTest {
    @ParameterizedTest
    @CsvSource({
        "cn-hangzhou,    cn-hangzhou-b,   true",
        "cn-hangzhou,    cn-hangzhou-z,   true",
        "cn-hangzhou,    cn-hangzhou-B,   false",
        "cn-hangzhou,    cn-hangzhou-bb,  false",
        "cn-hangzhou,    cn-hangzhoub,    false",
        "cn-hangzhou,    cn-beijing-b,    false",
        "ap-southeast-1, ap-southeast-1a, true",
        "ap-southeast-1, ap-southeast-1-a, false",
        "mars-1,         mars-1a,         false"
    })
    void knowsAZoneByItsLetter(String region, String zone, boolean expected) {
        assertThat(Regions.isZone(region, zone)).isEqualTo(expected);
        assertThat(Regions.ofZone(zone).equals(region)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"cn-hangzhou, cn-hangzhou-b", "ap-southeast-1, ap-southeast-1b", "me-east-1, me-east-1a"})
    void choosesAZoneThatIsListed(String region, String zone) {
        assertThat(Regions.defaultZone(region)).isEqualTo(zone);
    }

    @Test
    void everyRegionChoosesAZoneThatIsListed() {
        assertThat(Regions.ALL)
                .allSatisfy(region -> assertThat(region.listedZones()).contains(region.defaultZone()));
    }

    @ParameterizedTest
    @CsvSource({"cn-hangzhou, bp1", "eu-central-1, gw8", "cn-chengdu, 000", "mars-1, 000"})
    void idsShowTheRegionWhereItsPrefixIsKnown(String region, String prefix) {
        assertThat(Regions.idPrefix(region)).isEqualTo(prefix);
    }

    @Test
    void everyPlaceHasANameInEveryLanguage() {
        for (var region : Regions.ALL) {
            for (var language : Language.values()) {
                assertThat(region.name(language)).isNotBlank();
                assertThat(region.listedZones())
                        .allSatisfy(zone -> assertThat(zone.name(language)).isNotBlank());
            }
        }
    }
}
