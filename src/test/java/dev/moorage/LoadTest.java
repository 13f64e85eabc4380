package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver against the product. */
class LoadTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v3", "none"})
    void aStormOnAServerOfItsOwnEndsWithEveryDiskAvailable(String signature) throws IOException {
        var json = directory.resolve("storm.json");
        int exitCode = run(
                "load",
                "detach-storm",
                "--set",
                "fleet.instances=5",
                "--set",
                "server.timeScale=100",
                "--set",
                "poll=100ms",
                "--signature",
                signature,
                "--json",
                json.toString());
        assertThat(exitCode).as("%s%s", out, err).isZero();
        var report = new ObjectMapper().readTree(json.toFile());
        var detach = report.path("actions").path("DetachDisk");
        assertThat(detach.path("answered").asInt()).isEqualTo(20);
        assertThat(detach.path("errors")).isEmpty();
        assertThat(report.path("detaching").path("count").asInt()).isEqualTo(20);
        assertThat(report.path("detaching").path("min").asLong())
                .as("60 s, a hundred times as fast")
                .isGreaterThan(300_000);
        assertThat(report.path("invariants"))
                .hasSize(4)
                .allSatisfy(invariant ->
                        assertThat(invariant.path("broken").asInt()).isZero());
    }

    @Test
    void anAssertionThatFailsIsSaid() {
        try (var server = RunningServer.start()) {
            assertThat(run(
                            "load",
                            "reads",
                            "--target",
                            server.url(),
                            "--set",
                            "limits.calls=50",
                            "--set",
                            "assertions=[\"describe.max < 1us\"]"))
                    .as("%s%s", out, err)
                    .isEqualTo(2);
            assertThat(out.toString()).contains("FAIL describe.max < 1us");
        }
    }

    @Test
    void whatTheServerRefusesIsSaid() {
        try (var server = RunningServer.start("moorage.auth = required")) {
            assertThat(run("load", "reads", "--target", server.url(), "--access-key-id", "nobody"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("InvalidAccessKeyId.NotFound");
        }
    }

    @Test
    void anotherMachineIsNotDrivenByMistake() {
        assertThat(run("load", "reads", "--target", "http://192.0.2.1:80")).isEqualTo(2);
        assertThat(err.toString()).contains("--allow-remote");
    }

    private int run(String... args) {
        return Moorage.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
