package dev.moorage.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.moorage.action.Actions;
import dev.moorage.domain.Throttling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottlingTextTest {
    private final ThrottlingText reader = new ThrottlingText(Actions.specs().keySet());

    private Throttling read(String text) {
        return reader.read(ConfigFactory.parseString(text));
    }

    @Test
    void readsNamesPatternsAndACode() {
        var throttling =
                read("code = Throttling.Api, limits { DetachDisk = 500, \"Describe*\" = 1000, \"*\" = \"7\" }");

        assertThat(throttling.code()).isEqualTo("Throttling.Api");
        assertThat(throttling.limits())
                .containsExactlyInAnyOrderEntriesOf(Map.of("DetachDisk", 500L, "Describe*", 1000L, "*", 7L));
    }

    @Test
    void saysNothingByDefault() {
        assertThat(read("")).isEqualTo(Throttling.OFF);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            code = Throtling             | throttling.code is one of Throttling, Throttling.User, Throttling.Api, not Throtling. Did you mean Throttling?
            limits { DetachDisc = 1 }    | Did you mean DetachDisk?
            limits { DetachDisk = -1 }   | throttling.limits.DetachDisk is how many calls a minute there are, 0 or more, not -1
            limits { DetachDisk = many } | 0 or more, not many
            limits { DetachDisk = 1.5 }  | 0 or more, not 1.5
            limits = 5                   | throttling cannot be read
            limit { DetachDisk = 1 }     | Did you mean limits?
            """)
    void saysWhatIsWrong(String text, String sentence) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void readsTheVendorsNumbers() {
        var vendor = reader.profiles(Path.of("conf/throttling")).get("vendor");

        assertThat(vendor.limits())
                .containsEntry("DetachDisk", 500L)
                .containsEntry("CreateInstance", 200L)
                .containsKey("*");
    }

    @Test
    void saysWhichFileCannotBeRead(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("mine.conf"), "moorage.throttling.limits.DetachDisk = many");

        assertThatThrownBy(() -> reader.profiles(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mine.conf cannot be read");
        assertThat(reader.profiles(directory.resolve("none"))).isEmpty();
    }
}
