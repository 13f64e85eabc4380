package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of one's own, from the command line to what a caller meets. */
class RulesHttpTest {
    private static final String STEPPED = "moorage.time-scale = stepped";

    private static Ran rules(RunningServer server, String... words) {
        var all = new ArrayList<Object>(List.of("rules"));
        all.addAll(List.of(words));
        all.addAll(List.of("--target", server.url()));
        return Ran.moorage(all.toArray());
    }

    private static void add(RunningServer server, String... parts) {
        var words = new ArrayList<>(List.of("add"));
        words.addAll(List.of(parts));
        var ran = rules(server, words.toArray(String[]::new));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
    }

    private static String detach(RunningServer server) {
        return server.json("DetachDisk", "DiskId", "d-23jbf2v5m", "InstanceId", "i-23jggx34b")
                .path("Code")
                .asText();
    }

    private static String status(RunningServer server) {
        return server.disk("d-23jbf2v5m").path("Status").asText();
    }

    @Test
    void areListedAddedAndDeleted() {
        try (var server = RunningServer.start(STEPPED)) {
            assertThat(rules(server).out()).startsWith("There are no rules");

            add(server, "match.actions=DetachDisk", "effect.error=InternalError", "count=1");
            add(server, "match { actions = [\"Describe*\"], callers = [nobody] }", "effect.latency=10ms");

            assertThat(rules(server, "list").out().lines())
                    .containsExactly(
                            "rule-1                      actions [DetachDisk]  ->  error InternalError, applied 0 times",
                            "rule-2                      actions [Describe*], callers [nobody]  ->  latency PT0.01S,"
                                    + " applied 0 times");
            assertThat(detach(server)).isEqualTo("InternalError");
            assertThat(detach(server)).isEmpty();
            assertThat(rules(server, "delete", "rule-2", "--json").out()).startsWith("{\"removed\":[\"rule-2\"]}");
            assertThat(rules(server, "delete", "all", "--json").out()).startsWith("{\"removed\":[\"rule-1\"]}");
            assertThat(server.admin("rules").path("rules")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rule.json, '{\"match\":{\"actions\":[\"DetachDisk\"]},\"effect\":{\"error\":\"InternalError\"}}'",
        "rule.conf, 'match.actions = [DetachDisk]\n effect { error = InternalError }'",
    })
    void canBeInAFile(String name, String text, @TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve(name), text);
        try (var server = RunningServer.start(STEPPED)) {
            add(server, "--file", file.toString());

            assertThat(detach(server)).isEqualTo("InternalError");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add                              | Which rule? Say it behind add
            add effect.eror=x                | Did you mean error?
            add effect{                      | The rule cannot be read
            add --file none.conf             | The rule cannot be read
            add effect.error=x --file a.conf | --file says it all: it does not go with effect.error=x
            list --file a.conf               | --file is a rule to add: it goes with add
            list all                         | list takes nothing: it does not go with all
            delete                           | Which rule? Say its id behind delete, or all
            delete rule-9                    | There is no rule rule-9
            change                           | A rule is to list, to add or to delete, not to change
            """)
    void saysWhatIsWrong(String words, String sentence) {
        try (var server = RunningServer.start()) {
            var ran = rules(server, words.split(" "));

            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).contains(sentence);
        }
    }

    @Test
    void aCallWaitsForItsLatencyInRealTime() {
        try (var server = RunningServer.start(STEPPED)) {
            add(server, "match.actions=DetachDisk", "effect.latency=300ms");
            long begun = System.nanoTime();

            assertThat(detach(server)).isEmpty();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(290));
            assertThat(status(server)).isEqualTo("Detaching");
        }
    }

    @Test
    void whatIsDoneBeforehandIsDoneBeforeTheCall() {
        try (var server = RunningServer.start(STEPPED)) {
            add(
                    server,
                    "match.actions=DetachDisk",
                    "effect.beforehand=DeleteInstance InstanceId={instanceId} Force=true");

            assertThat(detach(server)).isEqualTo("InvalidInstanceId.NotFound");
        }
    }

    @Test
    void whatIsDoneAfterwardsIsDoneAfterAnEffectAlone() {
        try (var server = RunningServer.start(STEPPED)) {
            add(
                    server,
                    "match.actions=DetachDisk",
                    "effect.afterwards=ModifyDiskAttribute DiskId={diskId} DiskName=afterwards");

            assertThat(server.json("DetachDisk", "DiskId", "d-free1", "InstanceId", "i-23jggx34b")
                            .path("Code")
                            .asText())
                    .isEqualTo("DependencyViolation");
            assertThat(server.disk("d-free1").path("DiskName").asText()).isEmpty();
            assertThat(detach(server)).isEmpty();
            assertThat(server.disk("d-23jbf2v5m").path("DiskName").asText()).isEqualTo("afterwards");
        }
    }
}
