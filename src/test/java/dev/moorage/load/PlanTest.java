package dev.moorage.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private static final int DISKS = 1_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"steady", "detach-storm", "drain", "churn", "reads", "mixed"})
    void oneSeedPlansTheSameCalls(String name) {
        var workload = Workload.read(Workloads.file(name), Map.of());
        assertThat(plan(workload, 1).hash()).isEqualTo(plan(workload, 1).hash());
        assertThat(plan(workload, 1).hash()).isNotEqualTo(plan(workload, 2).hash());
    }

    @Test
    void whoThinksLongerHasAnotherPlan() {
        String closed = "phases = [ { arrivals { kind = closed, workers = 2, count = 10, think = %s },"
                + " calls { describe = 1 } } ]";
        var quick = plan(workload(String.format(closed, "1ms")), 1);
        var slow = plan(workload(String.format(closed, "2ms")), 1);
        assertThat(quick.hash()).isNotEqualTo(slow.hash());
    }

    @Test
    void aStormDetachesEachDiskOnceAndAtOnce() {
        var plan = plan(Workload.read(Workloads.file("detach-storm"), Map.of()), 1);
        var disks = new HashSet<Integer>();
        for (int call = 0; call < plan.size(); call++) {
            assertThat(plan.verb(call)).isEqualTo(Verb.DETACH);
            assertThat(plan.at(call)).isZero();
            disks.add(plan.disk(call));
        }
        assertThat(disks).hasSize(DISKS).hasSize(plan.size());
    }

    @ParameterizedTest
    @CsvSource({
        "'kind = constant, rate = 50', 500",
        "'kind = poisson, rate = 50', 500",
        "'kind = ramp, from = 10, to = 90', 500",
        "'kind = step, from = 20, to = 80, steps = 4', 500"
    })
    void arrivalsComeAtTheirRate(String arrivals, int expected) {
        var plan = plan(
                workload("phases = [ { arrivals { " + arrivals + " }, duration = 10s, calls { describe = 1 } } ]"), 7);
        assertThat((double) plan.size()).as("seed 7").isCloseTo(expected, within(expected * 0.15));
        for (int call = 1; call < plan.size(); call++)
            assertThat(plan.at(call)).isGreaterThanOrEqualTo(plan.at(call - 1));
    }

    @Test
    void aDiskIsLeftAloneUntilItsAttachIsDone() {
        var workload =
                workload("fleet { instances = 5 }, rest = 1s, phases = [ { arrivals { kind = constant, rate = 50 },"
                        + " duration = 2m, calls { detach = 1, attach = 1 } } ]");
        var isAttached = new boolean[20];
        Arrays.fill(isAttached, true);
        var plan = Plan.of(workload, 3, isAttached);
        var attached = new long[isAttached.length];
        Arrays.fill(attached, Long.MIN_VALUE / 2);
        assertThat(plan.size()).isGreaterThan(100);
        for (int call = 0; call < plan.size(); call++) {
            int disk = plan.disk(call);
            if (plan.verb(call) == Verb.ATTACH) attached[disk] = plan.at(call);
            else assertThat(plan.at(call) - attached[disk]).isGreaterThanOrEqualTo(10_000_000_000L);
        }
    }

    @Test
    void aDiskIsLeftAloneBetweenItsDetachAndItsAttach() {
        var workload = workload("rest = 20s, phases = [ { arrivals { kind = constant, rate = 50 }, duration = 2m,"
                + " calls { detach = 1, attach = 1 } } ]");
        var plan = plan(workload, 3);
        var detached = new long[DISKS];
        Arrays.fill(detached, -1);
        for (int call = 0; call < plan.size(); call++) {
            int disk = plan.disk(call);
            if (plan.verb(call) == Verb.DETACH) {
                assertThat(detached[disk]).as("on its instance").isEqualTo(-1);
                detached[disk] = plan.at(call);
            } else {
                assertThat(plan.at(call) - detached[disk]).isGreaterThanOrEqualTo(20_000_000_000L);
                detached[disk] = -1;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phasse = []|It has no phasse",
                "phases = []|at least one",
                "phases = [ { arrivals { kind = often }, duration = 1s, calls { detach = 1 } } ]|not often",
                "phases = [ { arrivals { kind = constant, rate = 0 }, duration = 1s, calls { detach = 1 } } ]|above 0",
                "phases = [ { arrivals { kind = burst }, calls { detatch = 1 } } ]|not detatch",
                "phases = [ { arrivals { kind = closed, workers = 1, count = 1 }, calls { detach = 1 } },"
                        + " { arrivals { kind = burst }, calls { detach = 1 } } ]|takes a duration if another follows",
                "phases = [ { arrivals { kind = burst }, calls { detach = 1 } } ], assertions = [ \"p99 < 1s\" ]|measures nothing",
                "phases = [ { arrivals { kind = burst }, calls { detach = 1 } } ], fleet { instances = 0 }|at least 1"
            })
    void whatIsWrongInAWorkloadIsSaid(String text, String sentence) {
        assertThatThrownBy(() -> workload(text)).isInstanceOf(BadWorkload.class).hasMessageContaining(sentence);
    }

    @Test
    void aWorkloadHasSettingsForItsServer() throws IOException {
        var file = Files.writeString(
                directory.resolve("limited.conf"),
                "server { timeScale = 2, settings { throttling.limits { DetachDisk = 100, \"Describe*\" = 7 },"
                        + " durations.DetachDisk = \"uniform 30s 90s\" } }\n"
                        + "phases = [ { arrivals { kind = burst }, calls { detach = 1 } } ]");
        var settings = Workload.read(file, Map.of("server.settings.throttling.limits.DetachDisk", "50"))
                .settings();
        assertThat(settings.getInt("throttling.limits.DetachDisk")).isEqualTo(50);
        assertThat(settings.getInt("throttling.limits.\"Describe*\"")).isEqualTo(7);
        assertThat(settings.getString("durations.DetachDisk")).isEqualTo("uniform 30s 90s");
        assertThat(workload("phases = [ { arrivals { kind = burst }, calls { detach = 1 } } ]")
                        .settings()
                        .isEmpty())
                .isTrue();
    }

    private static Workload.Phase phase(Path file) {
        return Workload.read(file, Map.of()).phases().get(0);
    }

    @Test
    void aSettingReachesIntoAList() {
        var steady = Workloads.file("steady");
        var phase = Workload.read(steady, Map.of("phases.0.arrivals.rate", "200", "phases.0.duration", "2s"))
                .phases()
                .get(0);
        assertThat(phase.arrivals()).isEqualTo(new Workload.Arrivals.Constant(200));
        assertThat(phase.duration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(phase.weights()).as("as in the file").hasSize(2);
        assertThat(Workload.read(
                                steady,
                                Map.of(
                                        "phases.0.calls",
                                        "{ detach = 7 }",
                                        "phases.0.duration",
                                        "${poll}",
                                        "poll",
                                        "3s"))
                        .phases())
                .containsExactly(
                        new Workload.Phase(phase(steady).arrivals(), Duration.ofSeconds(3), Map.of(Verb.DETACH, 7.0)));
        assertThatThrownBy(() -> Workload.read(steady, Map.of("phases.0.duration", "2s, seed = 4")))
                .isInstanceOf(BadWorkload.class)
                .hasMessageContaining("one value");
        assertThatThrownBy(() -> Workload.read(steady, Map.of("phases.1.duration", "2s")))
                .isInstanceOf(BadWorkload.class)
                .hasMessageContaining("steady: phases.1.duration: there is no entry 1 in a list of 1");
        assertThatThrownBy(() -> Workload.read(steady, Map.of("phases.0.duratoin", "2s")))
                .isInstanceOf(BadWorkload.class)
                .hasMessageContaining("no duratoin");
    }

    private Workload workload(String text) {
        try {
            return Workload.read(Files.writeString(directory.resolve("some.conf"), text), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Plan plan(Workload workload, long seed) {
        var attached = new boolean[DISKS];
        Arrays.fill(attached, true);
        return Plan.of(workload, seed, attached);
    }
}
