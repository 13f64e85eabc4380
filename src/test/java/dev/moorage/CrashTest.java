package dev.moorage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Story;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.Recorded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The product as its users start it: in a process of its own, which is killed, stopped, or refuses to start. */
@Timeout(180)
class CrashTest {
    private static final int INSTANCES = 250;
    private static final int DISKS = 1_000;
    private static final int CLIENTS = 16;
    private static final int ANSWERS_BEFORE_THE_END = 300;
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Pattern READY = Pattern.compile(
            "Moorage is ready at (http://\\S+), .*: (\\d+) instances, (\\d+) disks, (\\d+) unfinished.*");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<Process> processes = new ConcurrentLinkedQueue<>();

    CrashTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void endWhatWasStarted() {
        processes.forEach(Process::destroyForcibly);
    }

    /** A server in a process of its own. */
    private record Running(
            Process process,
            String url,
            Instant startedAt,
            Instant readyAt,
            int instances,
            int disks,
            int unfinished) {}

    private Process serve(String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dmoorage.home=" + HOME,
                "-Dlogback.configurationFile=" + HOME.resolve("conf/logback.xml"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.moorage.Moorage",
                "serve"));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).directory(directory.toFile()).start();
        processes.add(process);
        return process;
    }

    private Running start(Path fleet) throws IOException {
        var startedAt = Instant.now();
        var process =
                serve("--port", "0", "--data", data().toString(), "--fleet", fleet.toString(), "--detach-time", "2s");
        drain(process);
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line = output.readLine();
        var readyAt = Instant.now();
        assertThat(line).matches(READY);
        var ready = READY.matcher(line);
        assertThat(ready.matches()).isTrue();
        return new Running(
                process,
                ready.group(1),
                startedAt,
                readyAt,
                Integer.parseInt(ready.group(2)),
                Integer.parseInt(ready.group(3)),
                Integer.parseInt(ready.group(4)));
    }

    /** A process whose standard error nobody reads stops when the pipe is full. */
    private static void drain(Process process) {
        var drain = new Thread(
                () -> {
                    try (var errors = process.getErrorStream()) {
                        errors.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // It ended.
                    }
                },
                "drain");
        drain.setDaemon(true);
        drain.start();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path fleet(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private JsonNode call(String url, String action, String arguments) throws IOException, InterruptedException {
        var uri =
                URI.create(url + "/?Version=2014-05-26&Format=JSON&RegionId=cn-hangzhou&Action=" + action + arguments);
        var request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private String detach(String url, String disk, String instance) throws IOException, InterruptedException {
        return call(url, "DetachDisk", "&DiskId=" + disk + "&InstanceId=" + instance)
                .path("Code")
                .asText("OK");
    }

    private Map<String, JsonNode> disks(String url) throws IOException, InterruptedException {
        var disks = new TreeMap<String, JsonNode>();
        for (int page = 1; page <= DISKS / 100; page++) {
            for (var disk : call(url, "DescribeDisks", "&PageSize=100&PageNumber=" + page)
                    .at("/Disks/Disk")) {
                disks.put(disk.path("DiskId").asText(), disk);
            }
        }
        assertThat(disks).hasSize(DISKS);
        return disks;
    }

    private static String statusOf(JsonNode disk) {
        return disk.path("Status").asText();
    }

    /** Detaches disks, each by one call from one of several clients. Returns the codes of the answers that came. */
    private Map<String, String> detachAll(String url, Collection<JsonNode> disks, Runnable answered) throws Exception {
        Map<String, String> codes = new ConcurrentHashMap<>();
        var queue = new ConcurrentLinkedQueue<>(disks);
        var clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var work = Collections.<Callable<Void>>nCopies(CLIENTS, () -> {
                for (var disk = queue.poll(); disk != null; disk = queue.poll()) {
                    String id = disk.path("DiskId").asText();
                    try {
                        codes.put(id, detach(url, id, disk.path("InstanceId").asText()));
                        answered.run();
                    } catch (IOException e) {
                        // The server is gone: nobody knows what became of this one.
                    }
                }
                return null;
            });
            for (var client : clients.invokeAll(work)) client.get();
        } finally {
            clients.shutdownNow();
        }
        return codes;
    }

    private Map<String, String> detachAllAndKill(Running server, Collection<JsonNode> disks) throws Exception {
        var countdown = new AtomicInteger(ANSWERS_BEFORE_THE_END);
        return detachAll(server.url(), disks, () -> {
            if (countdown.decrementAndGet() == 0) server.process().destroyForcibly();
        });
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        var fleet = fleet("fleet.conf", "generate = { instances = " + INSTANCES + ", disksPerInstance = 4 }");
        var first = start(fleet);
        assertThat(List.of(first.instances(), first.disks(), first.unfinished()))
                .containsExactly(INSTANCES, DISKS, 0);
        var before = disks(first.url());
        var acknowledged = detachAllAndKill(first, before.values());
        assertThat(first.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged.values())
                .as("answers to the only call for each disk")
                .containsOnly("OK");
        assertThat(acknowledged).as("killed in the middle").hasSizeBetween(ANSWERS_BEFORE_THE_END, DISKS - 1);

        var second = start(fleet);
        assertThat(List.of(second.instances(), second.disks())).containsExactly(INSTANCES, DISKS);
        var after = disks(second.url());
        for (var id : acknowledged.keySet()) {
            assertThat(statusOf(after.get(id))).as(id).isIn("Detaching", "Available");
        }
        // Who got no answer repeats the call. It may have taken effect before.
        var others = new TreeMap<>(before);
        others.keySet().removeAll(acknowledged.keySet());
        var again = detachAll(second.url(), others.values(), () -> {});
        assertThat(again).hasSameSizeAs(others);
        assertThat(again.values()).isSubsetOf("OK", "IncorrectDiskStatus", "DependencyViolation");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(disks(second.url()).values())
                        .extracting(CrashTest::statusOf)
                        .containsOnly("Available"));

        assertSaid("is in use by process " + second.process().pid(), "--port", "0", "--data", data().toString());
        second.process().destroy();
        assertThat(second.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertHistoriesAreSound(second);
    }

    @Test
    void whatWasAcknowledgedBeforeAnOrderlyStopIsThere() throws Exception {
        var fleet = fleet("fleet.conf", "generate = { instances = 1, disksPerInstance = 1 }");
        var first = start(fleet);
        var made = new ConcurrentLinkedQueue<String>();
        var refusals = new ConcurrentLinkedQueue<String>();
        var clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var work = Collections.<Callable<Void>>nCopies(CLIENTS, () -> {
                try {
                    while (refusals.size() < DISKS) {
                        var answer = call(first.url(), "CreateDisk", "&ZoneId=cn-hangzhou-b&Size=20");
                        if (answer.has("DiskId")) made.add(answer.path("DiskId").asText());
                        else refusals.add(answer.path("Code").asText());
                        // As soon as there is something to lose, while others are on their way.
                        if (made.size() >= ANSWERS_BEFORE_THE_END) first.process().destroy();
                    }
                } catch (IOException e) {
                    // The server is gone.
                }
                return null;
            });
            for (var client : clients.invokeAll(work)) client.get();
        } finally {
            clients.shutdownNow();
        }
        assertThat(first.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(refusals).as("answers while it stops").allMatch("ServiceUnavailable"::equals);

        var second = start(fleet);
        var found = new HashSet<String>();
        for (int page = 1; page <= second.disks() / 100 + 1; page++) {
            for (var disk : call(second.url(), "DescribeDisks", "&PageSize=100&PageNumber=" + page)
                    .at("/Disks/Disk")) {
                found.add(disk.path("DiskId").asText());
            }
        }
        assertThat(made).hasSizeGreaterThanOrEqualTo(ANSWERS_BEFORE_THE_END).isSubsetOf(found);
    }

    private void assertHistoriesAreSound(Running second) throws IOException {
        Map<DiskId, List<Recorded>> histories = new TreeMap<>();
        long offset = 0;
        try (var store = new EventStore(LevelDbStorage.open(data(), Engine.AUTO, false))) {
            var all = new ArrayList<Recorded>();
            store.read(0, Long.MAX_VALUE, (at, value) -> all.add(EventCodec.decode(at, value)));
            for (var recorded : all) {
                assertThat(recorded.offset()).isEqualTo(offset++);
                if (recorded.entity() instanceof DiskId disk) {
                    histories.computeIfAbsent(disk, id -> new ArrayList<>()).add(recorded);
                }
            }
        }
        assertThat(histories).hasSize(DISKS);
        int unfinishedAtLeast = 0;
        int unfinishedAtMost = 0;
        for (var history : histories.values()) {
            assertThat(history)
                    .extracting(recorded -> recorded.event().getClass())
                    .as("%s", history)
                    .isEqualTo(
                            List.of(DiskEvent.Provisioned.class, DiskEvent.Detaching.class, DiskEvent.Detached.class));
            var detaching = (DiskEvent.Detaching) history.get(1).event();
            Story detached = history.get(2).event().story();
            assertThat(detached.requestId()).isEqualTo(detaching.story().requestId());
            assertThat(detached.at()).isAfterOrEqualTo(detaching.due());
            boolean begunBefore = history.get(1).recordedAt().isBefore(second.startedAt());
            if (begunBefore && history.get(2).recordedAt().isAfter(second.readyAt())) unfinishedAtLeast++;
            if (begunBefore && history.get(2).recordedAt().isAfter(second.startedAt())) unfinishedAtMost++;
        }
        assertThat(second.unfinished()).isBetween(unfinishedAtLeast, unfinishedAtMost);
    }

    @Test
    void whatIsInTheWayIsSaidInASentence() throws Exception {
        var fleet = fleet("contradiction.conf", """
                instances = [
                  { id = i-1, disks = [ { id = d-1 } ] }
                  { id = i-2, disks = [ { id = d-1 } ] }
                ]
                """);
        Path missing = directory.resolve("missing.conf");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertSaid("Port " + port, "--in-memory", "--port", port);
        }
        assertSaid(missing + " cannot be read", "--in-memory", "--port", "0", "--fleet", missing.toString());
        assertSaid(
                fleet + ": 3: d-1 is there twice: on i-1 and on i-2",
                "--in-memory",
                "--port",
                "0",
                "--fleet",
                fleet.toString());
        assertSaid("soon", "--in-memory", "--port", "0", "--detach-time", "soon");
        assertThat(refused("--in-memory", "--prot", "0").lines().findFirst().orElse(""))
                .as("what comes before the usage")
                .contains("--prot");
    }

    private void assertSaid(String problem, String... options) throws Exception {
        String said = refused(options);
        assertThat(said).contains(problem);
        assertThat(said.lines()).as(said).hasSize(1);
    }

    /** What it says on standard error when it cannot start. */
    private String refused(String... options) throws Exception {
        var process = serve(options);
        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        String answered = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(said).doesNotContain("Exception", "\tat ");
        assertThat(answered).isEmpty();
        assertThat(process.exitValue()).as(said).isEqualTo(2);
        return said;
    }
}
