package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls a minute an account can make, at the vendor's door, at the admin door and on the command line. */
class ThrottlingHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TWO = "moorage.throttling.limits.DescribeZones = 2";
    private static final String STEPPED = "moorage.time-scale = stepped";

    private static HttpResponse<String> ask(RunningServer server, String method, String path, String body) {
        return server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode done(RunningServer server, String method, String path, String body) {
        var answer = ask(server, method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The codes of so many calls, one after the other; empty for those that were answered. */
    private static List<String> codes(RunningServer server, int calls, String action, String... arguments) {
        return IntStream.range(0, calls)
                .mapToObj(call -> server.json(action, arguments).path("Code").asText())
                .toList();
    }

    private static List<String> zones(RunningServer server, int calls) {
        return codes(server, calls, "DescribeZones", "RegionId", "cn-hangzhou");
    }

    private static long written(RunningServer server, String type) {
        return server.get("/_moorage/journal")
                .body()
                .lines()
                .filter(line -> line.contains("\"" + type + "\""))
                .count();
    }

    @Test
    void refusesThoseBeyondUntilTheMinuteTurns() {
        try (var server = RunningServer.start(TWO)) {
            assertThat(zones(server, 4)).containsExactly("", "", "Throttling", "Throttling");
            assertThat(codes(server, 1, "DescribeZones", "RegionId", "cn-beijing"))
                    .containsExactly("");

            server.advance(Duration.ofSeconds(54));
            assertThat(zones(server, 1)).containsExactly("Throttling");
            server.advance(Duration.ofSeconds(1));
            assertThat(zones(server, 3)).containsExactly("", "", "Throttling");
        }
    }

    @Test
    void followsSimulatedTime() {
        try (var server = RunningServer.start(TWO, STEPPED)) {
            assertThat(zones(server, 3)).endsWith("Throttling");
            server.advanceUnnoticed(Duration.ofMinutes(5));
            assertThat(zones(server, 1)).containsExactly("Throttling");

            done(server, "POST", "clock/advance", "{\"by\":\"60s\"}");

            assertThat(zones(server, 1)).containsExactly("");
        }
    }

    @Test
    void saysWhenToComeBackUnlessTimeStandsStill() {
        try (var server = RunningServer.start("moorage.throttling.limits.DescribeZones = 0")) {
            var answer = server.call("DescribeZones", "RegionId", "cn-hangzhou");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("<Message>Request was denied due to request throttling.</Message>");
            assertThat(answer.headers().firstValue("x-acs-retry-after")).contains("55001");
            assertThat(answer.headers().firstValue("x-ratelimit-user-api")).contains("Limit:0,Remain:0,TimeLeft:55001");

            done(server, "POST", "clock/pause", "");
            var still = server.call("DescribeZones", "RegionId", "cn-hangzhou");
            assertThat(still.headers().firstValue("x-acs-retry-after")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId, cn-beijing, cn-beijing",
        "DiskId, d-23jbf2v5m, cn-hangzhou",
        "InstanceId, i-23jggx34b, cn-hangzhou",
        // What is made up is not counted by itself.
        "RegionId, moon-1, ''",
        "DiskId, d-none, ''",
    })
    void countsACallWhereItsRegionIs(String name, String value, String region) {
        try (var server = RunningServer.start("moorage.throttling.limits.\"*\" = 9")) {
            server.call("DetachDisk", name, value);

            assertThat(server.admin("throttling").at("/windows/0/region").asText())
                    .isEqualTo(region);
        }
    }

    @Test
    void comesBeforeParametersAreChecked() {
        try (var server = RunningServer.start("moorage.throttling.limits.DetachDisk = 1")) {
            assertThat(codes(server, 2, "DetachDisk")).containsExactly("MissingParameter", "Throttling");
        }
    }

    @Test
    void countsAllKeysOfAnAccountTogetherAndAccountsApart() {
        var settings =
                "moorage.throttling.limits.\"*\" = 1\nmoorage.accounts = [{ accessKeyId = a, accessKeySecret = s }]";
        try (var server = RunningServer.start(settings)) {
            zones(server, 2);

            var windows = server.admin("throttling").path("windows");

            assertThat(windows).hasSize(1);
            assertThat(windows.at("/0/account").asText()).isEqualTo("default");
            assertThat(windows.at("/0/used").asInt()).isEqualTo(1);
            assertThat(windows.at("/0/limit").asInt()).isEqualTo(1);
            assertThat(windows.at("/0/refused").asInt()).isEqualTo(1);
            assertThat(windows.at("/0/until").asText()).isEqualTo("2026-01-02T03:05:00Z");
        }
    }

    @Test
    void aStormIsOneFact() {
        try (var server = RunningServer.start(TWO)) {
            zones(server, 50);
            await().until(() -> written(server, "throttling.closed") == 1);
            zones(server, 50);
            server.advance(Duration.ofMinutes(1));
            zones(server, 50);

            await().until(() -> written(server, "throttling.closed") == 2);
            assertThat(written(server, "fault.applied")).isZero();
            assertThat(server.admin("calls?limit=1").at("/calls/0/code").asText())
                    .isEqualTo("Throttling");
        }
    }

    @Test
    void isSetWhileRunningAndSurvivesARestart(@TempDir Path data) {
        String[] settings = {
            "moorage.in-memory = false", "moorage.data = \"" + data + "\"", "moorage.journal.fsync = false", TWO
        };
        try (var server = RunningServer.start(settings)) {
            var set = done(
                    server,
                    "PUT",
                    "throttling",
                    "{\"code\":\"Throttling.User\",\"limits\":{\"DescribeZones\":0,\"Describe*\":1}}");
            assertThat(set.at("/limits/DescribeZones").asInt()).isZero();
            assertThat(set.at("/configured/limits/DescribeZones").asInt()).isEqualTo(2);
            assertThat(zones(server, 1)).containsExactly("Throttling.User");
        }
        try (var server = RunningServer.start(settings)) {
            assertThat(zones(server, 1)).containsExactly("Throttling.User");
            done(server, "DELETE", "throttling", "");
            assertThat(zones(server, 1)).containsExactly("");
        }
    }

    @Test
    void aResetBringsBackWhatIsConfigured() {
        try (var server = RunningServer.start(TWO)) {
            done(server, "PUT", "throttling", "{\"limits\":{}}");
            assertThat(zones(server, 5)).containsOnly("");

            done(server, "POST", "reset", "");

            assertThat(server.admin("throttling").at("/limits/DescribeZones").asInt())
                    .isEqualTo(2);
            assertThat(zones(server, 3)).endsWith("Throttling");
        }
    }

    @Test
    void startsWithTheVendorsNumbers() throws IOException {
        try (var server = RunningServer.start(Files.readString(Path.of("conf/throttling/vendor.conf")))) {
            assertThat(server.admin("throttling").at("/limits/DetachDisk").asInt())
                    .isEqualTo(500);

            var codes = codes(server, 501, "DetachDisk", "DiskId", "d-23jbf2v5m", "InstanceId", "i-23jggx34b");

            assertThat(codes.subList(0, 500)).doesNotContain("Throttling.User");
            assertThat(codes.get(500)).isEqualTo("Throttling.User");
        }
    }

    /** It comes as far as the port that cannot be. */
    @Test
    void aServerTakesTheVendorsFileAsItsConfiguration() {
        var ran = Ran.moorage("serve", "--config", "conf/throttling/vendor.conf", "--port", "70000");

        assertThat(ran.err()).contains("A port is 0 to 65535, not 70000");
    }

    @Test
    void anIncidentThrottlesForAsLongAsItLasts() {
        try (var server = RunningServer.start(TWO)) {
            var incident = done(server, "POST", "incidents/throttled", "{\"action\":\"DescribeZones\",\"limit\":1}");
            assertThat(incident.at("/rules/0/limits/perMinute").asInt()).isEqualTo(1);
            assertThat(zones(server, 2)).containsExactly("", "Throttling");
            await().until(() -> written(server, "throttling.closed") == 1);
            assertThat(server.get("/_moorage/journal").body()).contains("\"incident\":\"throttled-1\"");
            assertThat(server.admin("throttling").at("/windows/1/rule").asText())
                    .isEqualTo("throttled-1-1");

            done(server, "DELETE", "incidents/throttled", "");

            assertThat(zones(server, 2)).containsExactly("", "Throttling");
        }
    }

    @Test
    void anIncidentSaysItsOwnNumbersUnlessItIsToldOthers() {
        try (var server = RunningServer.start()) {
            var rule = done(server, "POST", "incidents/throttled", "{}").at("/rules/0");

            assertThat(rule.at("/match/actions/0").asText()).isEqualTo("DetachDisk");
            assertThat(rule.at("/limits/perMinute").asInt()).isEqualTo(500);
            assertThat(codes(server, 1, "DetachDisk", "DiskId", "d-none", "InstanceId", "i-none"))
                    .containsExactly("InvalidInstanceId.NotFound");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT  | throttling          | {}                                          | limits is missing
            PUT  | throttling          | {"limits":{"DetachDisc":1}}                 | Did you mean DetachDisk?
            PUT  | throttling          | {"limits":{"DetachDisk":-1}}                | 0 or more, not -1
            PUT  | throttling          | {"limits":[]}                               | throttling cannot be read
            PUT  | throttling          | {"code":"Slow","limits":{}}                 | throttling.code is one of
            PUT  | throttling          | {"profile":"vender"}                        | Did you mean vendor?
            PUT  | throttling          | {"profile":"vendor","limits":{}}            | profile says it all
            PUT  | throttling          | {"limit":{}}                                | Did you mean limits?
            POST | incidents/throttled | {"limit":-1}                                | perMinute is a whole number, 0 or more, not -1
            POST | incidents/throttled | {"diskId":"d-1"}                            | A parameter of throttled is one of
            POST | rules               | {"effect":{"latency":"1s"},"perMinute":1}   | of effect only error goes with it
            """)
    void saysWhatIsWrong(String method, String path, String body, String sentence) {
        try (var server = RunningServer.start()) {
            var answer = ask(server, method, path, body);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(sentence);
        }
    }

    @Test
    void doesNotStartWithWhatCannotBe() {
        assertThatThrownBy(() -> RunningServer.start("moorage.throttling.limits.DetachDisc = 5"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Did you mean DetachDisk?");
    }

    @Test
    void isSetFromTheCommandLine() {
        try (var server = RunningServer.start()) {
            assertThat(throttling(server).out()).startsWith("No calls are limited");
            assertThat(throttling(server, "set", "DescribeZones=1", "Describe*=7", "--code", "Throttling.Api")
                            .out())
                    .contains("DescribeZones", " 1 a minute, then Throttling.Api");
            assertThat(zones(server, 2)).endsWith("Throttling.Api");
            assertThat(throttling(server, "show").out())
                    .contains("DescribeZones of default in cn-hangzhou: 1 of 1, 1 refused, until 2026-01-02T03:05:00Z");
            assertThat(throttling(server, "vendor").out()).contains("DetachDisk", "500 a minute, then Throttling.User");
            assertThat(throttling(server, "off").out()).startsWith("No calls are limited");
            assertThat(throttling(server, "configured", "--json").out()).startsWith("{\"code\":\"Throttling\"");
        }
    }

    private static Ran throttling(RunningServer server, String... words) {
        var all = new ArrayList<Object>(List.of("throttling"));
        all.addAll(List.of(words));
        all.addAll(List.of("--target", server.url()));
        return Ran.moorage(all.toArray());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            set                     | How many calls a minute? Say it behind set, such as DetachDisk=500
            off DetachDisk=5        | ACTION=CALLS and --code go with set: they do not go with off
            show --code Throttling  | ACTION=CALLS and --code go with set: they do not go with show
            set DetachDisk          | set takes ACTION=CALLS, such as DetachDisk=500, not DetachDisk
            set DetachDisk=many     | throttling.limits.DetachDisk is how many calls a minute there are, 0 or more, not many
            set DetachDisc=5        | Did you mean DetachDisk?
            vender                  | There is no profile vender. Did you mean vendor?
            """)
    void theCommandLineSaysWhatIsWrong(String words, String sentence) {
        try (var server = RunningServer.start()) {
            var ran = throttling(server, words.split(" "));

            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).contains(sentence);
        }
    }
}
