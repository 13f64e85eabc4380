package dev.moorage;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.aliyun.tea.TeaUnretryableException;
import com.aliyun.teautil.models.TeaUtilException;
import com.aliyuncs.exceptions.ClientException;
import dev.moorage.fault.IncidentFile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every incident of the catalogue, as both generations of the vendor's SDK live through it. */
class IncidentsSdkTest {
    private static final String INSTANCE = "i-23jggx34b";
    private static final String DISK = "d-23jbf2v5m";
    private static final String FREE = "d-free1";

    /** What a client does while an incident goes on, and what it expects. */
    private interface Check {
        void with(Scene scene) throws Exception;
    }

    /** One that is added without saying here what clients see of it fails. */
    private static final Map<String, Check> CHECKS = Map.ofEntries(
            entry("normal-detach", IncidentsSdkTest::endsAfterAMinute),
            entry("stuck-detaching", IncidentsSdkTest::waitsForAHand),
            entry("detach-fails-late", IncidentsSdkTest::fallsBack),
            entry("attach-while-detaching", IncidentsSdkTest::comesTooEarly),
            entry("five-detaches", IncidentsSdkTest::isOneTooMany),
            entry("no-concurrency", IncidentsSdkTest::isNotAlone),
            entry("throttled", scene -> scene.refusesDetach("{\"limit\":0}", "Throttling")),
            entry("socket-refused", IncidentsSdkTest::findsNobody),
            entry("drain-storm", IncidentsSdkTest::isDrained),
            entry("transient-status", IncidentsSdkTest::findsItAttaching),
            entry("instance-released", IncidentsSdkTest::losesItsInstance),
            entry("takeover", IncidentsSdkTest::losesToAnother),
            entry("blocked-neighbour", IncidentsSdkTest::waitsForItsNeighbour),
            entry("lost-answer", IncidentsSdkTest::hasHadItsEffect),
            entry("socket-reset", IncidentsSdkTest::hasHadNoEffect),
            entry("slow-body", IncidentsSdkTest::comesWholeInTheEnd),
            entry("truncated-body", IncidentsSdkTest::breaksOff),
            entry("server-errors", scene -> scene.refusesDetach("{}", "InternalError")),
            entry("no-hot-detach", scene -> scene.refusesDetach("{}", "InvalidOperation.InstanceTypeNotSupport")),
            entry("limits", IncidentsSdkTest::findsNoRoom),
            entry("stuck-then-rescued", IncidentsSdkTest::isTakenByForce),
            entry("status-lag", IncidentsSdkTest::hasItsOldStatusForAWhile),
            entry("stale-reads", IncidentsSdkTest::goesBackOnce),
            entry("guest-died", IncidentsSdkTest::hasDied),
            entry("security-lock", IncidentsSdkTest::isLocked),
            entry("clock-skew", scene -> scene.refusesDetach("{}", "InvalidTimeStamp.Expired")));

    static Stream<Arguments> incidents() {
        return IncidentFile.all(Path.of("conf/incidents")).keySet().stream()
                .flatMap(name ->
                        Stream.of(Sdk.Kind.OLDER_V1_JSON, Sdk.Kind.NEWER_V3).map(kind -> Arguments.of(name, kind)));
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void isLivedThrough(String name, Sdk.Kind kind, @TempDir Path data) throws Exception {
        assertThat(CHECKS).containsKey(name);
        try (var server = RunningServer.start(
                        "moorage.time-scale = stepped",
                        "moorage.in-memory = false",
                        "moorage.data = \"" + data + "\"",
                        "moorage.journal.fsync = false");
                var sdk = kind.at(server.endpoint(), "testid", "testsecret")) {
            CHECKS.get(name).with(new Scene(name, server, sdk));
            assertThat(server.get("/_moorage/journal").body()).contains("\"name\":\"" + name + "\"");
        }
        assertThat(RestoringHttpTest.findings(data)).isEmpty();
    }

    /** A server, a client, and an operator who knows what is to go wrong. */
    private record Scene(String incident, RunningServer server, Sdk sdk) {
        void begin(String parameters) {
            operator("POST", "incidents/" + incident, parameters);
        }

        void end() {
            operator("DELETE", "incidents/" + incident, "");
        }

        void pass(String duration) {
            operator("POST", "clock/advance", "{\"by\":\"" + duration + "\"}");
        }

        void operator(String method, String path, String body) {
            var answer = server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/" + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build());
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 201);
        }

        void detach() throws Exception {
            sdk.detachDisk(INSTANCE, DISK);
        }

        void is(String status) throws Exception {
            is(DISK, status);
        }

        void is(String disk, String status) throws Exception {
            assertThat(sdk.disk(disk).orElseThrow().status()).isEqualTo(status);
        }

        /** As long as the incident goes on, and not longer. */
        void refusesDetach(String parameters, String code) throws Exception {
            begin(parameters);
            assertThat(sdk.refusal(INSTANCE, DISK).code()).isEqualTo(code);
            end();
            is("In_use");
            detach();
        }
    }

    /** The connection, or what it hears when it tries once more by itself. */
    private static void loses(Sdk.Attempt attempt) {
        assertThatThrownBy(attempt::make)
                .isInstanceOfAny(ClientException.class, TeaUnretryableException.class, TeaUtilException.class);
    }

    private static void endsAfterAMinute(Scene scene) throws Exception {
        scene.begin("{}");
        scene.detach();
        scene.pass("PT59S");
        var waiting = scene.sdk.disk(DISK).orElseThrow();
        assertThat(waiting.status()).isEqualTo("Detaching");
        assertThat(waiting.attachedTo()).hasSize(1);
        scene.pass("PT1S");
        scene.is("Available");
    }

    private static void waitsForAHand(Scene scene) throws Exception {
        scene.begin("{\"diskId\":\"" + DISK + "\",\"until\":\"manual\"}");
        scene.detach();
        scene.pass("PT24H");
        scene.is("Detaching");
        assertThat(scene.sdk.refusal(INSTANCE, DISK).code()).isEqualTo("IncorrectDiskStatus");
        scene.operator("POST", "resources/" + DISK + "/complete", "");
        scene.is("Available");
        assertThat(scene.sdk.disk(DISK).orElseThrow().attachedTo()).isEmpty();
    }

    private static void fallsBack(Scene scene) throws Exception {
        scene.begin("{}");
        scene.detach();
        scene.is("Detaching");
        scene.pass("PT60S");
        scene.is("In_use");
        scene.end();
        scene.detach();
        scene.pass("PT60S");
        scene.is("Available");
    }

    private static void comesTooEarly(Scene scene) throws Exception {
        scene.begin("{}");
        scene.detach();
        assertThat(scene.sdk.refused(() -> scene.sdk.attachDisk(INSTANCE, DISK)).code())
                .isEqualTo("IncorrectDiskStatus");
        scene.end();
        scene.begin("{\"error\":\"\",\"answer\":\"ok\"}");
        scene.sdk.attachDisk(INSTANCE, DISK);
        scene.is("Detaching");
        scene.pass("PT60S");
        scene.is("Available");
    }

    private static void isOneTooMany(Scene scene) throws Exception {
        scene.begin("{\"most\":1}");
        scene.sdk.attachDisk(INSTANCE, FREE);
        scene.pass("PT60S");
        scene.detach();
        assertThat(scene.sdk.refusal(INSTANCE, FREE).code()).isEqualTo("DisksDetachingOnEcsExceeded");
        scene.pass("PT60S");
        scene.sdk.detachDisk(INSTANCE, FREE);
    }

    private static void isNotAlone(Scene scene) throws Exception {
        scene.begin("{}");
        scene.detach();
        assertThat(scene.sdk.refused(() -> scene.sdk.attachDisk(INSTANCE, FREE)).code())
                .isEqualTo("InvalidOperation.Conflict");
        scene.pass("PT60S");
        scene.sdk.attachDisk(INSTANCE, FREE);
    }

    private static void findsItAttaching(Scene scene) throws Exception {
        scene.begin("{}");
        scene.sdk.attachDisk(INSTANCE, FREE);
        scene.pass("PT9M");
        scene.is(FREE, "Attaching");
        assertThat(scene.sdk.refusal(INSTANCE, FREE).code()).isEqualTo("IncorrectDiskStatus");
        scene.pass("PT1M");
        scene.sdk.detachDisk(INSTANCE, FREE);
    }

    private static void losesItsInstance(Scene scene) throws Exception {
        scene.begin("{}");
        scene.detach();
        scene.pass("PT60S");
        assertThat(scene.sdk.instanceStatus(INSTANCE)).isEmpty();
        scene.is("Available");
    }

    private static void waitsForItsNeighbour(Scene scene) throws Exception {
        scene.begin("{\"instanceId\":\"" + INSTANCE + "\"}");
        scene.detach();
        scene.sdk.attachDisk(INSTANCE, FREE);
        scene.pass("PT1H");
        scene.is(FREE, "Attaching");
        scene.end();
        scene.is(FREE, "In_use");
        scene.is("Available");
    }

    /** The older SDK repeats the call by itself, and hears of the repeat; the newer one hears of the connection. */
    private static void hasHadItsEffect(Scene scene) throws Exception {
        scene.begin("{\"count\":1}");
        loses(() -> scene.sdk.detachDisk(INSTANCE, DISK));
        scene.is("Detaching");
        assertThat(scene.sdk.refusal(INSTANCE, DISK).code()).isEqualTo("IncorrectDiskStatus");
        scene.pass("PT60S");
        scene.is("Available");
    }

    private static void hasHadNoEffect(Scene scene) throws Exception {
        scene.begin("{}");
        loses(() -> scene.sdk.detachDisk(INSTANCE, DISK));
        scene.is("In_use");
        scene.end();
        scene.detach();
    }

    private static void comesWholeInTheEnd(Scene scene) throws Exception {
        scene.begin("{}");
        long begun = System.nanoTime();
        scene.is("In_use");
        assertThat(System.nanoTime() - begun).isGreaterThan(1_000_000_000L);
    }

    private static void breaksOff(Scene scene) throws Exception {
        scene.begin("{}");
        loses(() -> scene.sdk.disk(DISK));
        scene.end();
        scene.is("In_use");
    }

    private static void findsNoRoom(Scene scene) throws Exception {
        scene.begin("{}");
        assertThat(scene.sdk.refused(() -> scene.sdk.attachDisk(INSTANCE, FREE)).code())
                .isEqualTo("InstanceDiskLimitExceeded");
        scene.end();
        scene.begin("{\"code\":\"DiskNotPortable\"}");
        assertThat(scene.sdk.refused(() -> scene.sdk.attachDisk(INSTANCE, FREE)).code())
                .isEqualTo("DiskNotPortable");
    }

    private static void findsNobody(Scene scene) throws Exception {
        scene.begin("{\"time\":\"2s\"}");
        await().untilAsserted(() -> loses(() -> scene.sdk.disk(DISK)));
        await().ignoreExceptions().untilAsserted(() -> scene.is("In_use"));
        await().untilAsserted(() ->
                assertThat(scene.server.admin("incidents").path("active")).isEmpty());
        scene.detach();
    }

    private static void isDrained(Scene scene) throws Exception {
        scene.begin("{\"instanceId\":\"" + INSTANCE + "\"}");
        await().until(() -> scene.sdk.disk(DISK).orElseThrow().status().equals("Detaching"));
        scene.pass("PT60S");
        scene.is("Available");
        assertThat(scene.server
                        .admin("incidents/drain-storm-1")
                        .at("/progress/detached")
                        .asInt())
                .isPositive();
    }

    /** Only a regional disk can be attached by force. */
    private static void isTakenByForce(Scene scene) throws Exception {
        String disk = scene.server
                .json("CreateDisk", "RegionId", Sdk.REGION, "DiskCategory", "cloud_regional_disk_auto", "Size", "20")
                .path("DiskId")
                .asText();
        String to = scene.sdk.runInstance();
        scene.pass("PT10M");
        scene.sdk.attachDisk(INSTANCE, disk);
        scene.pass("PT60S");
        scene.begin("{\"diskId\":\"" + disk + "\"}");
        scene.sdk.detachDisk(INSTANCE, disk);
        scene.pass("PT1H");
        assertThat(scene.sdk.refused(() -> scene.sdk.attachDisk(to, disk)).code())
                .isEqualTo("IncorrectDiskStatus");
        scene.sdk.forceAttachDisk(to, disk);
        scene.pass("PT60S");
        var taken = scene.sdk.disk(disk).orElseThrow();
        assertThat(taken.status()).isEqualTo("In_use");
        assertThat(taken.instanceId()).isEqualTo(to);
        assertThat(scene.sdk.disksOn(INSTANCE)).isEqualTo(3);
    }

    private static void hasItsOldStatusForAWhile(Scene scene) throws Exception {
        scene.begin("{\"lag\":\"5s\"}");
        scene.detach();
        scene.is("In_use");
        scene.pass("PT5S");
        scene.is("Detaching");
        scene.pass("PT55S");
        var detached = scene.sdk.disk(DISK).orElseThrow();
        assertThat(detached.status()).isEqualTo("Detaching");
        assertThat(detached.attachedTo()).isEmpty();
        scene.pass("PT5S");
        scene.is("Available");
    }

    private static void goesBackOnce(Scene scene) throws Exception {
        scene.begin("{\"by\":\"5s\"}");
        scene.detach();
        scene.pass("PT60S");
        var stale = scene.sdk.disk(DISK).orElseThrow();
        assertThat(stale.status()).isEqualTo("Detaching");
        assertThat(stale.attachedTo()).hasSize(1);
        scene.is("Available");
        assertThat(scene.sdk.disksOn(INSTANCE)).isEqualTo(2);
    }

    private static void hasDied(Scene scene) throws Exception {
        assertThat(scene.sdk.systemEvents(INSTANCE)).isEmpty();
        scene.begin("{\"instanceId\":\"" + INSTANCE + "\"}");
        assertThat(scene.sdk.systemEvents(INSTANCE)).containsExactly("ecs_alarm_center.vm.guest_os_oom:critical");
        assertThat(scene.sdk.systemEvents("i-stopped1")).isEmpty();
        scene.detach();
        scene.pass("PT1H");
        scene.is("Detaching");
        scene.end();
        scene.is("Available");
        assertThat(scene.sdk.systemEvents(INSTANCE)).isEmpty();
    }

    private static void isLocked(Scene scene) throws Exception {
        scene.begin("{\"instanceId\":\"" + INSTANCE + "\"}");
        assertThat(scene.sdk.refusal(INSTANCE, DISK).code()).isEqualTo("InstanceLockedForSecurity");
        assertThat(scene.sdk.instanceLocks(INSTANCE)).containsExactly("security");
        assertThat(scene.sdk.instanceLocks("i-stopped1")).isEmpty();
        scene.end();
        assertThat(scene.sdk.instanceLocks(INSTANCE)).isEmpty();
        scene.detach();
    }

    private static void losesToAnother(Scene scene) throws Exception {
        String to = scene.sdk.runInstance();
        scene.pass("PT10M");
        scene.begin("{\"to\":\"" + to + "\"}");
        scene.detach();
        assertThat(scene.sdk.refusal(INSTANCE, DISK).code()).isEqualTo("DependencyViolation");
        scene.pass("PT60S");
        var disk = scene.sdk.disk(DISK).orElseThrow();
        assertThat(disk.status()).isEqualTo("In_use");
        assertThat(disk.instanceId()).isEqualTo(to);
        assertThat(scene.sdk.refusal(INSTANCE, DISK).code()).isEqualTo("DependencyViolation");
        scene.end();

        scene.begin("{\"to\":\"" + INSTANCE + "\",\"first\":\"nothing\"}");
        scene.sdk.detachDisk(to, DISK);
        scene.is("Detaching");
        scene.pass("PT60S");
        scene.is("Available");
    }
}
