package dev.moorage.replay;

import static dev.moorage.replay.PlantedHistory.DISK;
import static dev.moorage.replay.PlantedHistory.INSTANCE;
import static dev.moorage.replay.PlantedHistory.OTHER_INSTANCE;
import static dev.moorage.replay.PlantedHistory.available;
import static dev.moorage.replay.PlantedHistory.running;
import static dev.moorage.replay.PlantedHistory.story;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.domain.DiskId;
import dev.moorage.domain.InstanceEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFixtureTest {
    @TempDir
    private Path directory;

    private PlantedHistory history;
    private Path fixture;

    @BeforeEach
    void begin() {
        history = new PlantedHistory(directory.resolve("data"));
        fixture = directory.resolve("fixture");
    }

    private PlantedHistory.Run write(String id, String... more) {
        var arguments = new ArrayList<>(List.of("fixture", id, "--to", fixture.toString()));
        arguments.addAll(List.of(more));
        return history.run(arguments.toArray(String[]::new));
    }

    /** Compiles the test that was written, and runs it; returns the names of what it tests. */
    private List<String> runTheTest(String name) throws Exception {
        var errors = new StringWriter();
        var classes = directory.resolve("classes");
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options =
                    List.of("-d", Files.createDirectories(classes).toString(), "-proc:none", "-Xlint:all", "-Werror");
            var sources = files.getJavaFileObjects(fixture.resolve(name + ".java"));
            assertThat(compiler.getTask(errors, files, null, options, null, sources)
                            .call())
                    .as(errors.toString())
                    .isTrue();
        }
        copyTheEvents(classes.resolve("dev/moorage/replay"));
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            return runTests(loader.loadClass("dev.moorage.replay." + name));
        }
    }

    private void copyTheEvents(Path to) throws IOException {
        try (var files = Files.newDirectoryStream(fixture, "*.jsonl")) {
            for (var file : files) Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    private static List<String> runTests(Class<?> test) throws Exception {
        var names = new ArrayList<String>();
        for (var method : test.getDeclaredMethods()) {
            if (!method.isAnnotationPresent(Test.class)) continue;
            var constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            var instance = constructor.newInstance();
            var before = Arrays.stream(test.getDeclaredMethods())
                    .filter(candidate -> candidate.isAnnotationPresent(BeforeEach.class))
                    .findFirst()
                    .orElseThrow();
            before.setAccessible(true);
            before.invoke(instance);
            method.setAccessible(true);
            method.invoke(instance);
            names.add(method.getName());
        }
        return names;
    }

    @Test
    void writesATestThatCompilesAndFindsTheSameState() throws Exception {
        var run = history.detaching().untilSecond(200).run("fixture", "d-1", "--to", fixture.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("6 events are in ").contains("D1Test.java");
        assertThat(runTheTest("D1Test")).containsExactlyInAnyOrder("d1IsDetaching", "i1IsRunning");
        assertThat(Files.readString(fixture.resolve("D1Test.java")))
                .contains("assertThat(disk.status()).isEqualTo(DiskStatus.DETACHING);")
                .contains("new Attachment(new InstanceId(\"i-1\"), \"/dev/xvdb\", \"R-1\")")
                .contains("assertThat(disk.deadline()).isEqualTo(Instant.parse(\"2026-11-23T14:32:40Z\"));")
                .contains(
                        "assertThat(instance.slots()).extracting(Slot::diskId).containsExactly(new DiskId(\"d-1\"));");
    }

    @Test
    void writesATestThatFailsOnceTheEventsAreOthers() throws Exception {
        history.detaching();
        write("d-1");
        var events = fixture.resolve("d-1.jsonl");
        Files.writeString(
                events, Files.readString(events).lines().limit(5).reduce("", (all, line) -> all + line + "\n"));

        assertThatThrownBy(() -> runTheTest("D1Test")).hasRootCauseInstanceOf(AssertionError.class);
    }

    @Test
    void writesTheLinesOfTheJournal() throws IOException {
        history.detached();
        write("d-1");

        assertThat(Files.readAllLines(fixture.resolve("d-1.jsonl")))
                .hasSize(8)
                .element(5)
                .asString()
                .startsWith(
                        "{\"id\":\"Disk|d-1\",\"seq\":4,\"at\":\"2026-11-23T14:30:00Z\",\"type\":\"disk.detaching\"");
    }

    @Test
    void stopsAtThePointThatIsAskedFor() throws Exception {
        history.detached();

        assertThat(write("d-1", "--at", "14:31:00").exitCode()).isZero();

        assertThat(Files.readAllLines(fixture.resolve("d-1.jsonl"))).hasSize(5);
        assertThat(runTheTest("D1Test")).contains("d1IsInuse");
    }

    @Test
    void takesEveryInstanceThatADiskWasTriedOn() throws Exception {
        history.detached()
                .then(OTHER_INSTANCE, running(OTHER_INSTANCE))
                .then(
                        OTHER_INSTANCE,
                        new InstanceEvent.SlotReserved(story("R-8", "AttachDisk", 200), DISK, "/dev/xvdb"))
                .then(OTHER_INSTANCE, new InstanceEvent.SlotFreed(story("R-8", "AttachDisk", 200), DISK, "R-8"));
        write("d-1");

        assertThat(runTheTest("D1Test")).containsExactlyInAnyOrder("d1IsAvailable", "i1IsRunning", "i2IsRunning");
    }

    @Test
    void takesAnInstanceWithItsDisks() throws Exception {
        var ghost = new DiskId("d-ghost");
        history.attached()
                .then(INSTANCE, new InstanceEvent.SlotReserved(story("R-8", "AttachDisk", 20), ghost, "/dev/xvdc"));

        var run = write("i-1", "--json");

        assertThat(run.json().get(0).path("events").asInt()).isEqualTo(6);
        assertThat(run.json().get(0).path("entities")).hasSize(3);
        assertThat(runTheTest("I1Test")).containsExactlyInAnyOrder("i1IsRunning", "d1IsInuse", "dGhostIsNotThere");
    }

    @Test
    void takesIdsThatNoClassCanBeCalled() throws Exception {
        var id = new DiskId("d-web-01\"x");
        history.then(id, available(id));
        write(id.value());

        assertThat(runTheTest("DWeb01XTest")).containsExactly("dWeb01XIsAvailable");
    }

    @Test
    void writesOverNothing() throws IOException {
        history.detached();
        Files.createDirectories(fixture);
        Files.writeString(fixture.resolve("mine.txt"), "mine");

        var run = write("d-1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip())
                .isEqualTo("--to takes a directory that does not exist or is empty; " + fixture + " is not empty");
        try (var files = Files.list(fixture)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void makesNothingForADiskThatIsNotThere() {
        history.detached();

        var run = write("d-9");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("There is no d-9 in ");
        assertThat(fixture).doesNotExist();
    }

    @Test
    void takesADirectoryOnly() throws IOException {
        history.detached();
        Files.writeString(fixture, "a file");

        assertThat(write("d-1").err().strip()).isEqualTo("--to takes a directory, not " + fixture);
    }
}
