package dev.moorage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.replay.ExportedHistory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals leave a data directory, travel as files or over HTTP, and become data directories again. */
@Timeout(60)
class JournalExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DISKS = 700;

    @TempDir
    private Path scratch;

    private Path data() {
        Path data = scratch.resolve("data");
        if (!Files.exists(data)) ExportedHistory.write(data, DISKS);
        return data;
    }

    private Path at(String name) {
        return scratch.resolve(name);
    }

    private Path exported(String name) {
        assertSaid(Ran.moorage("journal", "export", "--data", data(), "--to", at(name)), 0, "");
        return at(name);
    }

    private static void assertSaid(Ran ran, int exitCode, String err) {
        assertThat(ran.err()).isEqualTo(err.isEmpty() ? "" : "moorage: " + err + "\n");
        assertThat(ran.exitCode()).isEqualTo(exitCode);
    }

    private List<String> filesIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"})
    void anImportHasEveryRecordAsItWasAndAnExportOfItIsTheSameFile(String name) throws IOException {
        Path file = exported(name);
        var ran = Ran.moorage("journal", "import", file, "--data", at("imported"), "--json");
        assertSaid(ran, 0, "");
        assertThat(JSON.readTree(ran.out()))
                .isEqualTo(JSON.readTree("{\"data\":\"" + at("imported") + "\",\"events\":1400,\"lastOffset\":1399}"));
        assertThat(ExportedHistory.rows(at("imported"))).isEqualTo(ExportedHistory.rows(data()));

        Path again = at("again-" + name);
        assertSaid(Ran.moorage("journal", "export", "--data", at("imported"), "--to", again), 0, "");
        assertThat(again).hasSameBinaryContentAs(file);
        assertThat(filesIn(scratch))
                .containsExactlyInAnyOrder(
                        "data", "imported", name, again.getFileName().toString());
    }

    @Test
    void aFileSaysWhatItsDirectorySays() {
        var fromDirectory = Ran.moorage("journal", "events", "--data", data(), "--json");
        assertThat(fromDirectory.out().lines()).hasSize(2 * DISKS);
        for (var name : List.of("a.jsonl", "a.jsonl.gz", "a.jsonl.zst")) {
            assertThat(Ran.moorage("journal", "events", "--export", exported(name), "--json"))
                    .isEqualTo(fromDirectory);
        }
    }

    @Test
    void anExportEndsWhereItIsToldTo() {
        var ran = Ran.moorage("journal", "export", "--data", data(), "--to", at("a.jsonl"), "--until", "03:04:08");
        assertThat(ran.out()).isEqualTo("Exported 4 events, up to offset 3, to " + at("a.jsonl") + "\n");
    }

    @Test
    void noFileIsOverwrittenUnlessThatIsAskedFor() throws IOException {
        Files.writeString(at("a.jsonl"), "precious");
        assertSaid(
                Ran.moorage("journal", "export", "--data", data(), "--to", at("a.jsonl")),
                2,
                at("a.jsonl") + " is there already: --force overwrites it");
        assertThat(at("a.jsonl")).hasContent("precious");
        assertSaid(Ran.moorage("journal", "export", "--data", data(), "--to", at("a.jsonl"), "--force"), 0, "");
        assertThat(at("a.jsonl")).hasSameBinaryContentAs(exported("b.jsonl"));
    }

    @Test
    void aDamagedRecordEndsAnExportUnlessItIsToBeLeftOut() throws IOException {
        ExportedHistory.damage(data(), 5);
        ExportedHistory.damage(data(), 8);
        var ran = Ran.moorage("journal", "export", "--data", data(), "--to", at("a.jsonl"));
        assertSaid(
                ran,
                1,
                "The record at offset 5 is damaged: its checksum is wrong"
                        + " (--skip-damaged leaves out what cannot be read)");
        assertThat(filesIn(scratch)).containsExactly("data");

        ran = Ran.moorage("journal", "export", "--data", data(), "--to", at("a.jsonl"), "--skip-damaged", "--json");
        assertSaid(
                ran,
                0,
                "Left out 2 damaged records, at offset 5, 8; and 1 that came after one of these in the same history, at offset 9");
        assertThat(JSON.readTree(ran.out()).path("leftOut").toString()).isEqualTo("[5,8]");
        assertThat(JSON.readTree(ran.out()).path("cutOff").toString()).isEqualTo("[9]");
        assertThat(Ran.moorage("journal", "events", "--export", at("a.jsonl"), "--json")
                        .out()
                        .lines())
                .hasSize(2 * DISKS - 3);
        // What is left is a journal that a server can begin with.
        assertSaid(Ran.moorage("journal", "import", at("a.jsonl"), "--data", at("imported")), 0, "");
        assertSaid(Ran.moorage("journal", "verify", "--data", at("imported")), 0, "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.jsonl     | is cut off after line 999
            a.jsonl.gz  | is cut off after line
            a.jsonl.zst | is cut off after line
            """)
    void anImportOfHalfAFileLeavesNothing(String name, String message) throws IOException {
        Path file = exported(name);
        byte[] whole = Files.readAllBytes(file);
        if (name.endsWith("jsonl")) {
            Files.write(file, Files.readAllLines(file).subList(0, 999));
        } else {
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        }
        var ran = Ran.moorage("journal", "import", file, "--data", at("imported"));
        assertThat(ran.err()).startsWith("moorage: " + file + " " + message).hasLineCount(1);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(at("imported")).doesNotExist();
    }

    @Test
    void anImportOfAnEditedFileLeavesADirectoryAsItWas() throws IOException {
        Path file = exported("a.jsonl");
        Files.writeString(file, Files.readString(file).replaceFirst("request-600", "request-601"));
        Files.createDirectory(at("imported"));
        Files.writeString(at("imported").resolve("notes"), "mine");
        assertSaid(
                Ran.moorage("journal", "import", file, "--data", at("imported")),
                2,
                file + " is damaged in line 1202: its checksum is wrong");
        assertThat(filesIn(at("imported"))).containsExactly("notes");
    }

    @Test
    void anImportNeedsADirectoryWithoutAJournal() {
        assertSaid(
                Ran.moorage("journal", "import", exported("a.jsonl"), "--data", data()),
                2,
                "There is a journal in " + data() + " already: import takes a new directory");
    }

    @Test
    void aForkEndsAtItsPointAndLeavesTheSourceAlone() throws IOException {
        var before = ExportedHistory.rows(data());
        for (var source : List.of("--data", "--export")) {
            Path from = source.equals("--data") ? data() : exported("a.jsonl.gz");
            Path to = at("fork" + source);
            var ran = Ran.moorage("journal", "fork", source, from, "--at", "1001", "--to", to);
            assertThat(ran).isEqualTo(new Ran(0, "Forked 1002 events, up to offset 1001, into " + to + "\n", ""));
            assertThat(ExportedHistory.rows(to)).isEqualTo(before.subList(0, 1002));
        }
        assertThat(ExportedHistory.rows(data())).isEqualTo(before);
        assertSaid(
                Ran.moorage("journal", "fork", "--data", data(), "--at", "1", "--to", at("fork--data")),
                2,
                at("fork--data") + " is not empty: fork takes a new directory");
        var early =
                Ran.moorage("journal", "fork", "--data", data(), "--at", "2026-01-02T03:04:04Z", "--to", at("early"));
        assertThat(early.err())
                .startsWith("moorage: All events in " + data())
                .endsWith(" come after 2026-01-02T03:04:04Z\n");
        assertThat(early.exitCode()).isEqualTo(2);
        assertThat(at("early")).doesNotExist();
    }

    @Test
    void whatIsNoJournalIsSaidInOneSentence() throws IOException {
        Path other = Files.writeString(at("other.jsonl"), "{}\n");
        Path notPacked = Files.writeString(at("other.gz"), "{}\n");
        try (var server = RunningServer.start()) {
            assertSaid(Ran.moorage("journal", "events", "--export", at("none")), 2, "There is no file " + at("none"));
            assertSaid(
                    Ran.moorage("journal", "events", "--export", other),
                    2,
                    other + " is no export of a journal: its first line should begin with {\"moorage\":\"journal\"");
            assertSaid(
                    Ran.moorage("journal", "events", "--export", notPacked),
                    2,
                    notPacked + " cannot be read: Not in GZIP format");
            assertSaid(
                    Ran.moorage("journal", "events", "--from", "localhost"),
                    2,
                    "--from takes the URL of a server, such as http://127.0.0.1:8642, not localhost");
            assertSaid(
                    Ran.moorage("journal", "events", "--from", "http://127.0.0.1:1"),
                    2,
                    "No server answers at http://127.0.0.1:1");
            assertSaid(
                    Ran.moorage("journal", "events", "--from", server.url() + "/elsewhere"),
                    2,
                    "What answers at " + server.url() + "/elsewhere is no Moorage");
            assertThat(Ran.moorage("journal", "events", "--from", server.url(), "--data", ".")
                            .err())
                    .contains("mutually exclusive");
        }
    }

    @Test
    void anImportAnswersAsItsOriginalDid() {
        JsonNode disks;
        JsonNode instances;
        String settings = "moorage { in-memory = false, data = \"" + at("live") + "\" }";
        try (var server = RunningServer.start(settings)) {
            server.json("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");
            server.json("CreateDisk", "RegionId", "cn-hangzhou", "ZoneId", "cn-hangzhou-b", "Size", "20");
            // The actors may still be telling one another.
            server.advance(Duration.ZERO);
            assertSaid(
                    Ran.moorage("journal", "export", "--from", server.url() + "/", "--to", at("a.jsonl.zst")), 0, "");
            disks = answer(server, "DescribeDisks");
            instances = answer(server, "DescribeInstances");
        }
        assertThat(disks.at("/Disks/Disk")).hasSizeGreaterThan(8);
        assertSaid(Ran.moorage("journal", "import", at("a.jsonl.zst"), "--data", at("imported")), 0, "");
        assertThat(ExportedHistory.rows(at("imported"))).isEqualTo(ExportedHistory.rows(at("live")));
        try (var server =
                RunningServer.start("moorage { in-memory = false, fleets = [], data = \"" + at("imported") + "\" }")) {
            assertThat(answer(server, "DescribeDisks")).isEqualTo(disks);
            assertThat(answer(server, "DescribeInstances")).isEqualTo(instances);
        }
    }

    private static JsonNode answer(RunningServer server, String action) {
        var answer = (ObjectNode) server.json(action, "RegionId", "cn-hangzhou", "PageSize", "100");
        answer.remove("RequestId");
        return answer;
    }

    @Test
    void aServerIsReadWhileItWrites() throws Exception {
        var stop = new AtomicBoolean();
        var callers = Executors.newFixedThreadPool(2);
        try (var server = RunningServer.start("moorage.fleets = []")) {
            for (int caller = 0; caller < 2; caller++) {
                callers.execute(() -> {
                    while (!stop.get()) createDisk(server);
                });
            }
            int before = 0;
            for (int round = 0; round < 5; round++) {
                String acknowledged = createDisk(server);
                var ran = Ran.moorage("journal", "events", "--from", server.url(), "--json");
                assertSaid(ran, 0, "");
                var lines = ran.out().lines().toList();
                assertThat(lines).hasSizeGreaterThan(before).anyMatch(line -> line.contains(acknowledged));
                for (int i = 0; i < lines.size(); i++) assertThat(lines.get(i)).startsWith("{\"offset\":" + i + ",");
                before = lines.size();
            }
            // Its histories have no holes, whenever it is taken.
            assertSaid(
                    Ran.moorage(
                            "journal",
                            "fork",
                            "--from",
                            server.url(),
                            "--at",
                            String.valueOf(before),
                            "--to",
                            at("fork")),
                    0,
                    "");
        } finally {
            stop.set(true);
            callers.shutdown();
        }
    }

    /** The id of a disk that is there. */
    private static String createDisk(RunningServer server) {
        return server.json("CreateDisk", "RegionId", "cn-hangzhou", "ZoneId", "cn-hangzhou-b", "Size", "20")
                .path("DiskId")
                .asText();
    }

    @Test
    void theRouteAnswersARangeAndOneEntity() throws IOException {
        try (var server =
                RunningServer.start("moorage { in-memory = false, fleets = [], data = \"" + data() + "\" }")) {
            assertThat(offsets(server, ""))
                    .containsExactlyElementsOf(
                            LongStream.range(0, 2 * DISKS).boxed().toList());
            assertThat(offsets(server, "?from=3&to=600"))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(3, 600).boxed().toList());
            assertThat(offsets(server, "?entity=d-7")).containsExactly(14L, 15L);
            assertThat(offsets(server, "?entity=d-7&from=15")).containsExactly(15L);
            assertThat(offsets(server, "?entity=i-7")).isEmpty();
            assertThat(offsets(server, "?from=99999")).isEmpty();
            assertThat(offsets(server, "?from=8&to=7")).isEmpty();
        }
    }

    private static List<Long> offsets(RunningServer server, String query) throws IOException {
        var answer = server.get("/_moorage/journal" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        var lines = answer.body().lines().toList();
        assertThat(JSON.readTree(lines.get(0)).path("moorage").asText()).isEqualTo("journal");
        var events = lines.subList(1, lines.size() - 1);
        var end = JSON.readTree(lines.get(lines.size() - 1));
        assertThat(end.path("events").asInt()).isEqualTo(events.size());
        return events.stream()
                .map(line -> Long.valueOf(line.substring(line.indexOf(':') + 1, line.indexOf(','))))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=x      | from is a whole number, 0 or more, not x
            to=-1       | to is a whole number, 0 or more, not -1
            to=1e3      | to is a whole number, 0 or more, not 1e3
            entity=x-1  | entity is the id of a disk or an instance, d-… or i-…, not x-1
            form=1      | There is no parameter form. Did you mean from? There are from, to, entity
            from=%ff    | The query cannot be decoded
            """)
    void theRouteSaysWhatIsWrong(String query, String message) throws Exception {
        try (var server = RunningServer.start();
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(server.url()).getPort())) {
            // Some of this is no URI, and Java's client would not send it.
            socket.getOutputStream()
                    .write(("GET /_moorage/journal?" + query
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ").endsWith("{\"error\":\"" + message + "\"}");
        }
    }
}
