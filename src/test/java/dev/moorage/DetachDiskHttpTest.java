package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DetachDisk as its document has it, from the outside. */
class DetachDiskHttpTest {
    private static final String PROLOGUE = "<?xml version='1.0' encoding='UTF-8'?>";
    private static final Pattern REQUEST_ID =
            Pattern.compile("[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}");
    private static final String DETACH = "/?Action=DetachDisk&Version=2014-05-26";
    private static final String MANDATORY = " that is mandatory for processing this request is not supplied.";
    private static final Duration A_MINUTE = Duration.ofSeconds(60);

    /** For the tests that change nothing. */
    private static RunningServer unchanged;

    @BeforeAll
    static void start() {
        unchanged = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        unchanged.close();
    }

    @Test
    void answersInXmlUnlessToldOtherwise() {
        try (var server = RunningServer.start()) {
            var response = server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(contentType(response)).isEqualTo("text/xml;charset=utf-8");
            assertThat(bodyWithoutId(response))
                    .isEqualTo(PROLOGUE + "<DetachDiskResponse><RequestId>ID</RequestId></DetachDiskResponse>");
        }
    }

    @Test
    void answersInJson() {
        try (var server = RunningServer.start()) {
            var response =
                    server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m", "Format", "JSON");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(contentType(response)).isEqualTo("application/json;charset=utf-8");
            assertThat(bodyWithoutId(response)).isEqualTo("{\"RequestId\":\"ID\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | ''          | 400 | MissingParameter          | The input parameter InstanceId"
                        + MANDATORY,
                "''          | d-23jbf2v5m | 400 | MissingParameter          | The input parameter InstanceId"
                        + MANDATORY,
                "i-23jggx34b | ''          | 400 | MissingParameter          | The input parameter DiskId" + MANDATORY,
                "i-23jggx34b | d-free1     | 403 | DependencyViolation       |"
                        + " The specified disk has not been attached on the specified instance.",
                "i-23jggx34b | d-stopped1  | 403 | DependencyViolation       |"
                        + " The specified disk has not been attached on the specified instance.",
                "i-23jggx34b | d-prepaid1  | 403 | DiskNotPortable           |"
                        + " The specified disk is not a portable disk.",
                "i-23jggx34b | d-sys1      | 403 | DiskTypeViolation         |"
                        + " The specified disk is a system disk and cannot support the operation.",
                "i-busy1     | d-busy1     | 403 | IncorrectDiskStatus       |"
                        + " The current disk status does not support this operation.",
                "i-starting1 | d-starting1 | 403 | IncorrectInstanceStatus   |"
                        + " The current status of the resource does not support this operation.",
                "i-locked1   | d-locked1   | 403 | InstanceLockedForSecurity | The instance is locked due to security.",
                "i-23jggx34b | d-gone1     | 403 | InvalidDiskId.Released    | The specified disk has been released.",
                "i-23jggx34b | d-nowhere   | 404 | InvalidDiskId.NotFound    | The specified DiskId does not exist.",
                "i-nowhere   | d-23jbf2v5m | 404 | InvalidInstanceId.NotFound |"
                        + " The specified InstanceId does not exist.",
            })
    void answersItsErrorsByteForByteHoweverItIsCalled(
            String instanceId, String diskId, int status, String code, String message) {
        for (var way : Way.values()) {
            var inXml = way.call(unchanged, instanceId, diskId, "XML");
            assertThat(inXml.statusCode()).as("%s", way).isEqualTo(status);
            assertThat(contentType(inXml)).as("%s", way).isEqualTo("text/xml;charset=utf-8");
            assertThat(bodyWithoutId(inXml))
                    .as("%s", way)
                    .isEqualTo(PROLOGUE + "<Error><RequestId>ID</RequestId><HostId>127.0.0.1</HostId><Code>" + code
                            + "</Code><Message>" + message + "</Message></Error>");

            var inJson = way.call(unchanged, instanceId, diskId, "JSON");
            assertThat(inJson.statusCode()).as("%s", way).isEqualTo(status);
            assertThat(contentType(inJson)).as("%s", way).isEqualTo("application/json;charset=utf-8");
            assertThat(bodyWithoutId(inJson))
                    .as("%s", way)
                    .isEqualTo("{\"RequestId\":\"ID\",\"HostId\":\"127.0.0.1\",\"Code\":\"" + code + "\",\"Message\":\""
                            + message + "\"}");
        }
    }

    /** What exists goes first, then the instance, then the disk; there what it hangs on, what it is, and its status. */
    @ParameterizedTest
    @CsvSource({
        "i-nowhere,   d-nowhere,  InvalidInstanceId.NotFound",
        "i-nowhere,   d-gone1,    InvalidInstanceId.NotFound",
        "i-locked1,   d-nowhere,  InvalidDiskId.NotFound",
        "i-locked1,   d-gone1,    InvalidDiskId.Released",
        "i-locked1,   d-sys1,     InstanceLockedForSecurity",
        "i-starting1, d-busy1,    IncorrectInstanceStatus",
        "i-stopped1,  d-sys1,     DependencyViolation",
        "i-stopped1,  d-busy1,    DependencyViolation",
        "i-stopped1,  d-prepaid1, DependencyViolation",
        "I-23JGGX34B, d-23jbf2v5m, InvalidInstanceId.NotFound",
        "i-23jggx34b, D-23JBF2V5M, InvalidDiskId.NotFound",
        "d-23jbf2v5m, i-23jggx34b, InvalidInstanceId.NotFound",
    })
    void reportsTheFirstThingThatIsWrong(String instanceId, String diskId, String code) {
        assertThat(Way.GET.call(unchanged, instanceId, diskId, "JSON").body()).contains("\"Code\":\"" + code + "\"");
    }

    @Test
    void takesAbsentIdsForEmptyOnes() {
        assertThat(unchanged.call("DetachDisk").body()).contains("The input parameter InstanceId that");
        assertThat(unchanged.call("DetachDisk", "DiskId", "d-23jbf2v5m").body()).contains("parameter InstanceId that");
        assertThat(unchanged.call("DetachDisk", "InstanceId", "i-23jggx34b").body())
                .contains("parameter DiskId that");
    }

    @Test
    void givesEveryAnswerAnIdOfItsOwnAndRepeatsItInAHeader() {
        var one = Way.GET.call(unchanged, "", "", "JSON");
        var other = Way.GET.call(unchanged, "", "", "JSON");

        assertThat(requestId(one)).isNotEqualTo(requestId(other));
        assertThat(one.headers().firstValue("x-acs-request-id")).contains(requestId(one));
    }

    @Test
    void goesTheWholeWay() {
        try (var server = RunningServer.start()) {
            var before = server.disk("d-23jbf2v5m");
            assertThat(before.get("Status").textValue()).isEqualTo("In_use");
            assertThat(before.get("DeleteWithInstance").booleanValue()).isTrue();
            assertIsOnItsInstance(before);

            server.advance(Duration.ofSeconds(10));
            assertThat(detach(server, "i-23jggx34b", "d-23jbf2v5m").statusCode())
                    .isEqualTo(200);
            var during = server.disk("d-23jbf2v5m");
            assertThat(during.get("Status").textValue()).isEqualTo("Detaching");
            assertIsOnItsInstance(during);
            assertThat(detach(server, "i-23jggx34b", "d-23jbf2v5m").body()).contains("\"IncorrectDiskStatus\"");

            server.advance(A_MINUTE);
            awaitStatus(server, "d-23jbf2v5m", "Available");
            var after = server.disk("d-23jbf2v5m");
            assertThat(after.get("InstanceId").textValue()).isEmpty();
            assertThat(after.get("Device").textValue()).isEmpty();
            assertThat(after.at("/Attachments/Attachment")).isEmpty();
            assertThat(after.get("DeleteWithInstance").booleanValue()).isFalse();
            assertThat(after.get("AttachedTime").textValue()).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(after.get("DetachedTime").textValue()).isEqualTo("2026-01-02T03:05:15Z");
            assertThat(after.get("Portable").booleanValue()).isTrue();
            assertThat(detach(server, "i-23jggx34b", "d-23jbf2v5m").body()).contains("\"DependencyViolation\"");
        }
    }

    private static void assertIsOnItsInstance(JsonNode disk) {
        assertThat(disk.get("InstanceId").textValue()).isEqualTo("i-23jggx34b");
        assertThat(disk.get("Device").textValue()).isEqualTo("/dev/xvdb");
        assertThat(disk.at("/Attachments/Attachment")).hasSize(1);
        assertThat(disk.at("/Attachments/Attachment/0/InstanceId").textValue()).isEqualTo("i-23jggx34b");
        assertThat(disk.at("/Attachments/Attachment/0/Device").textValue()).isEqualTo("/dev/xvdb");
        assertThat(disk.at("/Attachments/Attachment/0/AttachedTime").textValue())
                .isEqualTo("2026-01-02T03:04:05Z");
        assertThat(disk.get("AttachedTime").textValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(disk.get("DetachedTime").textValue()).isEmpty();
    }

    @Test
    void ends60SecondsAfterItBegan() {
        try (var server = RunningServer.start()) {
            detach(server, "i-stopped1", "d-stopped1");
            server.advance(Duration.ofMillis(1));
            detach(server, "i-23jggx34b", "d-23jbf2v5m");

            server.advance(A_MINUTE.minusMillis(1));
            // Once the first has ended, all has happened that was due when time stopped.
            awaitStatus(server, "d-stopped1", "Available");
            assertThat(server.disk("d-23jbf2v5m").get("Status").textValue()).isEqualTo("Detaching");

            server.advance(Duration.ofMillis(1));
            awaitStatus(server, "d-23jbf2v5m", "Available");
        }
    }

    @Test
    void takesTheTimeThatIsConfigured() {
        try (var server = RunningServer.start("moorage.durations.DetachDisk = 0s")) {
            detach(server, "i-23jggx34b", "d-23jbf2v5m");

            awaitStatus(server, "d-23jbf2v5m", "Available");
        }
    }

    @Test
    void detachesFromAStoppedInstanceToo() {
        try (var server = RunningServer.start()) {
            assertThat(detach(server, "i-stopped1", "d-stopped1").statusCode()).isEqualTo(200);
            server.advance(A_MINUTE);
            awaitStatus(server, "d-stopped1", "Available");
        }
    }

    @Test
    void freesTheDeviceForTheNext() {
        try (var server = RunningServer.start()) {
            detach(server, "i-23jggx34b", "d-23jbf2v5m");
            server.advance(A_MINUTE);
            awaitStatus(server, "d-23jbf2v5m", "Available");

            var attached =
                    server.call("AttachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-free1", "Device", "/dev/xvdb");

            assertThat(attached.statusCode()).as(attached.body()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "TRUE"})
    void leavesNoDiskToBeDeletedWithItsInstance(String deleteWithInstance) {
        try (var server = RunningServer.start()) {
            var response = server.call(
                    "DetachDisk",
                    "InstanceId",
                    "i-23jggx34b",
                    "DiskId",
                    "d-23jbf2v5m",
                    "DeleteWithInstance",
                    deleteWithInstance);
            assertThat(response.statusCode()).isEqualTo(200);
            server.advance(A_MINUTE);
            awaitStatus(server, "d-23jbf2v5m", "Available");

            assertThat(server.disk("d-23jbf2v5m").get("DeleteWithInstance").booleanValue())
                    .isFalse();
        }
    }

    @Test
    void ignoresParametersThatItDoesNotHave() {
        try (var server = RunningServer.start()) {
            var response = server.call(
                    "DetachDisk",
                    "InstanceId",
                    "i-23jggx34b",
                    "DiskId",
                    "d-23jbf2v5m",
                    "RegionId",
                    "cn-beijing",
                    "OwnerId",
                    "not a number",
                    "SignatureType",
                    "",
                    "Anything",
                    "else");

            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "DETACH"})
    void takesGetAndPostOnly(String method) {
        var response = unchanged.send(HttpRequest.newBuilder(
                        uri(unchanged, DETACH + "&Format=JSON&InstanceId=i-23jggx34b&DiskId=d-23jbf2v5m"))
                .method(method, BodyPublishers.noBody())
                .build());

        assertThat(response.statusCode()).isEqualTo(403);
        if (!method.equals("HEAD")) {
            assertThat(response.body()).contains("UnsupportedHTTPMethod", "This http method is not supported.");
        }
        assertThat(unchanged.disk("d-23jbf2v5m").get("Status").textValue()).isEqualTo("In_use");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "//", "/index.html", "/ecs/", "/%2F", "/.", "/_moorage", "/x://y/"})
    void isAtNoOtherPath(String path) {
        for (var way : List.of(
                HttpRequest.newBuilder(uri(unchanged, path + DETACH.substring(1) + "&InstanceId=i-1&DiskId=d-1"))
                        .GET(),
                HttpRequest.newBuilder(uri(unchanged, path + DETACH.substring(1)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("InstanceId=i-1&DiskId=d-1")))) {
            var response = unchanged.send(way.build());

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(bodyWithoutId(response))
                    .isEqualTo(PROLOGUE + "<Error><RequestId>ID</RequestId><HostId>127.0.0.1</HostId>"
                            + "<Code>InvalidAction.NotFound</Code>"
                            + "<Message>Specified api is not found, please check your url and method.</Message>"
                            + "</Error>");
        }
    }

    /** A proxy gets the whole address in the first line, and so does a server that a client takes for one. */
    @Test
    void answersAsIfItWereAProxy() throws Exception {
        var here = URI.create(unchanged.url());
        var http = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(here.getHost(), here.getPort())))
                .build();

        var response = send(
                http,
                HttpRequest.newBuilder(URI.create("http://ecs.aliyuncs.com" + DETACH
                                + "&Format=JSON&InstanceId=i-23jggx34b&DiskId=d-free1"))
                        .build());

        assertThat(bodyWithoutId(response))
                .isEqualTo("{\"RequestId\":\"ID\",\"HostId\":\"ecs.aliyuncs.com\",\"Code\":\"DependencyViolation\","
                        + "\"Message\":\"The specified disk has not been attached on the specified instance.\"}");
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersWithTodaysCodesIfCompatibilityIsCurrent() {
        try (var server = RunningServer.start("moorage.compatibility = current")) {
            assertThat(bodyWithoutId(detach(server, "i-23jggx34b", "d-free1")))
                    .isEqualTo(
                            "{\"RequestId\":\"ID\",\"HostId\":\"127.0.0.1\",\"Code\":\"InvalidDisk.AlreadyDetached\","
                                    + "\"Message\":\"The specified disk has been detached.\"}");
            assertThat(detach(server, "i-23jggx34b", "d-free1").statusCode()).isEqualTo(404);

            assertThat(bodyWithoutId(detach(server, "i-busy1", "d-busy1")))
                    .isEqualTo("{\"RequestId\":\"ID\",\"HostId\":\"127.0.0.1\","
                            + "\"Code\":\"InvalidOperation.DiskDetachingFromThisEcs\","
                            + "\"Message\":\"The specified disk is detaching from this ecs.\"}");
            assertThat(detach(server, "i-busy1", "d-busy1").statusCode()).isEqualTo(403);

            assertThat(detach(server, "i-23jggx34b", "d-busy1").body()).contains("\"DependencyViolation\"");
            assertThat(detach(server, "i-23jggx34b", "d-stopped1").body()).contains("\"DependencyViolation\"");
            assertThat(detach(server, "i-23jggx34b", "d-prepaid1").body()).contains("\"DiskNotPortable\"");
            assertThat(detach(server, "i-23jggx34b", "d-gone1").body()).contains("\"InvalidDiskId.Released\"");
            assertThat(detach(server, "i-locked1", "d-free1").body()).contains("\"InstanceLockedForSecurity\"");
        }
    }

    @Test
    void detachesTheSystemDiskOfAStoppedInstanceIfCompatibilityIsCurrent() {
        try (var server = RunningServer.start("moorage.compatibility = current")) {
            assertThat(detach(server, "i-23jggx34b", "d-sys1").body()).contains("\"DiskTypeViolation\"");
            stopInstance(server, "i-23jggx34b");

            assertThat(detach(server, "i-23jggx34b", "d-sys1").statusCode()).isEqualTo(200);
            server.advance(A_MINUTE);
            awaitStatus(server, "d-sys1", "Available");
            assertThat(server.disk("d-sys1").get("InstanceId").textValue()).isEmpty();
            assertThat(server.disk("d-sys1").get("DeleteWithInstance").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void detachesNoSystemDiskOtherwise() {
        try (var server = RunningServer.start()) {
            stopInstance(server, "i-23jggx34b");

            assertThat(detach(server, "i-23jggx34b", "d-sys1").body()).contains("\"DiskTypeViolation\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "'', false"})
    void heedsDeleteWithInstanceIfCompatibilityIsCurrent(String asked, boolean answered) {
        try (var server = RunningServer.start("moorage.compatibility = current")) {
            server.call(
                    "DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m", "DeleteWithInstance", asked);
            server.advance(A_MINUTE);
            awaitStatus(server, "d-23jbf2v5m", "Available");

            assertThat(server.disk("d-23jbf2v5m").get("DeleteWithInstance").booleanValue())
                    .isEqualTo(answered);
        }
    }

    /** The ways in which clients send parameters. */
    private enum Way {
        GET {
            @Override
            HttpResponse<String> call(RunningServer server, String instanceId, String diskId, String format) {
                return server.call("DetachDisk", "InstanceId", instanceId, "DiskId", diskId, "Format", format);
            }
        },
        POST_WITH_QUERY {
            @Override
            HttpResponse<String> call(RunningServer server, String instanceId, String diskId, String format) {
                return server.send(HttpRequest.newBuilder(uri(
                                server,
                                DETACH + "&Format=" + format + "&InstanceId=" + instanceId + "&DiskId=" + diskId))
                        .POST(BodyPublishers.noBody())
                        .build());
            }
        },
        POST_WITH_BODY {
            @Override
            HttpResponse<String> call(RunningServer server, String instanceId, String diskId, String format) {
                var all = new LinkedHashMap<String, String>();
                all.put("Action", "DetachDisk");
                all.put("Version", "2014-05-26");
                all.put("Format", format);
                all.put("InstanceId", instanceId);
                all.put("DiskId", diskId);
                return server.post("/", all);
            }
        },
        POST_WITH_BOTH {
            @Override
            HttpResponse<String> call(RunningServer server, String instanceId, String diskId, String format) {
                return server.post(DETACH + "&Format=" + format, Map.of("InstanceId", instanceId, "DiskId", diskId));
            }
        };

        abstract HttpResponse<String> call(RunningServer server, String instanceId, String diskId, String format);
    }

    private static HttpResponse<String> detach(RunningServer server, String instanceId, String diskId) {
        return Way.GET.call(server, instanceId, diskId, "JSON");
    }

    private static void stopInstance(RunningServer server, String instanceId) {
        server.call("StopInstance", "InstanceId", instanceId);
        server.advance(Duration.ofSeconds(3));
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> server.json(
                                "DescribeInstances",
                                "RegionId",
                                "cn-hangzhou",
                                "InstanceIds",
                                "[\"" + instanceId + "\"]")
                        .at("/Instances/Instance/0/Status")
                        .textValue()
                        .equals("Stopped"));
    }

    private static void awaitStatus(RunningServer server, String diskId, String status) {
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> server.disk(diskId).get("Status").textValue().equals(status));
    }

    private static URI uri(RunningServer server, String pathAndQuery) {
        return URI.create(server.url() + pathAndQuery);
    }

    private static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("none");
    }

    private static String requestId(HttpResponse<String> response) {
        var matcher = REQUEST_ID.matcher(response.body());
        assertThat(matcher.find()).as("a request id in %s", response.body()).isTrue();
        return matcher.group();
    }

    private static String bodyWithoutId(HttpResponse<String> response) {
        return response.body().replace(requestId(response), "ID");
    }
}
