package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InstanceTypesTest {
    @Test
    void findsATypeByItsId() {
        var type = InstanceTypes.find("ecs.g5.large").orElseThrow();
        assertThat(type.cores()).isEqualTo(2);
        assertThat(type.memoryGiB()).isEqualByComparingTo("8");
        assertThat(type.family().id()).isEqualTo("ecs.g5");
        assertThat(InstanceTypes.find("ecs.none.large")).isEmpty();
    }

    @Test
    void everyTypeIsNamedAfterItsFamily() {
        assertThat(InstanceTypes.ALL)
                .allSatisfy(type -> assertThat(type.id()).matches(type.family().id() + "[.-].+"));
        assertThat(InstanceTypes.FAMILIES).extracting(InstanceFamily::id).doesNotHaveDuplicates();
    }

    @Test
    void everyTypeTakesDisksThatCanBeMade() {
        assertThat(InstanceTypes.FAMILIES)
                .allSatisfy(family ->
                        assertThat(family.diskCategories()).isNotEmpty().allMatch(DiskCategories::canBeMade));
    }

    @Test
    void onlyWhatHasGpusNamesThem() {
        assertThat(InstanceTypes.ALL)
                .allSatisfy(type -> assertThat(type.size().gpus() > 0)
                        .isEqualTo(type.family().gpu() != null));
    }
}
