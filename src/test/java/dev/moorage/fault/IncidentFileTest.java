package dev.moorage.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.domain.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IncidentFileTest {
    private static final String TEXT = """
            description = "Something."
            clients { all = "wait" }
            parameters = [diskId, instanceId, tag, share, count, until]
            required = [code]
            knobs { action = DetachDisk, code = "" }
            rules = [
              { match { actions = [${knobs.action}] }, effect { error = ${knobs.code} } }
              { match { actions = [AttachDisk] }, effect { progression = manual } }
            ]
            """;

    @TempDir
    private Path directory;

    private IncidentFile file() throws IOException {
        Files.writeString(directory.resolve("something.conf"), TEXT);
        return IncidentFile.all(directory).get("something");
    }

    private static List<Rule> rules(IncidentFile file, Map<String, String> told) {
        return file.rules(told, Situations.reader(), Situations.NOW);
    }

    @Test
    void saysWhatItIs() throws IOException {
        var file = file();

        assertThat(file.name()).isEqualTo("something");
        assertThat(file.description()).isEqualTo("Something.");
        assertThat(file.clients()).containsExactly(Map.entry("all", "wait"));
        assertThat(file.knobs()).containsOnlyKeys("action", "code");
        assertThat(file.with(Map.of("code", "InternalError")))
                .isEqualTo(Map.of("action", "DetachDisk", "code", "InternalError"));
    }

    @Test
    void putsWhatItIsToldIntoAllItsRules() throws IOException {
        var rules = rules(
                file(),
                Map.of(
                        "code", "InternalError",
                        "action", "Detach*",
                        "diskId", "d-1",
                        "instanceId", "i-1",
                        "tag", "team=storage",
                        "share", "0.5",
                        "count", "3",
                        "until", "10m"));

        assertThat(rules).hasSize(2).allSatisfy(rule -> {
            assertThat(rule.match().diskIds()).containsExactly("d-1");
            assertThat(rule.match().instanceIds()).containsExactly("i-1");
            assertThat(rule.match().tag()).isEqualTo("team=storage");
            assertThat(rule.limits().share()).isEqualTo(0.5);
            assertThat(rule.limits().count()).isEqualTo(3);
            assertThat(rule.limits().until()).isEqualTo("2026-01-02T03:14:05Z");
        });
        assertThat(rules.get(0).match().actions()).containsExactly("Detach*");
        assertThat(rules.get(0).effect().error()).isEqualTo("InternalError");
    }

    @ParameterizedTest
    @CsvSource({
        "share, 1, code is missing: Something.",
        "dskId, d-1, Did you mean diskId?",
        "code, InternalErr, Did you mean InternalError?",
        "share, 2, 'share is above 0, up to 1, not 2.0'",
        "until, soon, until is manual",
    })
    void saysWhatIsWrong(String parameter, String value, String sentence) throws IOException {
        var told = new LinkedHashMap<String, String>();
        if (!sentence.startsWith("code is missing")) told.put("code", "InternalError");
        told.put(parameter, value);
        var file = file();

        assertThatThrownBy(() -> rules(file, told))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void saysWhichFileCannotBeRead() throws IOException {
        Files.writeString(directory.resolve("broken.conf"), "description = [");

        assertThatThrownBy(() -> IncidentFile.all(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken.conf cannot be read");
    }

    @Test
    void whereThereIsNoDirectoryThereAreNone() {
        assertThat(IncidentFile.all(directory.resolve("none"))).isEmpty();
    }

    static List<IncidentFile> catalogue() {
        return List.copyOf(IncidentFile.all(Path.of("conf/incidents")).values());
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void eachOfTheCatalogueCanBegin(IncidentFile file) {
        var told = new LinkedHashMap<String, String>();
        file.required().forEach(parameter -> told.put(parameter, "i-1"));
        // A rule whose share is 0 is left out.
        file.knobs().keySet().stream().filter(knob -> knob.endsWith("Share")).forEach(knob -> told.put(knob, "0.5"));

        if (!file.name().equals("socket-refused")) assertThat(rules(file, told)).isNotEmpty();
        assertThat(file.description()).endsWith(".");
        assertThat(file.clients()).isNotEmpty();
        assertThat(IncidentFile.TARGETS).containsAll(file.parameters());
    }
}
