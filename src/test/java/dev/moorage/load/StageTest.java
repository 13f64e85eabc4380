package dev.moorage.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final String ZONE = "cn-hangzhou-h";

    private final LinkedHashMap<String, Inventory.Entry> disks = new LinkedHashMap<>();

    private void on(String instance, int count, String zone) {
        for (int i = 0; i < count; i++) {
            disks.put(instance + "-" + i, new Inventory.Entry(instance, "In_use", 1, zone, "cn-hangzhou"));
        }
    }

    private void free(int count, String zone) {
        for (int i = 0; i < count; i++) {
            disks.put("free-" + zone + "-" + i, new Inventory.Entry("", "Available", 0, zone, "cn-hangzhou"));
        }
    }

    private Stage stage() {
        return Stage.of(new Inventory(disks), "cn-hangzhou");
    }

    private static long at(Stage stage, String instance) {
        return Arrays.stream(stage.instanceIds()).filter(instance::equals).count();
    }

    @Test
    void freeDisksAreSpreadOverTheInstancesOfTheirZone() {
        on("i-1", 1, ZONE);
        on("i-2", 5, ZONE);
        on("i-3", 1, "cn-hangzhou-i");
        free(6, ZONE);
        assertThat(at(stage(), "i-1")).isEqualTo(6);
        assertThat(at(stage(), "i-2")).isEqualTo(6);
        assertThat(at(stage(), "i-3")).isEqualTo(1);
        assertThat(stage().attached()).isEqualTo(7);
    }

    @Test
    void noInstanceIsToHaveMoreDisksThanItCan() {
        on("i-1", 10, ZONE);
        free(10, ZONE);
        free(1, "cn-hangzhou-i");
        assertThat(stage().diskIds()).hasSize(16);
        assertThat(at(stage(), "i-1")).isEqualTo(16);
    }

    @Test
    void whatIsOnItsWayIsLeftOut() {
        on("i-1", 1, ZONE);
        disks.put("d-1", new Inventory.Entry("i-1", "Detaching", 1, ZONE, "cn-hangzhou"));
        assertThat(stage().diskIds()).containsExactly("i-1-0");
    }
}
