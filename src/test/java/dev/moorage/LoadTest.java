package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver against the product. */
class LoadTest {
    private static final int STALLED_CALL = 100;
    private static final String ONE_DISK = """
            {"Disks": {"Disk": [{"DiskId": "d-1", "InstanceId": "i-1", "Status": "In_use",
              "Attachments": {"Attachment": [{"InstanceId": "i-1"}]}}]}}
            """;

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
        assertThat(run("load", "compare", json.toString(), json.toString()))
                .as("%s%s", out, err)
                .isZero();
        assertThat(out.toString()).containsPattern("DetachDisk p99 .* 1[.]00");
    }

    @Test
    void aServerOfItsOwnHasTheSettingsOfTheWorkload() throws IOException {
        var json = directory.resolve("limited.json");
        int exitCode = run(
                "load",
                "detach-storm",
                "--set",
                "fleet.instances=5",
                "--set",
                "server.timeScale=100",
                "--set",
                "server.settings.throttling.limits.DetachDisk=8",
                "--set",
                "server.settings.throttling.code=Throttling.User",
                "--set",
                "assertions=[]",
                "--json",
                json.toString());
        assertThat(exitCode).as("%s%s", out, err).isZero();
        var detach = new ObjectMapper().readTree(json.toFile()).path("actions").path("DetachDisk");
        assertThat(detach.path("errors").path("Throttling.User").asInt())
                .as("of 20, in a minute of 600 ms or two")
                .isBetween(4, 12);
    }

    @Test
    void aSettingThatNoServerHasIsSaid() {
        assertThat(run("load", "detach-storm", "--set", "server.settings.trottling.code=Throttling"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no setting moorage.trottling.code");
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

    @ParameterizedTest
    @ValueSource(strings = {"csi", "terraform"})
    void aClientTriesAgainUntilAllIsDetached(String client) throws IOException {
        var json = directory.resolve("drain.json");
        int exitCode = run(
                "load",
                "detach-storm",
                "--client",
                client,
                "--set",
                "fleet.instances=2",
                "--set",
                "server.timeScale=100",
                "--json",
                json.toString());
        assertThat(exitCode).as("%s%s", out, err).isZero();
        var report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.path("run").path("client").asText()).isEqualTo(client);
        assertThat(report.path("detaching").path("count").asInt()).isEqualTo(8);
        assertThat(report.path("arrivals").path("repeated").asInt()).isGreaterThan(0);
    }

    @Test
    void aTargetIsGivenTheWorkloadsFleet() {
        try (var server = RunningServer.start()) {
            assertThat(run(
                            "load",
                            "reads",
                            "--target",
                            server.url(),
                            "--set",
                            "fleet.instances=3",
                            "--set",
                            "limits.calls=50",
                            "--set",
                            "server.settings.seed=7",
                            "--set",
                            "assertions=[]"))
                    .as("%s%s", out, err)
                    .isNotEqualTo(2);
            assertThat(out.toString()).contains("The server's own settings hold");
            assertThat(out.toString())
                    .contains(
                            "The server had 5 attached data disks: the workload's fleet, 3 instances with 4 disks each, was asked for, and it has 17 now");
        }
    }

    @Test
    void aServerThatStallsIsSeenInTheLatencyOfAllThatWaited() throws IOException {
        var json = directory.resolve("stall.json");
        var answered = new AtomicInteger();
        var never = new CountDownLatch(1);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (answered.incrementAndGet() == STALLED_CALL) stall(never);
            var body = ONE_DISK.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            run(
                    "load",
                    "reads",
                    "--target",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "--set",
                    "fleet=existing",
                    "--set",
                    "connections=1",
                    "--set",
                    "phases=[{arrivals{kind=constant,rate=100},duration=3s,calls{describe=1}}]",
                    "--json",
                    json.toString());
        } finally {
            server.stop(0);
        }
        var reads = new ObjectMapper().readTree(json.toFile()).path("actions").path("DescribeDisks");
        assertThat(reads.path("answered").asInt()).isEqualTo(300);
        assertThat(reads.path("latency").path("max").asLong()).isGreaterThan(900_000);
        assertThat(reads.path("latency").path("p90").asLong())
                .as("a third of the calls were to begin during the second in which nothing was answered")
                .isGreaterThan(300_000);
        assertThat(reads.path("service").path("p95").asLong())
                .as("once sent all but one were quick")
                .isLessThan(300_000);
    }

    @Test
    void whoEndsARunEarlyStillGetsItsReport() throws IOException, InterruptedException {
        var json = directory.resolve("stopped.json");
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.moorage.Moorage",
                "load",
                Path.of("conf", "workloads", "steady.conf").toString(),
                "--set",
                "fleet.instances=5",
                "--json",
                json.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            out.append(line).append('\n');
            if (line.matches(" +2 .*")) process.toHandle().destroy();
        }
        assertThat(process.waitFor()).as("%s", out).isEqualTo(128 + 15);
        assertThat(out.toString()).contains("the run was stopped before its end");
        var report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.path("actions").path("DescribeDisks").path("answered").asInt())
                .isBetween(50, 1_000);
        assertThat(report.path("invariants"))
                .hasSize(4)
                .allSatisfy(
                        promise -> assertThat(promise.path("broken").asInt()).isZero());
    }

    @Test
    void twoReportsDoNotGoToOneFile() {
        String file = directory.resolve("report").toString();
        assertThat(run("load", "reads", "--report", file, "--json", file)).isEqualTo(2);
        assertThat(err.toString()).contains("cannot both be written to");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aServerOfItsOwnDoesNotSpeakHttps() {
        var tls = Path.of("src/test/resources/tls").toAbsolutePath();
        assertThat(run(
                        "load",
                        "reads",
                        "--set",
                        "server.settings.tls.cert=\"" + tls.resolve("rsa.crt.pem") + "\"",
                        "--set",
                        "server.settings.tls.key=\"" + tls.resolve("rsa.pkcs8.pem") + "\""))
                .isEqualTo(2);
        assertThat(err.toString()).contains("have it speak HTTPS");
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidBeforeTheRun() {
        assertThat(run(
                        "load",
                        "reads",
                        "--report",
                        directory.resolve("no/page.html").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no directory for it");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aServerThatIsGoneAtTheEndLeavesAReport() throws IOException {
        var json = directory.resolve("gone.json");
        var answered = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean isAlive = answered.incrementAndGet() < STALLED_CALL;
            var body = ONE_DISK.getBytes(StandardCharsets.UTF_8);
            if (isAlive) exchange.sendResponseHeaders(200, body.length);
            if (isAlive) exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            assertThat(run(
                            "load",
                            "reads",
                            "--target",
                            "http://127.0.0.1:" + server.getAddress().getPort(),
                            "--set",
                            "fleet=existing",
                            "--set",
                            "connections=1",
                            "--set",
                            "phases=[{arrivals{kind=constant,rate=100},duration=2s,calls{describe=1}}]",
                            "--json",
                            json.toString()))
                    .isEqualTo(1);
        } finally {
            server.stop(0);
        }
        var report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.path("failure").asText()).contains("nothing could be checked at the end");
        assertThat(report.path("actions")
                        .path("DescribeDisks")
                        .path("errors")
                        .path("reset")
                        .asInt())
                .isGreaterThan(50);
    }

    private static void stall(CountDownLatch never) {
        try {
            assertThat(never.await(1, TimeUnit.SECONDS)).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anotherMachineIsNotDrivenByMistake() {
        assertThat(run("load", "reads", "--target", "http://192.0.2.1:80")).isEqualTo(2);
        assertThat(err.toString()).contains("--allow-remote");
    }

    private int run(String... args) {
        return Moorage.commandLine(args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
