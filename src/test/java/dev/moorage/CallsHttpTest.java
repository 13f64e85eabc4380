package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was called, and what may have been meant. */
class CallsHttpTest {
    private static List<String> texts(JsonNode calls, String field) {
        var texts = new ArrayList<String>();
        calls.path("calls").forEach(call -> texts.add(call.path(field).asText()));
        return texts;
    }

    private static JsonNode last(RunningServer server) {
        return server.admin("calls?limit=1").at("/calls/0");
    }

    @Test
    void tellsWhatACallWasAndBecame() {
        try (var server = RunningServer.start()) {
            server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");
            var call = last(server);

            assertThat(call.path("action").asText()).isEqualTo("DetachDisk");
            assertThat(call.path("version").asText()).isEqualTo("2014-05-26");
            assertThat(call.path("method").asText()).isEqualTo("GET");
            assertThat(call.path("path").asText()).isEqualTo("/");
            assertThat(call.path("caller").asText()).isEqualTo("anonymous");
            assertThat(call.path("account").asText()).isEqualTo("default");
            assertThat(call.at("/parameters/DiskId").asText()).isEqualTo("d-23jbf2v5m");
            assertThat(call.path("status").asInt()).isEqualTo(200);
            assertThat(call.path("code").asText()).isEqualTo("OK");
            assertThat(call.path("millis").asDouble()).isPositive();
            assertThat(call.path("remote").asText()).startsWith("127.0.0.1:");
            assertThat(call.has("message")).isFalse();
            assertThat(call.has("hint")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DetatchDisk | DiskId | Did you mean DetachDisk?
            DetachDisk  | DiskID | DetachDisk does not have DiskID. Did you mean DiskId?
            DetachDisk  | Colour | DetachDisk does not have Colour.
            DescribeLaunchTemplates | X | ECS has DescribeLaunchTemplates, but Moorage does not.
            """)
    void hintsAtWhatMayHaveBeenMeant(String action, String parameter, String hint) {
        try (var server = RunningServer.start()) {
            server.call(action, parameter, "d-23jbf2v5m");

            assertThat(last(server).path("hint").asText()).isEqualTo(hint);
        }
    }

    @Test
    void hintsAmongTheUnknownParametersToo() {
        try (var server = RunningServer.start()) {
            server.call("DetachDisk", "DiskID", "d-23jbf2v5m");

            assertThat(server.admin("unknown-parameters")
                            .at("/unknownParameters/0/hint")
                            .asText())
                    .isEqualTo("Did you mean DiskId?");
        }
    }

    @Test
    void keepsNoSecrets() {
        try (var server = RunningServer.start()) {
            for (var name :
                    List.of("Password", "Pasword", "UserData", "userdata", "SecurityToken", "Some.1.Password")) {
                server.call("DescribeRegions", name, "s3cret", "DiskName", "shown");
            }
            // The string to sign, which is in the answer, has them all.
            var refused = server.call(
                    "DescribeRegions",
                    "Password",
                    "s3cret",
                    "AccessKeyId",
                    "testid",
                    "Signature",
                    "s3cret",
                    "SignatureMethod",
                    "HMAC-SHA1",
                    "SignatureVersion",
                    "1.0",
                    "SignatureNonce",
                    "1",
                    "Timestamp",
                    Instant.now().toString());

            assertThat(refused.body()).contains("SignatureDoesNotMatch").contains("s3cret");
            var calls = server.admin("calls");
            assertThat(calls.toString()).doesNotContain("s3cret").contains("shown", "SignatureDoesNotMatch");
            assertThat(calls.at("/calls/0/parametersLeftOut").asInt()).isEqualTo(1);
            assertThat(calls.at("/calls/6/caller").asText()).isEqualTo("testid");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "action=detachdisk, 3",
        "action=DetachDisk&limit=2, 3",
        "code=MissingParameter, 1",
        "status=4xx, 2",
        "status=404, 1",
        "status=200, 2",
        "caller=anonymous, 4",
        "caller=testid, 0",
        "diskId=d-23jbf2v5m, 2",
        "diskId=d-23jbf2v5, 0",
        "instanceId=i-23jggx34b, 2",
        "instanceId=i-23jggx34b&code=OK, 1",
        "requestId=none, 0",
        "'', 4",
    })
    void findsCalls(String query, int found) {
        try (var server = RunningServer.start()) {
            server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");
            server.call("DescribeDisks", "RegionId", "cn-hangzhou", "DiskIds", "[\"d-1\",\"d-23jbf2v5m\"]");
            server.call("DetachDisk", "InstanceId", "i-23jggx34b");
            server.call("DetachDisk", "InstanceId", "i-none1", "DiskId", "d-none1");

            assertThat(server.admin("calls?" + query).path("found").asInt()).isEqualTo(found);
        }
    }

    @Test
    void forgetsTheOldest() {
        try (var server = RunningServer.start("moorage.admin.calls = 2")) {
            for (var name : List.of("One", "Two", "Three")) server.call(name);

            assertThat(texts(server.admin("calls"), "action")).containsExactly("Two", "Three");
            assertThat(texts(server.admin("calls?limit=1"), "action")).containsExactly("Three");
        }
    }

    @Test
    void remembersWhatNeverBecameACall() {
        try (var server = RunningServer.start()) {
            server.get("/elsewhere?Action=DetachDisk");
            server.get("/?Action=%ff");
            server.get("/");

            var calls = server.admin("calls");
            assertThat(texts(calls, "path")).containsExactly("/elsewhere", "/", "/");
            assertThat(texts(calls, "code"))
                    .containsExactly("InvalidAction.NotFound", "InvalidParameter", "MissingParameter");
        }
    }

    @Test
    void keepsLittleOfWhatIsLong() {
        try (var server = RunningServer.start()) {
            server.post("/", Map.of("Action", "DetachDisk", "Version", "2014-05-26", "X", "x".repeat(500_000)));
            var many = new HashMap<String, String>();
            for (int i = 0; i < 1_900; i++) many.put("P" + i, "x");
            server.post("/", many);

            assertThat(server.admin("calls").toString()).hasSizeLessThan(15_000);
            assertThat(last(server).path("parametersLeftOut").asInt()).isEqualTo(1_800);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status=4x  | status is one such as 404, or a class of them such as 4xx, not 4x
            limit=many | limit is a whole number, 0 or more, not many
            acton=X    | There is no parameter acton. Did you mean action? There are action, code, status, caller, requestId, diskId, instanceId, limit
            """)
    void saysWhatIsWrong(String query, String sentence) {
        try (var server = RunningServer.start()) {
            var answer = server.get("/_moorage/calls?" + query);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"error\":\"" + sentence + "\"}");
        }
    }
}
