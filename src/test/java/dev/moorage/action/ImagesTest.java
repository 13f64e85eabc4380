package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImagesTest {
    @Test
    void findsAnImageByItsId() {
        var image = Images.find("centos_7_9_x64_20G_alibase_20240628.vhd").orElseThrow();
        assertThat(image.platform()).isEqualTo("CentOS");
        assertThat(image.osType()).isEqualTo("linux");
        assertThat(Images.find("m-unknown")).isEmpty();
    }

    @Test
    void everyImageIsOfItsSizeAndTime() {
        assertThat(Images.ALL).allSatisfy(image -> {
            assertThat(image.id()).contains("_" + image.size() + "G_");
            assertThat(Instant.parse(image.creationTime())).isAfter("2019-01-01T00:00:00Z");
        });
    }

    @Test
    void everyTypeHasAnImageThatRunsOnIt() {
        assertThat(InstanceTypes.ALL).allSatisfy(type -> assertThat(Images.ALL).anyMatch(image -> image.runsOn(type)));
    }
}
