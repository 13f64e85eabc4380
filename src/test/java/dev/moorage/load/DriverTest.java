package dev.moorage.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver alone: its clock is always at the next thing to be done, and its server is a table. */
class DriverTest {
    private static final String STORM = "phases = [ { arrivals { kind = burst }, calls { detach = 1 } } ]";
    private static final int DISKS = 20;
    private static final long ANSWERED_AFTER = TimeUnit.MILLISECONDS.toNanos(7);
    private static final long DETACHED_AFTER = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path directory;

    private VirtualLoop loop = new VirtualLoop();
    private final ArrayDeque<Answer> refusals = new ArrayDeque<>();
    private final Map<String, Long> detachedAt = new HashMap<>();
    private final List<Asked> heard = new ArrayList<>();
    private int timesOver;
    /** So many answers to what was done do not arrive. */
    private int lost;

    /** So many calls that do not count are made before the others. */
    private int warmUps;

    /** So many calls are not heard at first. */
    private int deaf;

    private long stopAt = Long.MAX_VALUE;
    private long readersAreBehind;
    private String keptBack = "";

    /** Answers after a while, from the table. */
    private final class Table implements Line {
        private final LinkedHashSet<Errand> underWay = new LinkedHashSet<>();

        @Override
        public void send(Errand errand) {
            underWay.add(errand);
            if (deaf-- > 0) return;
            loop.later(ANSWERED_AFTER, () -> {
                if (underWay.remove(errand)) errand.done(answer(errand.asked()));
            });
        }

        @Override
        public int inFlight() {
            return underWay.size();
        }

        @Override
        public void giveUp(long now) {}

        @Override
        public int warmUps() {
            return warmUps;
        }

        @Override
        public void close() {
            var left = List.copyOf(underWay);
            underWay.clear();
            for (var errand : left) errand.done(Answer.none(Answer.UNANSWERED));
        }
    }

    private Answer answer(Asked asked) {
        heard.add(asked);
        if (asked.action().equals("DescribeDisks")) return Answer.good(disks());
        var refusal = refusals.poll();
        if (refusal != null) return refusal;
        String id = asked.parameters().getOrDefault("DiskId", "");
        if (detachedAt.containsKey(id)) return Answer.refused("IncorrectDiskStatus");
        detachedAt.put(id, loop.nanoTime() + DETACHED_AFTER);
        return lost-- > 0 ? Answer.none(Answer.RESET) : Answer.good(JsonNodeFactory.instance.objectNode());
    }

    private JsonNode disks() {
        var disks = JsonNodeFactory.instance.arrayNode();
        for (int disk = 0; disk < DISKS; disk++) {
            long at = detachedAt.getOrDefault("d-" + disk, Long.MAX_VALUE);
            long now = loop.nanoTime() - readersAreBehind;
            String status = at - DETACHED_AFTER > now ? "In_use" : at > now ? "Detaching" : "Available";
            if (status.equals("Available") && keptBack.equals("d-" + disk)) status = "In_use";
            disks.addObject()
                    .put("DiskId", "d-" + disk)
                    .put("InstanceId", status.equals("Available") ? "" : "i-1")
                    .put("Status", status);
        }
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("Disks").set("Disk", disks);
        return answer;
    }

    @Test
    void aStormTakesAsLongAsItsSlowestDiskAndNoTimeOfTheDriver() {
        var report = run(STORM, Client.PLAIN);
        assertThat(timesOver).isEqualTo(1);
        assertThat(report.arrivals()).isEqualTo(new Report.Arrivals(DISKS, DISKS, DISKS, 0, 0, 59));
        assertThat(report.actions().get("DetachDisk").latency().min()).isBetween(6_990L, 7_010L);
        assertThat(report.actions().get("DetachDisk").latency().max()).isBetween(6_990L, 7_010L);
        assertThat(report.drainSeconds()).as("seen by the poll after").isBetween(60.0, 62.0);
        assertThat(report.detaching()).isNotNull();
        assertThat(report.seconds()).hasSizeBetween(61, 63);
        assertThat(report.seconds().get(0).answered()).containsEntry("DetachDisk", (long) DISKS);
        assertThat(report.mostDetaching()).isEqualTo(DISKS);
        assertThat(report.driver().lag().max()).isZero();
        assertThat(report.failure()).isNull();
        assertThat(report.verdict()).isEqualTo(Report.Verdict.HELD);
    }

    @Test
    void twoRunsAreTheSame() throws IOException {
        var json = new ObjectMapper();
        String once = json.writeValueAsString(run(STORM, Client.CSI));
        detachedAt.clear();
        loop = new VirtualLoop();
        assertThat(json.writeValueAsString(run(STORM, Client.CSI))).isEqualTo(once);
    }

    @Test
    void aClientWaitsBeforeItTriesAgain() {
        for (int i = 0; i < DISKS; i++) refusals.add(Answer.refused("Throttling"));
        var report = run(STORM, Client.CSI);
        var detach = report.actions().get("DetachDisk");
        assertThat(detach.errors()).isEmpty();
        assertThat(detach.retried()).containsExactly(Map.entry("Throttling", (long) DISKS));
        assertThat(detach.latency().min())
                .as("a look, a try, a second, and both again")
                .isGreaterThan(1_000_000);
        assertThat(report.detaching()).isNotNull();
    }

    @Test
    void whatIsNoAnswerIsAnErrorWithAWord() {
        refusals.add(Answer.none(Answer.RESET));
        var report = run(STORM, Client.PLAIN);
        assertThat(report.actions().get("DetachDisk").errors()).containsExactly(Map.entry("reset", 1L));
        assertThat(report.assertions()).isEmpty();
    }

    @Test
    void aDiskThatReadersSeeLateHasNotArrived() {
        readersAreBehind = TimeUnit.SECONDS.toNanos(3);
        var report = run(STORM, Client.PLAIN);
        assertThat(report.drainSeconds()).isBetween(63.0, 65.0);
        assertThat(report.verdict()).isEqualTo(Report.Verdict.HELD);
    }

    @Test
    void aDiskThatIsKeptBackHasNotArrived() {
        keptBack = "d-3";
        var report = run(STORM, Client.PLAIN);
        assertThat(report.detaching()).isNotNull().matches(all -> all.count() == DISKS - 1, "all but one");
        assertThat(report.drainSeconds()).as("not all were Available").isNull();
        assertThat(report.durationSeconds()).as("nobody waits for it").isLessThan(65);
        assertThat(report.invariants().get(2).examples()).containsExactly("d-3");
    }

    @Test
    void aClientThatLooksFirstFindsOutThatAnAnswerWasLost() {
        lost = 1;
        var report = run(STORM, Client.CSI);
        var detach = report.actions().get("DetachDisk");
        assertThat(detach.errors()).isEmpty();
        assertThat(detach.retried()).containsKeys("reset", "IncorrectDiskStatus");
        assertThat(report.durationSeconds()).as("tried again until it is there").isLessThan(130);
        assertThat(report.verdict()).isEqualTo(Report.Verdict.HELD);
    }

    @Test
    void nothingIsPromisedOfADiskWhoseAnswerWasLost() {
        lost = 1;
        var report = run(STORM, Client.PLAIN);
        assertThat(report.actions().get("DetachDisk").errors()).containsExactly(Map.entry("reset", 1L));
        assertThat(report.invariants().get(2).checked()).isEqualTo(DISKS - 1);
    }

    @Test
    void workersCallOneAfterTheOther() {
        var report = run(
                "phases = [ { arrivals { kind = closed, workers = 2, count = 100, think = 3ms },"
                        + " calls { describe = 1 } } ]",
                Client.PLAIN);
        assertThat(report.arrivals().answered()).isEqualTo(100);
        assertThat(report.mostInFlight()).isEqualTo(2);
        assertThat(report.actions().get("DescribeDisks").perSecond())
                .as("two workers, 10 ms each, but for the last pause")
                .isBetween(199.0, 203.0);
    }

    @Test
    void whatFindsNoRoomIsDropped() {
        var report = run(
                "limits { inFlight = 5 }, assertions = [ \"dropped < 76%\", \"dropped < 75%\", \"errors < 1%\" ], "
                        + STORM,
                Client.PLAIN);
        assertThat(report.arrivals().dropped()).isEqualTo(DISKS - 5);
        assertThat(report.mostInFlight()).isEqualTo(5);
        assertThat(report.assertions())
                .extracting(Report.Assertion::actual, Report.Assertion::held)
                .containsExactly(tuple("75.000%", true), tuple("75.000%", false), tuple("0.000%", true));
    }

    @Test
    void aRunThatIsStoppedPromisesNothingOfWhatIsUnderWay() {
        stopAt = TimeUnit.SECONDS.toNanos(30);
        var report = run(STORM, Client.PLAIN);
        assertThat(report.failure()).contains("stopped");
        assertThat(report.invariants().get(2).checked()).isZero();
        assertThat(report.verdict()).isEqualTo(Report.Verdict.NOT_BELIEVED);
    }

    @Test
    void aPromiseIsBrokenEvenIfTheRunWasStopped() {
        keptBack = "d-3";
        stopAt = TimeUnit.SECONDS.toNanos(90);
        var report = run("assertions = [ \"errors < 1%\" ], " + STORM, Client.PLAIN);
        assertThat(report.failure()).contains("stopped");
        assertThat(report.verdict()).isEqualTo(Report.Verdict.NOT_HELD);
        assertThat(report.verdict().exitCode()).isEqualTo(2);
    }

    @Test
    void anAssertionIsNotJudgedByFiguresOfHalfARun() {
        stopAt = TimeUnit.SECONDS.toNanos(30);
        var report = run("assertions = [ \"drain < 1s\" ], " + STORM, Client.PLAIN);
        assertThat(report.assertions().get(0).held()).isFalse();
        assertThat(report.verdict()).isEqualTo(Report.Verdict.NOT_BELIEVED);
        assertThat(report.verdict().exitCode()).isEqualTo(1);
    }

    @Test
    void whoDoesNotAnswerBeforeTheRunDoesNotHoldItUp() {
        warmUps = 3;
        deaf = 3;
        var report = run(STORM, Client.PLAIN);
        assertThat(report.arrivals().answered()).isEqualTo(DISKS);
        assertThat(report.actions()).containsOnlyKeys("DetachDisk");
        assertThat(detachedAt.values()).allMatch(at -> at > Line.PATIENCE.toNanos() + DETACHED_AFTER);
    }

    @Test
    void whatIsAskedIsNotSigned() {
        var ignored = run(STORM, Client.PLAIN);
        assertThat(heard.get(0).parameters().keySet()).containsExactlyInAnyOrder("DiskId", "InstanceId");
    }

    private Report run(String text, Client client) {
        var workload = workload(text);
        var stage = stage();
        var plan = Plan.of(workload, 1, stage.isAttached());
        var tally = new Tally(null);
        var driver = new Driver(
                workload, plan, client, stage, tally, Live.NOBODY, loop, new Table(), new Table(), () -> timesOver++);
        loop.later(0, driver::start);
        if (stopAt < Long.MAX_VALUE) loop.later(stopAt, driver::stop);
        loop.run();
        var before = new LinkedHashMap<String, Inventory.Entry>();
        for (var id : stage.diskIds()) before.put(id, new Inventory.Entry("i-1", "In_use", 1, "", ""));
        var ran = driver.ran();
        var invariants = Audit.of(stage, ran, new Inventory(before), Inventory.of(disks()));
        return new Findings(workload, 1, plan, "a table", client, "none", stage, "", ran, tally, invariants, null)
                .report();
    }

    private static Stage stage() {
        var ids = new String[DISKS];
        var instances = new String[DISKS];
        var isAttached = new boolean[DISKS];
        for (int disk = 0; disk < DISKS; disk++) ids[disk] = "d-" + disk;
        Arrays.fill(instances, "i-1");
        Arrays.fill(isAttached, true);
        return new Stage("cn-hangzhou", "cn-hangzhou-h", ids, instances, isAttached);
    }

    private Workload workload(String text) {
        try {
            return Workload.read(Files.writeString(directory.resolve("some.conf"), text), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
