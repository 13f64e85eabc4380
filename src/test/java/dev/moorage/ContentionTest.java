package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.Recorded;
import dev.moorage.view.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once want the same few disks, in real time. */
class ContentionTest {
    private static final long SEED = Long.getLong("moorage.seed", 20_260_102);
    private static final int CLIENTS = 64;
    private static final int CALLS_PER_CLIENT = 47;
    private static final List<String> DISKS = List.of("d-1", "d-2", "d-3", "d-4", "d-5");
    private static final List<String> INSTANCES = List.of("i-1", "i-2");
    private static final List<String> DEVICES = List.of("", "/dev/xvdb", "/dev/xvdc", "/dev/xvdd");
    private static final Set<String> ATTACH_ANSWERS = Set.of("OK", "IncorrectDiskStatus", "InvalidDevice.InUse");
    private static final Set<String> DETACH_ANSWERS = Set.of("OK", "IncorrectDiskStatus", "DependencyViolation");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    private record Answer(String action, String diskId, String instanceId, String requestId, String code) {
        boolean isYes() {
            return code.equals("OK");
        }
    }

    @Test
    @Timeout(120)
    void everyAnswerIsTrueAndEveryDiskGoesItsWay(@TempDir Path directory) throws Exception {
        List<Answer> answers;
        try (var server = start(directory)) {
            answers = callByMany(server);
            var world = server.ecs().environment().world();
            await("everything is at rest, seed " + SEED)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> isAtRest(world));
        }
        var history = historyIn(directory.resolve("data"));

        assertThat(answers).hasSize(CLIENTS * CALLS_PER_CLIENT);
        assertThat(answers).extracting(Answer::requestId).doesNotHaveDuplicates();
        for (var answer : answers) {
            assertThat(answer.action().equals("AttachDisk") ? ATTACH_ANSWERS : DETACH_ANSWERS)
                    .as("%s, seed %s", answer, SEED)
                    .contains(answer.code());
        }
        assertThat(answers.stream().filter(Answer::isYes)).as("seed %s", SEED).hasSizeGreaterThan(100);
        assertYesIsInTheHistoryAndNoIsNot(answers, history);
        assertEveryDiskGoesItsWay(history);
        assertNoDeviceHoldsTwoDisks(history);
    }

    private static Server start(Path directory) throws IOException {
        Path fleet = directory.resolve("fleet.conf");
        Files.writeString(fleet, """
                instances = [
                  { id = i-1, disks = [ { id = d-1 }, { id = d-2 }, { id = d-3 } ] }
                  { id = i-2, disks = [ { id = d-4 }, { id = d-5 } ] }
                ]
                """);
        var config = ConfigFactory.parseString("""
                        moorage {
                          port = 0
                          journal.fsync = off
                          durations { AttachDisk = 1ms, DetachDisk = 1ms }
                        }
                        """)
                .withValue(
                        "moorage.data",
                        ConfigValueFactory.fromAnyRef(directory.resolve("data").toString()))
                .withValue("moorage.fleets", ConfigValueFactory.fromIterable(List.of(fleet.toString())))
                .withFallback(ConfigFactory.load("server"))
                .resolve();
        return Server.start(Settings.of(config), Clock.systemUTC());
    }

    private List<Answer> callByMany(Server server) throws Exception {
        var clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var work = new ArrayList<Callable<List<Answer>>>();
            for (int client = 0; client < CLIENTS; client++) {
                var random = new SplittableRandom(SEED + client);
                work.add(() -> callByChance(server.url(), random));
            }
            var answers = new ArrayList<Answer>();
            for (var done : clients.invokeAll(work)) answers.addAll(done.get());
            return answers;
        } finally {
            clients.shutdownNow();
        }
    }

    private List<Answer> callByChance(String url, SplittableRandom random) throws IOException, InterruptedException {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < CALLS_PER_CLIENT; i++) {
            String disk = one(DISKS, random);
            String instance = one(INSTANCES, random);
            answers.add(
                    random.nextBoolean()
                            ? call(url, "AttachDisk", disk, instance, "&Device=" + one(DEVICES, random))
                            : call(url, "DetachDisk", disk, instance, ""));
        }
        return answers;
    }

    private static String one(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private Answer call(String url, String action, String disk, String instance, String more)
            throws IOException, InterruptedException {
        var uri = URI.create(url + "/?Version=2014-05-26&Format=JSON&Action=" + action + "&DiskId=" + disk
                + "&InstanceId=" + instance + more);
        var response = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        var body = JSON.readTree(response.body());
        String code = body.path("Code").asText("OK");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(code.equals("OK") ? 200 : 403);
        return new Answer(action, disk, instance, body.path("RequestId").asText(), code);
    }

    /** Nothing is under way, and what the instances keep for their disks is what the disks hold. */
    private static boolean isAtRest(World world) {
        var held = world.disks()
                .flatMap(disk -> Optional.ofNullable(disk.attachment()).stream())
                .collect(Collectors.toSet());
        var kept = world.instances()
                .flatMap(instance -> instance.slots().stream()
                        .map(slot -> new Attachment(instance.id(), slot.device(), slot.reservation())))
                .collect(Collectors.toSet());
        return world.disks().allMatch(disk -> disk.transition() == null) && held.equals(kept);
    }

    private static List<Recorded> historyIn(Path data) throws IOException {
        var history = new ArrayList<Recorded>();
        try (var store = new EventStore(LevelDbStorage.open(data, Engine.AUTO, false))) {
            store.read(0, Long.MAX_VALUE, (offset, value) -> history.add(EventCodec.decode(offset, value)));
        }
        return history;
    }

    private static void assertYesIsInTheHistoryAndNoIsNot(List<Answer> answers, List<Recorded> history) {
        Map<String, List<Recorded>> byRequest = new LinkedHashMap<>();
        for (var recorded : history) {
            if (recorded.event() instanceof DiskEvent.Provisioned || !(recorded.entity() instanceof DiskId)) continue;
            byRequest
                    .computeIfAbsent(recorded.event().story().requestId(), id -> new ArrayList<>())
                    .add(recorded);
        }
        int begun = byRequest.size();
        for (var answer : answers) {
            var facts = byRequest.getOrDefault(answer.requestId(), List.of());
            String about = answer + ", seed " + SEED;
            if (answer.isYes()) {
                assertThat(facts).as(about).hasSize(2);
                assertThat(facts).extracting(Recorded::entity).as(about).containsOnly(new DiskId(answer.diskId()));
                assertBegunAndEnded(answer, facts, about);
            } else {
                assertThat(facts).as(about).isEmpty();
            }
        }
        assertThat(begun).isEqualTo((int) answers.stream().filter(Answer::isYes).count());
    }

    private static void assertBegunAndEnded(Answer answer, List<Recorded> facts, String about) {
        if (answer.action().equals("DetachDisk")) {
            assertThat(facts.get(0).event()).as(about).isInstanceOf(DiskEvent.Detaching.class);
            assertThat(facts.get(1).event()).as(about).isInstanceOf(DiskEvent.Detached.class);
        } else {
            assertThat(facts.get(0).event()).as(about).isInstanceOfSatisfying(DiskEvent.Attaching.class, attaching -> {
                assertThat(attaching.attachment().instanceId()).isEqualTo(new InstanceId(answer.instanceId()));
                assertThat(attaching.attachment().reservation()).isEqualTo(answer.requestId());
            });
            assertThat(facts.get(1).event()).as(about).isInstanceOf(DiskEvent.Attached.class);
        }
    }

    private static void assertEveryDiskGoesItsWay(List<Recorded> history) {
        Map<EntityId, Recorded> last = new LinkedHashMap<>();
        for (var recorded : history) {
            var before = last.put(recorded.entity(), recorded);
            assertThat(recorded.sequenceNr()).isEqualTo(before == null ? 1 : before.sequenceNr() + 1);
            if (recorded.entity() instanceof DiskId) {
                assertThat(next(before == null ? null : (DiskEvent) before.event()))
                        .as("%s, seed %s", recorded, SEED)
                        .isEqualTo(recorded.event().getClass());
            }
        }
        for (var disk : DISKS) {
            assertThat(last.get(new DiskId(disk)).event())
                    .as("%s, seed %s", disk, SEED)
                    .isInstanceOfAny(DiskEvent.Provisioned.class, DiskEvent.Attached.class, DiskEvent.Detached.class);
        }
    }

    private static Class<? extends DiskEvent> next(@Nullable DiskEvent before) {
        if (before == null) return DiskEvent.Provisioned.class;
        if (before instanceof DiskEvent.Detaching) return DiskEvent.Detached.class;
        if (before instanceof DiskEvent.Detached) return DiskEvent.Attaching.class;
        if (before instanceof DiskEvent.Attaching) return DiskEvent.Attached.class;
        return DiskEvent.Detaching.class;
    }

    private static void assertNoDeviceHoldsTwoDisks(List<Recorded> history) {
        var world = new World();
        for (var recorded : history) {
            world.apply(recorded.offset(), recorded.entity(), recorded.event());
            var places = new TreeMap<String, DiskId>();
            world.disks().forEach(disk -> {
                if (disk.attachment() == null) return;
                String place =
                        disk.attachment().instanceId() + " " + disk.attachment().device();
                assertThat(places.put(place, disk.id()))
                        .as("also on %s after %s, seed %s", place, recorded, SEED)
                        .isNull();
            });
        }
    }
}
