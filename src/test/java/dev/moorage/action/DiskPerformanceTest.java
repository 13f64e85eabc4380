package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.domain.DiskSpecBuilder;
import dev.moorage.domain.DiskType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskPerformanceTest {
    @ParameterizedTest
    @CsvSource({
        "cloud,                           '',      100,    0,     300,   300,   40,   40",
        "cloud_efficiency,                '',      100,    0,    2600,  2600,  115,  115",
        "cloud_efficiency,                '',    32768,    0,    5000,  5000,  140,  140",
        "cloud_ssd,                       '',      100,    0,    4800,  4800,  170,  170",
        "cloud_ssd,                       '',     1000,    0,   25000, 25000,  300,  300",
        "cloud_essd_entry,                '',      100,    0,    2600,  2600,  115,  115",
        "cloud_essd,                      PL0,     100,    0,    3000,  3000,  125,  125",
        "cloud_essd,                      PL1,     100,    0,    6800,  6800,  170,  170",
        "cloud_essd,                      PL2,    2000,    0,  100000, 100000, 750,  750",
        "cloud_essd,                      PL3,   20000,    0, 1000000, 1000000, 4000, 4000",
        "cloud_auto,                      '',        1,    0,    3000,  3000,  125,  125",
        "cloud_auto,                      '',      100, 1024,    7824,  7824,  186,  186",
        "cloud_regional_disk_auto,        '',      100,    0,    6800,  6800,  170,  170",
        "elastic_ephemeral_disk_standard, '',     1000,    0,  100000, 20000,  400,  200",
        "elastic_ephemeral_disk_premium,  '',     1000,    0,  300000, 150000, 1600, 1000",
        "local_ssd_pro,                   '',     1000,    0,       0,     0,    0,    0"
    })
    void growsWithTheSize(
            String category,
            String level,
            int sizeGiB,
            int provisioned,
            int readIops,
            int writeIops,
            int readThroughput,
            int writeThroughput) {
        var spec = DiskSpecBuilder.builder(Examples.spec(DiskType.DATA, true))
                .category(category)
                .performanceLevel(level)
                .sizeGiB(sizeGiB)
                .provisionedIops(provisioned)
                .build();
        assertThat(DiskPerformance.of(spec))
                .isEqualTo(new DiskPerformance(readIops, writeIops, readThroughput, writeThroughput));
    }

    @ParameterizedTest
    @CsvSource({
        "cloud_auto, 3, 0",
        "cloud_auto, 4, 1000",
        "cloud_auto, 10, 7000",
        "cloud_auto, 65536, 50000",
        "cloud_essd, 100, 0"
    })
    void moreCanBeHadForSomeDisks(String category, int sizeGiB, int max) {
        assertThat(DiskPerformance.maxProvisionedIops(category, sizeGiB)).isEqualTo(max);
    }
}
