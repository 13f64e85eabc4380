package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line before any tool has its turn. */
class MoorageTest {
    private static final Pattern TOOL = Pattern.compile("(?m)^  ([a-z]+) ");

    @Test
    void whoNamesNoToolIsToldOfAllThatThereAre() {
        var help = Ran.moorage("--help");
        var tools =
                TOOL.matcher(help.out()).results().map(tool -> tool.group(1)).toList();
        assertThat(tools).hasSizeGreaterThan(15).contains("serve", "load", "simulate", "journal");

        var nothing = Ran.moorage();
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("There are " + String.join(", ", tools));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "load", "simulate", "journal", "clock"})
    void aToolThatIsNamedSaysWhatItTakes(String tool) {
        var help = Ran.moorage(tool, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: moorage " + tool + " ");
    }

    @Test
    void anOptionBeforeTheToolIsTakenFirst() {
        assertThat(Ran.moorage("--version", "serve").out()).startsWith("moorage ");
    }

    @Test
    void aToolOfAToolThatThereIsNotIsRefused() {
        assertThat(Ran.moorage("journal", "frob").err()).startsWith("moorage: There is no frob, but list, ");
        assertThat(Ran.moorage("journal", "--frob").err()).contains("--frob").doesNotContain("There is no");
    }

    @Test
    void aToolThatThereIsNotIsRefused() {
        var ran = Ran.moorage("srve", "--port", "0");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("moorage: There is no srve, but serve, ");
        assertThat(ran.out()).isEmpty();
    }
}
