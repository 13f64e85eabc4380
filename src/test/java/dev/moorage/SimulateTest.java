package dev.moorage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateTest {
    private static final Pattern HASH = Pattern.compile("Journal: .* ([0-9a-f]{64})");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void aStormIsOverWhenItsDetachesAre() throws IOException {
        var json = directory.resolve("storm.json");
        var ran = storm("--json", json.toString());
        assertEquals(0, ran.exitCode(), ran.out() + ran.err());
        var report = JSON.readTree(json.toFile());
        assertEquals(
                40, report.path("actions").path("DetachDisk").path("answered").asInt());
        assertEquals(0, report.path("actions").path("DetachDisk").path("errors").size());
        double drain = report.path("drainSeconds").asDouble();
        assertTrue(drain > 60 && drain < 62, "drained in " + drain + " s");
        for (var invariant : report.path("invariants"))
            assertEquals(0, invariant.path("broken").asInt());
    }

    @Test
    void theSameSeedIsTheSameJournalInAnyJvm() throws Exception {
        String here = hash(storm().out());
        assertEquals(here, hash(storm().out()));
        assertEquals(here, hash(inAnotherJvm("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")));
        assertNotEquals(here, hash(storm("--seed", "2").out()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "csi", "terraform"})
    void clientsThatAreThrottledComeThroughAsTheyDo(String client) throws IOException {
        var json = directory.resolve("throttled.json");
        var ran = storm(
                "--client",
                client,
                "--set",
                "server.settings.throttling.limits.DetachDisk=10",
                "--set",
                "assertions=[]",
                "--json",
                json.toString());
        assertEquals(0, ran.exitCode(), ran.out() + ran.err());
        var detach = JSON.readTree(json.toFile()).path("actions").path("DetachDisk");
        boolean gives = client.equals("plain");
        assertEquals(gives ? 30 : 0, detach.path("errors").path("Throttling").asInt());
        assertEquals(gives, detach.path("retried").path("Throttling").asInt() == 0);
    }

    @Test
    void itsJournalIsOneForTheJournalsTools() {
        var kept = directory.resolve("kept");
        assertEquals(0, storm("--journal", kept.toString()).exitCode());
        var verified = Ran.moorage("journal", "verify", "--data", kept.toString());
        assertEquals(0, verified.exitCode(), verified.out() + verified.err());
        var again = storm("--journal", kept.toString());
        assertEquals(2, again.exitCode());
        assertTrue(again.err().contains("There is something in"), again.err());
    }

    @Test
    void aSweepStandsSideBySide() throws IOException {
        var page = directory.resolve("sweep.html");
        var ran = Ran.moorage(
                "simulate",
                "detach-storm",
                "--sweep",
                "fleet.disksPerInstance=1,3",
                "--set",
                "fleet.instances=4",
                "--report",
                page.toString());
        assertEquals(0, ran.exitCode(), ran.out() + ran.err());
        String html = Files.readString(page);
        assertTrue(html.contains("fleet.disksPerInstance=1") && html.contains("fleet.disksPerInstance=3"));
    }

    @Test
    void itStopsWhenItIsTold() throws IOException {
        var json = directory.resolve("stopped.json");
        assertEquals(1, storm("--until", "10s", "--json", json.toString()).exitCode());
        var report = JSON.readTree(json.toFile());
        assertTrue(
                report.path("durationSeconds").asDouble() < 12,
                report.path("durationSeconds").asText());
        assertFalse(report.path("failure").isNull());
    }

    @Test
    void everyPromiseIsKept() {
        var ran = Ran.moorage("simulate", "--explore", "--seeds", "1..300");
        assertEquals(0, ran.exitCode(), ran.out() + ran.err());
        assertTrue(ran.out().contains("300 seeds"), ran.out());
        assertTrue(ran.out().contains("Every promise was kept"), ran.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate",
                "simulate nowhere",
                "simulate detach-storm --seeds 1..2",
                "simulate detach-storm --client none",
                "simulate detach-storm --until soon",
                "simulate detach-storm --sweep poll",
                "simulate detach-storm --set fleet=existing",
                "simulate detach-storm --set server.settings.durations.DetachDisk=soon",
                "simulate detach-storm --report /nowhere/at/all.html",
                "simulate detach-storm --explore",
                "simulate --explore --seeds 9..1",
                "simulate --explore --seeds many",
                "simulate --explore --threads 0",
                "simulate --explore --budget soon"
            })
    void whoAsksWronglyHearsHow(String line) {
        var ran = Ran.moorage((Object[]) line.split(" "));
        assertEquals(2, ran.exitCode(), ran.out() + ran.err());
        assertTrue(ran.err().startsWith("moorage: "), ran.err());
        assertEquals(1, ran.err().strip().lines().count(), ran.err());
    }

    private static Ran storm(String... more) {
        var line = new ArrayList<>(List.of("simulate", "detach-storm", "--set", "fleet.instances=10"));
        line.addAll(List.of(more));
        return Ran.moorage(line.toArray());
    }

    private static String inAnotherJvm(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Moorage.class.getName(),
                "simulate",
                "detach-storm",
                "--set",
                "fleet.instances=10"));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    private static String hash(String out) {
        var hash = HASH.matcher(out);
        assertTrue(hash.find(), out);
        return hash.group(1);
    }
}
