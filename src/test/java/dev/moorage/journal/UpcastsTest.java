package dev.moorage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpcastsTest {
    /** An event that has changed twice: first a name, then a unit. */
    private final Upcasts upcasts = new Upcasts(Map.of(
            "disk.resized", Map.of(1, UpcastsTest::renamed, 2, tree -> tree.put("bytes", gibibytes(tree) << 30))));

    private static ObjectNode renamed(ObjectNode tree) {
        tree.set("sizeGiB", tree.remove("size"));
        return tree;
    }

    private static long gibibytes(ObjectNode tree) {
        return tree.remove("sizeGiB").longValue();
    }

    private static ObjectNode tree(String field, long value) {
        return JsonNodeFactory.instance.objectNode().put(field, value);
    }

    @Test
    void takesAnOldEventThroughEveryVersionSince() {
        assertThat(upcasts.upcast("disk.resized", 1, tree("size", 40))).isEqualTo(tree("bytes", 40L << 30));
        assertThat(upcasts.upcast("disk.resized", 2, tree("sizeGiB", 40))).isEqualTo(tree("bytes", 40L << 30));
    }

    @Test
    void leavesWhatIsOfTodayAsItIs() {
        assertThat(upcasts.upcast("disk.resized", 3, tree("bytes", 7))).isEqualTo(tree("bytes", 7));
        assertThat(upcasts.upcast("disk.detached", 1, tree("x", 7))).isEqualTo(tree("x", 7));
    }

    @Test
    void writesTheVersionOfToday() {
        assertThat(upcasts.currentVersion("disk.resized")).isEqualTo(3);
        assertThat(upcasts.currentVersion("disk.detached")).isEqualTo(1);
    }

    @Test
    void doesNotGuessAtAVersionOfTomorrow() {
        assertThatThrownBy(() -> upcasts.upcast("disk.resized", 4, tree("bytes", 7)))
                .hasMessage("this build does not know version 4 of disk.resized: was it written by a newer one?");
        assertThatThrownBy(() -> upcasts.upcast("disk.detached", 0, tree("x", 7)))
                .hasMessageContaining("version 0");
    }
}
