package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void listsTheClients() {
        var ran = Ran.moorage("env");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("cli ", "terraform ", "csi ", "go ", "python ", "java ", "node ");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cli", "terraform", "csi", "go", "python", "java", "node"})
    void printsWhatPointsAClientAtARunningServer(String client) {
        var ran = Ran.moorage("env", "--for", client, "--target", server.url());

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains(server.endpoint(), "testid", "testsecret")
                .doesNotContain("@endpoint@", "@url@", "@host@")
                .endsWith("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "cli, ALIBABA_CLOUD_ENDPOINT",
        "csi, ECS_ENDPOINT",
    })
    void printsForAShellWhatAShellTakes(String client, String variable) throws Exception {
        String lines =
                Ran.moorage("env", "--for", client, "--target", server.url()).out();

        var builder = new ProcessBuilder("bash", "-euc", "eval \"$1\"; printf %s \"$" + variable + "\"", "bash", lines);
        builder.environment().remove("NO_PROXY");
        var shell = builder.redirectErrorStream(true).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(server.endpoint());
        assertThat(shell.waitFor()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9, 127.0.0.1:9",
        "http://127.0.0.1:9/, 127.0.0.1:9",
        "http://[::1]:9, [::1]:9",
        "http://nowhere.invalid, nowhere.invalid",
    })
    void printsTheLinesAlsoWhereNothingAnswers(String target, String endpoint) {
        var ran = Ran.moorage("env", "--for", "cli", "--target", target);

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("ALIBABA_CLOUD_ENDPOINT=\"" + endpoint + "\"");
        assertThat(ran.err())
                .isEqualTo("moorage: No Moorage answers at " + target.replaceFirst("/$", "") + System.lineSeparator());
    }

    @Test
    void doesNotWaitForOneThatSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ran = Ran.moorage("env", "--for", "cli", "--target", "http://127.0.0.1:" + silent.getLocalPort());

            assertThat(ran.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void saysWhichClientsThereAre() {
        var ran = Ran.moorage("env", "--for", "pulumi");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("moorage: There is no client pulumi; there are cli, terraform, csi, go, python, java, node"
                        + " (see moorage env --help)" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8642",
                "ftp://127.0.0.1:8642",
                "http://",
                "http://127.0.0.1:8642/api",
                "http://127.0.0.1:8642?x=y",
                "http://127.0.0.1:8642/;touch x",
                "http://a\"$(touch x)\":1",
                "nonsense",
                "",
            })
    void takesNoTargetThatIsNoAddress(String target) {
        var ran = Ran.moorage("env", "--for", "cli", "--target", target);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("moorage: --target is an address such as http://127.0.0.1:8642, not ");
    }
}
